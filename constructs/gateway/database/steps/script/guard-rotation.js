#!/usr/bin/env node
// @ts-check
'use strict';

/**
 * Refuses to change a password that a serving revision logs in with, as GW_STEP says. Needs Node 20.9, nothing else. It only reads.
 */

const { ApiError, Failure } = require('../../../../vertex-endpoint/reconciler/script/errors');
const { say } = require('../../../../vertex-endpoint/reconciler/script/output');
const { runProgram } = require('../../../../vertex-endpoint/reconciler/script/program');
const { baseOf } = require('../../../../vertex-endpoint/reconciler/script/settings');
const { connect, stepOf } = require('./step');

const HELP = `Usage: GW_STEP='{"service":"projects/P/locations/R/services/NAME","secret":"NAME"}' node guard-rotation.cjs

Fails if a revision that serves, or has a tag, reads the secret: its password must not be changed now.

Environment:
  GW_STEP                             what to do (JSON)
  GOOGLE_OAUTH_ACCESS_TOKEN           access token; without it the metadata server is asked, then gcloud
  GOOGLE_IMPERSONATE_SERVICE_ACCOUNT  become this account first, with the token above or with gcloud
  GOOGLE_CLOUD_RUN_V2_CUSTOM_ENDPOINT base of the API, as for the Terraform provider

Exit code: 0 nobody uses it, 1 somebody does, or nobody could say, 2 refused before anything was asked.`;

const FIELDS = { service: /^projects\/[^/]+\/locations\/[^/]+\/services\/[^/]+$/, secret: /^[\w-]+$/ };

/** @typedef {{type?: string, revision?: string, percent?: number, tag?: string}} Target */
/** @typedef {{containers?: {env?: {valueSource?: {secretKeyRef?: {secret?: string}}}[]}[]}} Revision */

/** @param {import('./step').Client} api @param {string} path @returns {Promise<any>} undefined: it is not there */
const readIfThere = (api, path) =>
  api.read(path).catch((error) => {
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
  });

/** @param {Revision} revision @param {string} secret */
const reads = ({ containers = [] }, secret) =>
  containers.some(({ env = [] }) => env.some(({ valueSource }) => valueSource?.secretKeyRef?.secret?.split('/').pop() === secret));

/** @param {{service: string, secret: string, billingProject?: string}} step */
async function guard({ service: name, secret, billingProject }) {
  const api = connect(baseOf('GOOGLE_CLOUD_RUN_V2_CUSTOM_ENDPOINT', 'https://run.googleapis.com/v2/', ''), billingProject);
  const service = await readIfThere(api, name);
  if (!service) return say('There is no service yet: nobody logs in.');
  /** @type {Target[]} */
  const targets = service.trafficStatuses ?? [];
  const latest = service.latestReadyRevision?.split('/').pop();
  const names = targets.filter(({ percent, tag }) => percent || tag).map(({ revision }) => revision || latest);
  for (const revision of new Set(names.filter(Boolean))) {
    const found = await readIfThere(api, `${name}/revisions/${revision}`);
    if (found && reads(found, secret))
      throw new Failure(
        `Revision ${revision}, which serves, logs in with the secret ${secret}, and this rotation would change that password.\n` +
          'Raise the version by one, not by two, and not while a canary shares the traffic; after a rotation that failed halfway, by two. Nothing was changed.',
      );
  }
  say(`No revision that serves logs in with ${secret}.`);
}

async function run() {
  try {
    await guard(stepOf(FIELDS));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const advice =
      error.status === 403
        ? 'The deploying identity needs run.services.get and run.revisions.get (roles/run.viewer).'
        : 'Nothing was changed.';
    throw new Failure(`${error.message}\n${advice} Apply again to resume.`);
  }
}

module.exports = { finished: runProgram({ help: HELP, stopped: 'Stopped. Nothing was changed.', run }) };
