#!/usr/bin/env node
// @ts-check
'use strict';

/**
 * Runs the job that migrates the database, and waits for its end, as GW_STEP says. Needs Node 20.9, nothing else.
 *
 * An execution carries the key of what it migrates to. So a run that was cut short is found again: one that still goes is waited for, one
 * that has ended well is not repeated. A start whose answer was lost is looked for, never repeated blindly.
 */

const { ApiError, Failure } = require('../../../../vertex-endpoint/reconciler/script/errors');
const { say } = require('../../../../vertex-endpoint/reconciler/script/output');
const { demandParent, runProgram } = require('../../../../vertex-endpoint/reconciler/script/program');
const { baseOf } = require('../../../../vertex-endpoint/reconciler/script/settings');
const { describe, hasSucceeded, isRunning, whyItFailed } = require('./execution');
const { connect, stepOf } = require('./step');

/** @typedef {import('./execution').Execution} Execution */

const HELP = `Usage: GW_STEP='{"job":"projects/P/locations/R/jobs/NAME","key":"…","seconds":1800}' node migrate.cjs

Runs a Cloud Run job that migrates a database, and waits for its end.

Environment:
  GW_STEP                             what to do (JSON)
  GOOGLE_OAUTH_ACCESS_TOKEN           access token; without it the metadata server is asked, then gcloud
  GOOGLE_IMPERSONATE_SERVICE_ACCOUNT  become this account first, with the token above or with gcloud
  GOOGLE_CLOUD_RUN_V2_CUSTOM_ENDPOINT base of the API, as for the Terraform provider
  GW_POLL_SECONDS                     seconds between two looks (5)
  GW_REQUEST_SECONDS                  seconds after which a request is given up (60)

Exit code: 0 done, 1 failed, 2 refused before anything was changed.`;

const FIELDS = { job: /^projects\/[^/]+\/locations\/[^/]+\/jobs\/[^/]+$/, key: /^[a-z0-9]{8,63}$/, seconds: /^[1-9]\d{0,5}$/ };
/** An execution has to be scheduled, and its image pulled, before its own time begins. */
const START_SECONDS = 600;

class Migration {
  /** @param {{job: string, key: string, seconds: number, billingProject?: string}} step */
  constructor({ job, key, seconds, billingProject }) {
    this.job = job;
    this.key = key;
    this.seconds = seconds;
    this.api = connect(baseOf('GOOGLE_CLOUD_RUN_V2_CUSTOM_ENDPOINT', 'https://run.googleapis.com/v2/', ''), billingProject);
  }

  async toTheEnd() {
    await this.ready();
    /** Executions that were there before this run started one. @type {Set<string> | undefined} */
    let before;
    for (let tries = 1; ; tries++) {
      for (const execution of (await this.executions()).filter(isRunning)) await this.ended(execution);
      const all = await this.executions();
      const own = before && all.find(({ name, labels }) => labels?.migration === this.key && !before?.has(name));
      if (own) return this.demandSuccess(own);
      const newest = all[0];
      if (newest && newest.labels?.migration === this.key && hasSucceeded(newest)) return say(`${describe(newest)}: nothing to do.`);
      before ??= new Set(all.map(({ name }) => name));
      try {
        demandParent();
        const { metadata } = await this.api.request('POST', `${this.job}:run`, {});
        say(`Started ${describe(metadata)}.`);
        return this.demandSuccess(await this.ended(metadata));
      } catch (error) {
        // It may have been started all the same: the next look tells.
        await this.api.pauseOrThrow(error, tries);
      }
    }
  }

  /** The job has taken over the template that was just applied. */
  async ready() {
    for (;;) {
      const job = await this.api.read(this.job);
      if (!job.reconciling) return;
      await this.api.poll();
    }
  }

  /** Newest first. @returns {Promise<Execution[]>} */
  async executions() {
    const { executions = [] } = await this.api.read(`${this.job}/executions?pageSize=20`);
    return executions;
  }

  /** @param {Execution} execution @returns {Promise<Execution>} */
  async ended(execution) {
    const start = performance.now(); // not the time of day, which somebody may set
    for (let said = -1; isRunning(execution);) {
      const passed = Math.floor((performance.now() - start) / 1000);
      if (passed > this.seconds + START_SECONDS)
        throw new Failure(
          `${describe(execution)} has not ended after ${Math.floor(passed / 60)} minutes. Apply again later: it is joined, not repeated.`,
        );
      const minutes = Math.floor(passed / 60);
      if (minutes !== said) say(`    ${describe(execution)}: running, ${(said = minutes)} min`);
      await this.api.poll();
      execution = await this.api.read(execution.name);
    }
    return execution;
  }

  /** @param {Execution} execution */
  demandSuccess(execution) {
    if (hasSucceeded(execution)) return say(`${describe(execution)}: the database is migrated.`);
    throw new Failure(
      [
        `The migration failed: ${whyItFailed(execution)}`,
        `Log: ${execution.logUri ?? execution.name}`,
        'The revision that serves was not touched. Correct what the log says, and apply again: the migration then runs once more.',
      ].join('\n'),
    );
  }
}

/** @param {ApiError} error */
function adviceOn({ status }) {
  if (status === 401) return 'The access token was rejected: renew GOOGLE_OAUTH_ACCESS_TOKEN or run gcloud auth login.';
  if (status === 403) return 'The deploying identity needs run.jobs.run and run.executions.list (roles/run.admin, or roles/run.developer).';
  if (status === 404) return 'The job is not there: has somebody deleted it?';
  if (status === 0) return 'The API could not be reached: check the network, the proxy and GOOGLE_CLOUD_RUN_V2_CUSTOM_ENDPOINT.';
  return 'The message is the service’s own.';
}

async function run() {
  try {
    await new Migration(stepOf(FIELDS)).toTheEnd();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new Failure(`${error.message}\n${adviceOn(error)} The revision that serves was not touched. Apply again to resume.`);
  }
}

module.exports = {
  finished: runProgram({ help: HELP, stopped: 'Stopped. An execution under way goes on; the next apply joins it.', run }),
};
