// @ts-check
'use strict';

const { execFile } = require('node:child_process');
const { promisify } = require('node:util');
const { Failure, messageOf } = require('./errors');
const { secrets } = require('./output');

/** @type {{value: string, source: 'environment' | 'metadata server' | 'gcloud'} | undefined} */
let current;

/**
 * An access token: of the environment, else of the metadata server, else of gcloud. It is held in memory only.
 * @param {boolean} rejected the current one was refused: take a new one (a rejected one of the environment cannot be renewed, so ask the others)
 */
async function accessToken(rejected) {
  if (current && !rejected) return current.value;
  const given = process.env.GOOGLE_OAUTH_ACCESS_TOKEN;
  // The metadata server cannot impersonate; gcloud can, wherever its own credentials come from.
  const impersonated = process.env.GOOGLE_IMPERSONATE_SERVICE_ACCOUNT;
  if (given && !current) current = { value: given, source: 'environment' };
  else current = (impersonated ? undefined : await fromMetadataServer()) ?? (await fromGcloud(impersonated));
  secrets.add(current.value);
  return current.value;
}

/** @returns {Promise<typeof current>} */
async function fromMetadataServer() {
  const host = process.env.GCE_METADATA_HOST ?? 'metadata.google.internal';
  try {
    const answer = await fetch(`http://${host}/computeMetadata/v1/instance/service-accounts/default/token`, {
      headers: { 'Metadata-Flavor': 'Google' },
      signal: AbortSignal.timeout(3000),
    });
    const { access_token: value } = /** @type {{access_token?: string}} */ (await answer.json());
    return answer.ok && value ? { value, source: 'metadata server' } : undefined;
  } catch {
    return undefined; // not on Google Cloud: the next source may know
  }
}

/** @param {string | undefined} impersonated @returns {Promise<NonNullable<typeof current>>} */
async function fromGcloud(impersonated) {
  const args = ['auth', 'print-access-token', ...(impersonated ? [`--impersonate-service-account=${impersonated}`] : [])];
  try {
    const { stdout } = await promisify(execFile)('gcloud', args, { timeout: 60_000, shell: process.platform === 'win32' });
    if (stdout.trim()) return { value: stdout.trim(), source: 'gcloud' };
    throw new Error('it printed nothing');
  } catch (error) {
    const missing = /** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT';
    const metadata = impersonated ? 'not asked, it cannot impersonate' : 'no answer';
    throw new Failure(
      `No access token. Tried GOOGLE_OAUTH_ACCESS_TOKEN (${process.env.GOOGLE_OAUTH_ACCESS_TOKEN ? 'rejected' : 'not set'}), the metadata ` +
        `server (${metadata}), gcloud (${missing ? 'not installed' : lastLineOf(messageOf(error))}). Set the first, or run gcloud auth login.`,
    );
  }
}

/** What a command says at its end is why it failed. @param {string} text */
const lastLineOf = (text) => text.trim().split('\n').pop();

module.exports = { accessToken };
