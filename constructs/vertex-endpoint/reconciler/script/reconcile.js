#!/usr/bin/env node
// @ts-check
'use strict';

/**
 * Brings the models and the traffic split of one Vertex AI endpoint to what VX_SPEC says (its form: ../spec.ts). Needs Node 20.9, nothing else.
 *
 * It looks first and does only what is missing, so it can run as often as one likes. A write whose outcome is unknown is never repeated blindly:
 * the run joins the operations under way, looks again and makes a new plan from what it sees.
 */

const { advice, ApiError, Failure } = require('./errors');
const { connect } = require('./api');
const { describe, describeSplit, nameOf } = require('./describe');
const { say } = require('./output');
const { keyOf, plan, withoutZeros } = require('./plan');
const { demandParent, runProgram } = require('./program');
const { isOurs, readSpec } = require('./spec');

/** @typedef {import('../spec').Spec} Spec */
/** @typedef {import('./plan').Step} Step */
/** @typedef {import('./plan').Endpoint} Endpoint */

const HELP = `Usage: VX_SPEC='{"mode":"reconcile",…}' node reconcile.js [--dry-run]

Brings the deployed models and the traffic split of a Vertex AI endpoint to what VX_SPEC says.
  --dry-run   print the steps, change nothing
  --help      this text

Environment:
  VX_SPEC                             what the endpoint shall look like (JSON)
  GOOGLE_OAUTH_ACCESS_TOKEN           access token; without it the metadata server is asked, then gcloud
  GOOGLE_IMPERSONATE_SERVICE_ACCOUNT  become this account first, with the token above or with gcloud
  GOOGLE_VERTEX_AI_CUSTOM_ENDPOINT    base of the API, as for the Terraform provider; {{region}} is filled in
  VX_POLL_SECONDS                     seconds between two looks at an operation (10); retries wait 1/10 to 6 times as long
  VX_REQUEST_SECONDS                  seconds after which a request is given up (60)

Exit code: 0 done, 1 failed, 2 refused before anything was changed.`;

/** Codes of failed operations that may go away: ABORTED, INTERNAL, UNAVAILABLE. */
const PASSING_CODES = [10, 13, 14];
/** Operations that may fail in a run: each can have held machines for half an hour. */
const MAX_FAILED_OPERATIONS = 3;

/** One run against one endpoint. */
class Run {
  /** @param {Spec} spec @param {boolean} dryRun */
  constructor(spec, dryRun) {
    this.spec = spec;
    this.dryRun = dryRun;
    this.api = connect(spec);
    /** As last seen. @type {Endpoint | undefined} */
    this.endpoint = undefined;
    this.failedOperations = 0;
  }

  async toTheEnd() {
    for (let tries = 1, fewest = Infinity; ; tries++) {
      try {
        await this.joinOperations();
        const endpoint = await this.api.read(this.spec.endpoint);
        this.endpoint = endpoint;
        const steps = plan(this.spec, endpoint);
        this.mentionForeignModels();
        // Tries count anew when something has been achieved; writes that have no effect would go on for ever otherwise.
        if (steps.length < fewest) [tries, fewest] = [1, steps.length];
        for (const [index, step] of steps.entries()) {
          say(`[${index + 1}/${steps.length}] ${describe(step)}`);
          if (!this.dryRun) await this.perform(step);
        }
        return say(steps.length === 0 ? 'Nothing to do.' : this.dryRun ? 'Dry run: nothing was changed.' : 'Done.');
      } catch (error) {
        const gone = error instanceof ApiError && error.status === 404 && this.spec.mode === 'clear';
        if (gone) return say('The endpoint is not there: nothing to do.');
        await this.api.pauseOrThrow(error, tries);
      }
    }
  }

  /** What an earlier run, killed or not, has set going: its end decides what there is to do. */
  async joinOperations() {
    for (const operation of await this.api.running()) {
      const what = `operation ${operation.name.split('/').pop()}, already under way`;
      if (this.dryRun) say(`${what}: the steps are made from what is there now`);
      else await this.api.ended(operation, what);
    }
  }

