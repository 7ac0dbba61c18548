// GitHub's REST API, as far as the scripts here need it. No dependency: they run before anything is installed.

const API = (process.env.GITHUB_API_URL ?? 'https://api.github.com').replace(/\/$/, '');

/** More pages than this are not read: something is wrong with the question. */
const MOST_PAGES = 50;

const TRIES = 3;

/** A message for whoever reads the log; nothing more is said. */
export class Told extends Error {}

export function required(name) {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Told(`${name} is not set.`);
  return value;
}

/** `owner/name` of the repository that the workflow runs in. */
export function repository() {
  const name = required('GITHUB_REPOSITORY');
  if (!/^[\w.-]+\/[\w.-]+$/.test(name)) throw new Told('GITHUB_REPOSITORY is not OWNER/NAME.');
  return name;
}

const isTemporary = (response) => response.status === 429 || response.status >= 500;

async function request(address, method = 'GET', body = undefined) {
  for (let left = TRIES - 1; ; left--) {
    const response = await fetch(address, {
      method,
      // A redirect could lead the token elsewhere.
      redirect: 'error',
      signal: AbortSignal.timeout(30_000),
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${required('GITHUB_TOKEN')}`,
        'content-type': 'application/json',
        'user-agent': 'plan-review',
        'x-github-api-version': '2022-11-28',
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (response.ok) return response;
    // What creates something is not sent twice: the first may have arrived.
    if (left === 0 || method === 'POST' || !isTemporary(response)) {
      const { message } = await response.json().catch(() => ({}));
      throw new Told(`${method} ${new URL(address).pathname}: GitHub answers ${response.status}${message ? `: ${message}` : ''}`);
    }
    await new Promise((done) => setTimeout(done, Number(process.env.RETRY_MILLISECONDS ?? 2000)));
  }
}

export const get = async (path) => (await request(`${API}${path}`)).json();

export const send = async (method, path, body) => (await request(`${API}${path}`, method, body)).json();

/** Everything in a list, page after page. `pick` takes the list out of an answer that is not one itself. */
export async function* all(path, pick = (answer) => answer) {
  let next = `${API}${path}${path.includes('?') ? '&' : '?'}per_page=100`;
  for (let page = 1; next !== undefined; page++) {
    if (page > MOST_PAGES) throw new Told(`GET ${path}: more than ${MOST_PAGES} pages.`);
    const response = await request(next);
    yield* pick(await response.json());
    next = following(response.headers.get('link'));
  }
}

function following(link) {
  const next = /<([^>]+)>;\s*rel="next"/.exec(link ?? '')?.[1];
  if (next === undefined) return undefined;
  if (new URL(next).origin !== new URL(API).origin) throw new Told('GitHub names a next page on another host.');
  return next;
}

/** Runs a script: what a person can put right is a message, everything else keeps its stack trace. */
export async function script(main) {
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof Told)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
