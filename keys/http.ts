/** Something outside did not do what it was asked for. The message is for people, and holds no secret. */
export class KeysError extends Error {
  constructor(
    message: string,
    /** HTTP status; 0: no answer came. */
    readonly status = 0,
  ) {
    super(message);
  }
}

export interface Call {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: object;
}

const SECONDS = 60;
const TRIES = 4;
const PASSING = new Set([0, 408, 429, 500, 502, 503, 504]);

/** Anything that looks like a key or a token, in an answer that is going to be shown. */
const redacted = (text: string): string => text.replace(/\b(sk-|ya29\.|eyJ)[\w.-]{6,}/g, '$1…');

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * One request. Reads are tried again when the trouble can pass. Writes are not: whether one has arrived is found out by looking, when the
 * command runs again. A redirect is an error: it would take the credentials to a sign-in page.
 */
export async function call(request: Call): Promise<unknown> {
  for (let tries = 1; ; tries++) {
    try {
      return await once(request);
    } catch (error) {
      const again = request.method === 'GET' && error instanceof KeysError && PASSING.has(error.status) && tries < TRIES;
      if (!again) throw error;
      await sleep(250 * 2 ** tries * (0.5 + Math.random() / 2));
    }
  }
}

async function once({ method, url, headers, body }: Call): Promise<unknown> {
  const what = `${method} ${url.replace(/\?.*$/, '')}`;
  let status: number;
  let text: string;
  try {
    const answer = await fetch(url, {
      method,
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      body: body && JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(SECONDS * 1000),
    });
    status = answer.status;
    text = await answer.text();
  } catch (error) {
    const { cause, message } = error as Error & { readonly cause?: { readonly message?: string } };
    throw new KeysError(`${what}: no answer (${redacted(cause?.message ?? message)})`);
  }
  if (status >= 200 && status < 300) {
    const value = parsed(text);
    if (value === undefined) throw new KeysError(`${what}: ${status}, but the answer is no JSON`);
    return value;
  }
  throw new KeysError(`${what}: ${status} ${reasonOf(text)}`.trimEnd(), status);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** LiteLLM and Google both put the reason under error.message. */
function reasonOf(text: string): string {
  const value = parsed(text) as { readonly error?: { readonly message?: unknown }; readonly detail?: unknown } | undefined;
  const reason = value?.error?.message ?? value?.detail ?? text;
  return redacted(typeof reason === 'string' ? reason : JSON.stringify(reason)).slice(0, 400);
}