  mentionForeignModels() {
    if (this.spec.mode === 'clear' || this.spec.adopt) return;
    for (const model of this.endpoint?.deployedModels ?? []) {
      if (!isOurs(model)) say(`${nameOf(model)} was deployed by somebody else: it stays, without traffic`);
    }
  }

  /** @param {Step} step @returns {Promise<void>} */
  async perform(step) {
    demandParent();
    switch (step.do) {
      case 'deploy':
        return this.operate('deployModel', `deploy ${nameOf(step.model)}`, { deployedModel: step.model });
      case 'mutate':
        return this.operate('mutateDeployedModel', `change ${nameOf(step.model)}`, mutation(step.model, step.fields));
      case 'undeploy':
        return this.operate('undeployModel', `undeploy ${nameOf(step.model)}`, { deployedModelId: step.model.id }).catch((error) => {
          if (!(error instanceof ApiError) || error.status !== 404) throw error;
        });
      case 'split':
        this.demandReadiness(step.to);
        await this.api.request('PATCH', `${this.spec.endpoint}?updateMask=trafficSplit`, { trafficSplit: step.to });
        this.endpoint = { ...this.endpoint, trafficSplit: step.to };
    }
  }

  /** @param {string} verb @param {string} what @param {unknown} body */
  async operate(verb, what, body) {
    const { error } = await this.api.ended(await this.api.request('POST', `${this.spec.endpoint}:${verb}`, body), what);
    if (!error) return;
    this.failedOperations += 1;
    const passing = PASSING_CODES.includes(error.code ?? 0) && this.failedOperations < MAX_FAILED_OPERATIONS;
    throw new ApiError(`${what}: ${error.message ?? 'failed'} (code ${error.code ?? 'unknown'})`, { status: 200, passing });
  }

  /** A deploy that ended well long ago may have lost its replicas since. @param {import('./plan').Split} split */
  demandReadiness(split) {
    for (const model of this.endpoint?.deployedModels ?? []) {
      if (split[model.id] && model.status?.message && !model.status.availableReplicaCount)
        throw new Failure(`${nameOf(model)} has no replica that serves: ${model.status.message}\n${this.traffic()}`);
    }
  }

  traffic() {
    if (!this.endpoint) return 'Nothing was changed.';
    const models = [...(this.endpoint.deployedModels ?? []), ...(this.spec.mode === 'reconcile' ? this.spec.models : [])];
    const names = Object.fromEntries(models.map((model) => [model.id, keyOf(model)]));
    return `Traffic goes to ${describeSplit(withoutZeros(this.endpoint.trafficSplit), names)}.`;
  }
}

/** The body of mutateDeployedModel for these paths. @param {import('../spec').DeployedModel} model @param {string[]} paths */
function mutation(model, paths) {
  /** @type {Record<string, unknown>} */
  const resources = {};
  /** @type {Record<string, unknown>} */
  const deployedModel = { id: model.id };
  for (const path of paths) {
    const [first = '', second] = path.split('.');
    if (second) resources[second] = /** @type {any} */ (model.dedicatedResources)[second];
    else deployedModel[first] = /** @type {any} */ (model)[first] ?? false;
  }
  if (Object.keys(resources).length > 0) deployedModel.dedicatedResources = resources;
  return { deployedModel, updateMask: paths.join(',') };
}

/** @param {string[]} args */
async function reconcile(args) {
  const run = new Run(readSpec(process.env.VX_SPEC), args.includes('--dry-run'));
  try {
    await run.toTheEnd();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new Failure(`${error.message}\n${advice(error)}\n${run.traffic()} Apply again to resume: what is done is not repeated.`);
  }
}

const STOPPED = 'Stopped. What is under way goes on; the next apply joins it.';

/** Settles when the run is over; `process.exitCode` says how. */
module.exports = { finished: runProgram({ help: HELP, stopped: STOPPED, run: reconcile }) };
