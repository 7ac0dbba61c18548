// @ts-check
'use strict';

const { execFile } = require('node:child_process');
const { promisify } = require('node:util');
const { Failure, messageOf } = require('./errors');
const { secrets } = require('./output');
const { baseOf } = require('./settings');

/** The token in use. @type {string | undefined} */
let current;
/** That of the environment cannot be renewed. */
let environmentIsSpent = false;

/**
 * An access token: of the environment, else of the metadata server, else of gcloud. It is held in memory only.
 * @param {boolean} rejected the current one was refused: take a new one
 * @returns {Promise<string>}
 */
async function accessToken(rejected) {
  if (current && !rejected) return current;
  const given = environmentIsSpent ? undefined : process.env.GOOGLE_OAUTH_ACCESS_TOKEN;
  environmentIsSpent = true;
  const account = process.env.GOOGLE_IMPERSONATE_SERVICE_ACCOUNT;
  if (given) current = account ? await impersonated(account, keep(given)) : keep(given);
  // The metadata server gives out its own account only; gcloud impersonates, wherever its own credentials come from.
  else current = keep((account ? undefined : await fromMetadataServer()) ?? (await fromGcloud(account)));
  return current;
}

/** Never to be printed. @param {string} token */
function keep(token) {
  secrets.add(token);
  return token;
}

/** As the Terraform provider does it with a token of the environment. @param {string} account @param {string} token */
async function impersonated(account, token) {
  const base = baseOf('GOOGLE_IAM_CREDENTIALS_CUSTOM_ENDPOINT', 'https://iamcredentials.googleapis.com/v1/', '');
  const answer = await fetch(`${base}projects/-/serviceAccounts/${account}:generateAccessToken`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ scope: ['https://www.googleapis.com/auth/cloud-platform'], lifetime: '3600s' }),
    signal: AbortSignal.timeout(30_000),
  }).catch((error) => ({ ok: false, status: messageOf(error.cause ?? error), text: async () => '' }));
  const text = await answer.text();
  const value = /"accessToken"\s*:\s*"([^"]+)"/.exec(text)?.[1];
  if (answer.ok && value) return keep(value);
  const reason = /"message"\s*:\s*"([^"]+)"/.exec(text)?.[1] ?? '';
  throw new Failure(
    `The token of GOOGLE_OAUTH_ACCESS_TOKEN cannot become ${account} (${answer.status} ${reason}): its identity needs ` +
      'roles/iam.serviceAccountTokenCreator on that account.',
  );
}

/** @returns {Promise<string | undefined>} */
async function fromMetadataServer() {
  const host = process.env.GCE_METADATA_HOST ?? 'metadata.google.internal';
  try {
    const answer = await fetch(`http://${host}/computeMetadata/v1/instance/service-accounts/default/token`, {
      headers: { 'Metadata-Flavor': 'Google' },
      signal: AbortSignal.timeout(3000),
    });
    const { access_token: value } = /** @type {{access_token?: string}} */ (await answer.json());
    return answer.ok && value ? value : undefined;
  } catch {
    return undefined; // not on Google Cloud: the next source may know
  }
}

/** @param {string | undefined} impersonated @returns {Promise<string>} */
async function fromGcloud(impersonated) {
  const args = ['auth', 'print-access-token', ...(impersonated ? [`--impersonate-service-account=${impersonated}`] : [])];
  try {
    const { stdout } = await promisify(execFile)('gcloud', args, { timeout: 60_000, shell: process.platform === 'win32' });
    if (stdout.trim()) return stdout.trim();
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
