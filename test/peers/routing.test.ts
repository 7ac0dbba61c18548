import { Gateway, Google, needsGateway } from '../support/peers';
import { describeWith } from '../support/requirements';
import { binomialBounds } from './binomial';
import { PROJECT, chat, configurationOf, contents, gemini, group, textOf } from './configuration';

/** One in a million runs fails although the split is right. */
const FALSE_ALARM = 1e-6;
/** The thousand is asked of every environment: here only the two numbers have to reach the router. */
const REQUESTS = 300;
const AT_A_TIME = 16;
/** A machine with other work manages 15 requests a second. */
const MANY_REQUESTS_MILLISECONDS = 240_000;

/** A status of the model → how often it is tried again, and what the client gets in the end. */
const RETRIED = [
  { status: 429, setting: 'rateLimit', retries: 3, answered: 429 },
  { status: 408, setting: 'timeout', retries: 1, answered: 408 },
  { status: 504, setting: 'timeout', retries: 1, answered: 504 },
  { status: 500, setting: 'serverError', retries: 2, answered: 500 },
  { status: 503, setting: 'unavailable', retries: 4, answered: 503 },
  { status: 502, setting: 'other', retries: 1, answered: 500 },
  { status: 400, setting: 'badRequest', retries: 1, answered: 400 },
  // LiteLLM finds the number in the body of Google's error, and takes it for a bad request.
  { status: 403, setting: 'badRequest', retries: 1, answered: 403 },
  { status: 401, setting: 'authentication', retries: 0, answered: 401 },
  { status: 404, setting: 'notFound', retries: 0, answered: 404 },
] as const;

const CONFIGURATION = configurationOf({
  models: {
    assistant: { deployments: [gemini('gemini-3.1-pro-preview', 95), gemini('gemini-3.5-flash', 5)] },
    first: group('gemini-first-model', { fallbacks: ['second', 'third'] }),
    second: group('gemini-second-model', { fallbacks: ['third'] }),
    third: group('gemini-third-model', { lastResort: true }),
    pair: { deployments: [gemini('gemini-pair-a', 50), gemini('gemini-pair-b', 50)] },
    strict: group('gemini-strict-model', { safety: { hateSpeech: 'low-and-above' }, contentPolicyFallbacks: ['third'] }),
    impatient: group('gemini-impatient-model', { timeoutSeconds: 1 }),
    ...Object.fromEntries(RETRIED.map(({ status }) => [`on-${status}`, group(`gemini-${status}`)])),
  },
  aliases: { 'house-model': { group: 'third' }, 'gemini-3.9-secret': { group: 'third', hidden: true } },
  requests: {
    // Longer than a machine with other work takes for the requests of the test that asks for it.
    cooldownSeconds: 12,
    retries: {
      rateLimit: 3,
      timeout: 1,
      serverError: 2,
      unavailable: 4,
      other: 1,
      authentication: 0,
      notFound: 0,
      badRequest: 1,
      contentPolicy: 0,
    },
  },
});

