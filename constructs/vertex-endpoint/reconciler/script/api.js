// @ts-check
'use strict';

const { ApiError, Failure } = require('./errors');
const { client, isPassing: isPassingAnywhere } = require('./http');
const { say } = require('./output');
const { baseOf } = require('./settings');

/** @typedef {{name: string, done?: boolean, error?: {code?: number, message?: string}, metadata?: {deploymentStage?: string}}} Operation */

const POLL_SECONDS = 10;
/** The Terraform provider's own bound for a deploy from Model Garden. */
const OPERATION_MINUTES = 180;
/** @param {number} status @param {string} reason */
function isPassing(status, reason) {
  // Waiting cures a quota of requests, not one of machines.
  const retried = isPassingAnywhere(status) && !/CustomModelServing/.test(reason);
  const busy = status === 400 && /other operations running/i.test(reason);
  return retried || busy;
}

/** @param {{endpoint: string, billingProject?: string}} spec @param {'v1' | 'v1beta1'} [version] of the API */
function connect(spec, version = 'v1') {
  const region = spec.endpoint.split('/')[3] ?? '';
  const given = baseOf('GOOGLE_VERTEX_AI_CUSTOM_ENDPOINT', 'https://{{region}}-aiplatform.googleapis.com/v1/', region);
  const base = given.replace(/\/v1\/$/, `/${version}/`);
  const { request, read, pauseOrThrow, poll } = client(base, {
    billingProject: spec.billingProject,
    settings: 'VX',
    pollSeconds: POLL_SECONDS,
    isPassing,
  });

  /** Operations on the endpoint that have not ended. The API does not say which model each is about. @returns {Promise<Operation[]>} */
  async function running() {
    /** @type {Operation[]} */
    const operations = [];
    for (let page = ''; ;) {
      const answer = await read(`${spec.endpoint}/operations?pageSize=100${page && `&pageToken=${encodeURIComponent(page)}`}`);
      operations.push(...(answer.operations ?? []));
      page = answer.nextPageToken ?? '';
      if (!page) return operations.filter((operation) => !operation.done);
    }
  }

  /** Waits for the end of an operation, good or bad. @param {Operation} operation @param {string} what @returns {Promise<Operation>} */
  async function ended(operation, what) {
    const start = performance.now(); // not the time of day, which somebody may set
    for (let said = ''; !operation.done;) {
      const minutes = Math.floor((performance.now() - start) / 60_000);
      if (minutes >= OPERATION_MINUTES)
        throw new Failure(
          `${what} still runs after ${minutes} minutes (${operation.name}). Apply again later: it is joined, not repeated.`,
        );
      const stage = (operation.metadata?.deploymentStage ?? 'RUNNING').toLowerCase().replaceAll('_', ' ');
      const progress = `    ${what}: ${stage}, ${minutes} min`;
      if (progress !== said) say((said = progress));
      await poll();
      operation = await read(operation.name).catch((error) => {
        if (!(error instanceof ApiError) || error.status !== 404) throw error;
        throw new ApiError(`${what}: its operation is gone (${operation.name})`, { status: 0, passing: true });
      });
    }
    return operation;
  }

  return { request, read, running, ended, pauseOrThrow };
}

module.exports = { connect };
