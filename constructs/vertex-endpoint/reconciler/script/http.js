// @ts-check
'use strict';

const { accessToken } = require('./credentials');
const { ApiError, messageOf } = require('./errors');
const { say } = require('./output');
const { milliseconds } = require('./settings');

const REQUEST_SECONDS = 60;
const MAX_TRIES = 12;
/** A service that asks for a longer pause is left alone, until somebody applies again. */
const LONGEST_WAIT_MINUTES = 15;
const PASSING = new Set([408, 409, 429, 500, 502, 503, 504]);

/** What waiting cures, whatever the API. @param {number} status */
const passesAnywhere = (status) => PASSING.has(status);

/** @param {number} ms */
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** @typedef {ReturnType<typeof client>} Client */

/**
 * Calls to one API of Google.
 * @param {string} base ending in a slash
 * @param {{billingProject?: string, settings: string, pollSeconds: number, isPassing?: (status: number, reason: string) => boolean}} options
 *   `billingProject`: whose quota is used; `settings`: beginning of the variables that set the waits; `isPassing`: what waiting cures
 */
function client(base, { billingProject, settings, pollSeconds, isPassing = passesAnywhere }) {
  const pollMs = milliseconds(`${settings}_POLL_SECONDS`, pollSeconds);
  const requestMs = milliseconds(`${settings}_REQUEST_SECONDS`, REQUEST_SECONDS);

  /** One request; a refused token is renewed once. @param {string} method @param {string} path @param {unknown} [body] @returns {Promise<any>} */
  async function request(method, path, body) {
    for (let renewed = false; ; renewed = true) {
      /** @type {Record<string, string>} */
      const headers = { authorization: `Bearer ${await accessToken(renewed)}`, 'content-type': 'application/json' };
      if (billingProject) headers['x-goog-user-project'] = billingProject;
      const answer = await exchange(base + path, { method, headers, body: body && JSON.stringify(body) }, requestMs);
      if (answer.status === 401 && !renewed) continue;
      return valueOf(`${method} ${path}`, answer, isPassing);
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

  return { request, read, pauseOrThrow, poll: () => sleep(pollMs) };
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

/**
 * @param {string} what @param {{status: number, text: string, retryAfter: string | null}} answer
 * @param {(status: number, reason: string) => boolean} passes @returns {any}
 */
function valueOf(what, { status, text, retryAfter }, passes) {
  let json;
  try {
    json = JSON.parse(text || '{}');
  } catch {
    json = undefined; // half an answer, or a proxy's page
  }
  const ok = status >= 200 && status < 300;
  if (ok && json !== undefined) return json;
  const reason = json?.error?.message ?? text.slice(0, 300);
  const message = `${what}: ${[status, json?.error?.status, reason].filter(Boolean).join(' ')}`;
  throw new ApiError(message, { status, passing: ok || passes(status, reason), waitMs: waitOf(retryAfter) });
}

/** Retry-After: seconds or a date. @param {string | null} value @returns {number | undefined} milliseconds */
function waitOf(value) {
  if (!value) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

module.exports = { client, isPassing: passesAnywhere };