describeWith(needsGateway(), 'a gateway with the generated configuration', () => {
  let google: Google;
  let gateway: Gateway;

  beforeAll(async () => {
    google = await Google.start({ projectId: PROJECT });
    // Only how long it waits between two tries differs from what is deployed.
    gateway = await Gateway.start({ config: CONFIGURATION, google, environment: { INITIAL_RETRY_DELAY: '0.01', MAX_RETRY_DELAY: '0.05' } });
  });
  afterAll(async () => {
    await gateway?.stop();
    await google?.stop();
  });
  beforeEach(() => google.models.reset());
  afterEach(() => {
    expect(google.models.refusals).toEqual([]);
    expect(google.refusedDestinations).toEqual([]);
  });

  const ask = (model: string, content?: string, more?: object) => gateway.ask('/v1/chat/completions', { body: chat(model, content, more) });

  async function askMany(model: string, count: number): Promise<void> {
    let left = count;
    const one = async (): Promise<void> => {
      while (left-- > 0) expect((await ask(model)).status).toBe(200);
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, one));
  }

  it(
    'splits requests as written',
    async () => {
      await askMany('assistant', REQUESTS);
      const { low, high } = binomialBounds(REQUESTS, 0.05, FALSE_ALARM);
      const candidate = google.models.count('gemini-3.5-flash');
      expect({ candidate, between: low <= candidate && candidate <= high }).toEqual({ candidate, between: true });
      expect(google.models.count('gemini-3.1-pro-preview') + candidate).toBe(REQUESTS);
    },
    MANY_REQUESTS_MILLISECONDS,
  );

  it('asks with the token of the metadata server, in the location that is written', async () => {
    await ask('third');
    const [call] = google.models.calls;
    expect(call!.host).toBe('aiplatform.googleapis.com');
    expect(call!.path).toMatch(`/projects/${PROJECT}/locations/global/publishers/google/models/gemini-third-model:generateContent`);
    expect(call!.headers.authorization).toBe(`Bearer ${google.metadata.token}`);
  });

  it.each(RETRIED)('tries $status again as `$setting` says', async ({ status, retries, answered }) => {
    google.models.always(`gemini-${status}`, { status });
    const response = await ask(`on-${status}`);
    expect({ answered: response.status, tries: google.models.count(`gemini-${status}`) }).toEqual({ answered, tries: retries + 1 });
  });

  it.each([400, 429, 500, 503])('falls back from %i to the next group, and to the one after it', async (status) => {
    google.models.always('gemini-first-model', { status });
    google.models.always('gemini-second-model', { status });
    const response = await ask('first');
    expect(response.status).toBe(200);
    expect(await textOf(response)).toMatch(/^gemini-third-model /);
  });

  it('falls back before a stream has begun', async () => {
    google.models.always('gemini-first-model', { status: 503 });
    const response = await ask('first', 'hi', { stream: true });
    expect(response.status).toBe(200);
    const text = await response.text();
    expect(text).toContain('gemini-second-model');
    expect(text).toMatch(/data: \[DONE\]\s*$/);
  });

  it('falls back on the route of Gemini', async () => {
    google.models.always('gemini-first-model', { status: 429 });
    const response = await gateway.ask('/v1beta/models/first:generateContent', { body: contents() });
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('second-model heard')]);
  });

  it('tells a client when a stream breaks off, and does not pretend that it ended', async () => {
    google.models.next('gemini-third-model', { cutAfter: 2 });
    const response = await ask('third', 'one two three four', { stream: true });
    const text = await response.text().catch(() => 'broken off');
    expect(text).not.toMatch(/data: \[DONE\]\s*$/);
    expect(text).toMatch(/error|broken off/);
  });

  it('leaves a deployment alone that has said 429, and comes back to it', async () => {
    google.models.always('gemini-pair-a', { status: 429 });
    await askMany('pair', 40);
    // At most those that were under way when the first one failed.
    expect(google.models.count('gemini-pair-a')).toBeLessThan(AT_A_TIME + 1);
    expect(google.models.count('gemini-pair-b')).toBe(40);
    google.models.reset();
    while (google.models.count('gemini-pair-a') === 0) {
      await askMany('pair', 4);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  });

  it('gives up on a model that is too slow', async () => {
    google.models.always('gemini-impatient-model', { delay: 5 });
    const response = await ask('impatient');
    expect(response.status).toBe(408);
    expect(google.models.count('gemini-impatient-model')).toBe(2);
  });

  it('answers to the further names of a group, on both routes', async () => {
    for (const name of ['house-model', 'gemini-3.9-secret']) {
      expect(await textOf(await ask(name))).toMatch(/^gemini-third-model /);
      const native = await gateway.ask(`/v1beta/models/${name}:generateContent`, { body: contents() });
      expect([native.status, await native.text()]).toEqual([200, expect.stringContaining('third-model heard')]);
    }
  });

  it('lists groups and further names, but not hidden ones', async () => {
    const { data } = (await (await gateway.ask('/v1/models')).json()) as { readonly data: readonly { readonly id: string }[] };
    const names = data.map(({ id }) => id);
    expect(names).toEqual(expect.arrayContaining(['assistant', 'third', 'house-model']));
    expect(names).not.toContain('gemini-3.9-secret');
  });

  it('sends the safety settings on both routes', async () => {
    await ask('strict');
    await gateway.ask('/v1beta/models/strict:generateContent', { body: contents() });
    const settings = [{ category: 'HARM_CATEGORY_HATE_SPEECH', threshold: 'BLOCK_LOW_AND_ABOVE' }];
    expect(google.models.calls.map(({ body }) => body.safetySettings)).toEqual([settings, settings]);
  });

  it('lets a client have safety settings of its own, which only Model Armor or a hook would prevent', async () => {
    const own = [{ category: 'HARM_CATEGORY_HATE_SPEECH', threshold: 'BLOCK_NONE' }];
    await gateway.ask('/v1beta/models/strict:generateContent', { body: contents('hi', { safetySettings: own }) });
    expect(google.models.calls.map(({ body }) => body.safetySettings)).toEqual([own]);
  });
});
