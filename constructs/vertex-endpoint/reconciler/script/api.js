// @ts-check
'use strict';

const { ApiError, Failure, messageOf } = require('./errors');
const { accessToken } = require('./credentials');
const { say } = require('./output');
const { baseOf, milliseconds } = require('./settings');

/** @typedef {{name: string, done?: boolean, error?: {code?: number, message?: string}, metadata?: {deploymentStage?: string}}} Operation */

const POLL_SECONDS = 10;
const REQUEST_SECONDS = 60;
/** The Terraform provider's own bound for a deploy from Model Garden. */
const OPERATION_MINUTES = 180;
const MAX_TRIES = 12;
/** A service that asks for a longer pause is left alone, until somebody applies again. */
const LONGEST_WAIT_MINUTES = 15;
const RETRIED = new Set([408, 409, 429, 500, 502, 503, 504]);

/** @param {number} ms */
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** @param {{endpoint: string, billingProject?: string}} spec @param {'v1' | 'v1beta1'} [version] of the API */
function connect(spec, version = 'v1') {
  const region = spec.endpoint.split('/')[3] ?? '';
  const given = baseOf('GOOGLE_VERTEX_AI_CUSTOM_ENDPOINT', 'https://{{region}}-aiplatform.googleapis.com/v1/', region);
  const base = given.replace(/\/v1\/$/, `/${version}/`);
  const pollMs = milliseconds('VX_POLL_SECONDS', POLL_SECONDS);
  const requestMs = milliseconds('VX_REQUEST_SECONDS', REQUEST_SECONDS);

  /** One request; a refused token is renewed once. @param {string} method @param {string} path @param {unknown} [body] @returns {Promise<any>} */
  async function request(method, path, body) {
    for (let renewed = false; ; renewed = true) {
      /** @type {Record<string, string>} */
      const headers = { authorization: `Bearer ${await accessToken(renewed)}`, 'content-type': 'application/json' };
      if (spec.billingProject) headers['x-goog-user-project'] = spec.billingProject;
      const answer = await exchange(base + path, { method, headers, body: body && JSON.stringify(body) }, requestMs);
      if (answer.status === 401 && !renewed) continue;
      return valueOf(`${method} ${path}`, answer);
    }
  }

  /** A read can simply be repeated. @param {string} path @param {string} [method] @returns {Promise<any>} */
  async function read(path, method = 'GET') {
    for (let tries = 1; ; tries++) {
      try {
        return await request(method, path);
      } catch (error) {
        await pauseOrThrow(error, tries);
      }
    }
  }

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
      await sleep(pollMs);
      operation = await read(operation.name).catch((error) => {
        if (!(error instanceof ApiError) || error.status !== 404) throw error;
        throw new ApiError(`${what}: its operation is gone (${operation.name})`, { status: 0, passing: true });
      });
    }
    return operation;
  }

  /**
   * Waits before the next try: full jitter under a capped exponential, and never less than the service asks for. Throws what cannot pass.
   * @param {unknown} error @param {number} tries how often it has been tried
   */
  async function pauseOrThrow(error, tries) {
    if (!(error instanceof ApiError)) throw error;
    const minutes = Math.ceil((error.waitMs ?? 0) / 60_000);
    if (minutes > LONGEST_WAIT_MINUTES) error.message += ` (the service asks for a pause of ${minutes} min)`;
    if (tries >= MAX_TRIES || minutes > LONGEST_WAIT_MINUTES) error.passing = false; // given up here is given up everywhere
    if (!error.passing) throw error;
    const ceiling = Math.min(pollMs * 6, (pollMs / 10) * 2 ** tries);
    const ms = Math.max(Math.random() * ceiling, error.waitMs ?? 0);
    say(`    ${error.message}; again in ${(ms / 1000).toFixed(1)} s (try ${tries} of ${MAX_TRIES})`);
    await sleep(ms);
  }

  return { request, read, running, ended, pauseOrThrow };
}

/** @param {string} url @param {{method: string, headers: Record<string, string>, body?: any}} init @param {number} timeoutMs */
async function exchange(url, init, timeoutMs) {
  try {
    const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
    return { status: answer.status, text: await answer.text(), retryAfter: answer.headers.get('retry-after') };
  } catch (error) {
    const cause = messageOf(/** @type {{cause?: unknown}} */ (error).cause ?? error);
    throw new ApiError(`${init.method} ${url}: no answer (${cause})`, { status: 0, passing: true });
  }
}

/** @param {string} what @param {{status: number, text: string, retryAfter: string | null}} answer @returns {any} */
function valueOf(what, { status, text, retryAfter }) {
  let json;
  try {
    json = JSON.parse(text || '{}');
  } catch {
    json = undefined; // half an answer, or a proxy's page
  }
  const ok = status >= 200 && status < 300;
  if (ok && json !== undefined) return json;
  const reason = json?.error?.message ?? text.slice(0, 300);
  // Waiting cures a quota of requests, not one of machines.
  const retried = ok || (RETRIED.has(status) && !/CustomModelServing/.test(reason));
  const busy = status === 400 && /other operations running/i.test(reason);
  const message = `${what}: ${[status, json?.error?.status, reason].filter(Boolean).join(' ')}`;
  throw new ApiError(message, { status, passing: retried || busy, waitMs: waitOf(retryAfter) });
}

/** Retry-After: seconds or a date. @param {string | null} value @returns {number | undefined} milliseconds */
function waitOf(value) {
  if (!value) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

module.exports = { connect };
