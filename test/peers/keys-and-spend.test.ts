import { setTimeout as sleep } from 'node:timers/promises';
import { Database, Gateway, Google, TOKENS, needsGatewayAndDatabase } from '../support/peers';
import { describeWith } from '../support/requirements';
import { PROJECT, chat, configurationOf, contents, gemini } from './configuration';

jest.setTimeout(240_000);

/** US dollars a million tokens: so that spend can be computed by hand. */
const PRICE = { input: 100_000, output: 200_000 };
const COST = (TOKENS.input * PRICE.input + TOKENS.output * PRICE.output) / 1_000_000;
const SPEND_SECONDS = 30;

const priced = (model: string) => ({ deployments: [{ ...gemini(model), price: PRICE }], lastResort: true });
const CONFIGURATION = configurationOf({
  models: { assistant: priced('gemini-assistant'), other: priced('gemini-other') },
  aliases: { friendly: { group: 'assistant' } },
  usage: { spendTagHeaders: ['x-cost-centre'], callbacks: { prometheus: {} } },
});

describeWith(needsGatewayAndDatabase(), 'keys, budgets and spend', () => {
  let google: Google;
  let database: Database;
  let gateway: Gateway;

  beforeAll(async () => {
    google = await Google.start({ projectId: PROJECT });
    database = await Database.start();
    gateway = await Gateway.start({
      config: CONFIGURATION,
      google,
      database,
      environment: { NO_DOCS: 'True', NO_REDOC: 'True', NO_OPENAPI: 'True', DISABLE_ADMIN_UI: 'True' },
    });
  });
  afterAll(async () => {
    await gateway?.stop();
    await database?.stop();
    await google?.stop();
  });
  beforeEach(() => google.models.reset());

  async function make<T>(path: string, body: object): Promise<T> {
    const response = await gateway.ask(path, { body });
    if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }
  const makeKey = async (body: object): Promise<string> =>
    (await make<{ key: string }>('/key/generate', { key_type: 'llm_api', ...body })).key;
  const status = async (key: string | null, model = 'assistant'): Promise<number> =>
    (await gateway.ask('/v1/chat/completions', { key, body: chat(model) })).status;

  /** Spend is written in batches; what is asked for comes within seconds. */
  async function spendOf(path: string): Promise<number> {
    const { info, team_info } = (await (await gateway.ask(path)).json()) as {
      readonly info?: { readonly spend: number };
      readonly team_info?: { readonly spend: number };
    };
    return (info ?? team_info)!.spend;
  }
  async function spendBecomes(path: string, expected: number): Promise<void> {
    const end = Date.now() + SPEND_SECONDS * 1000;
    while ((await spendOf(path)) < expected && Date.now() < end) await sleep(250);
    expect(await spendOf(path)).toBeCloseTo(expected, 6);
  }

  describe('strangers', () => {
    it.each([null, 'sk-nobody', 'nonsense'])('refuses the key %s on every route, and asks no model', async (key) => {
      const routes: readonly (readonly [string, object?])[] = [
        ['/v1/chat/completions', chat('assistant')],
        ['/v1beta/models/assistant:generateContent', contents()],
        ['/v1/embeddings', { model: 'assistant', input: 'hi' }],
        ['/v1/models'],
        ['/model/info'],
        ['/key/list'],
        ['/key/generate', {}],
        ['/team/new', {}],
        ['/spend/logs'],
        ['/metrics/'],
        ['/config/update', {}],
      ];
      const statuses = await Promise.all(routes.map(async ([path, body]) => [path, (await gateway.ask(path, { key, body })).status]));
      expect(statuses).toEqual(routes.map(([path]) => [path, 401]));
      expect(google.models.calls).toEqual([]);
    });

    it.each([
      ['x-goog-api-key', (key: string) => ({ headers: { 'x-goog-api-key': key } }), ''],
      ['?key=', () => ({}), (key: string) => `?key=${key}`],
    ] as const)('takes a key on the route of Gemini as %s, too', async (_name, more, query) => {
      const path = (key: string) => `/v1beta/models/assistant:generateContent${typeof query === 'string' ? query : query(key)}`;
      const key = await makeKey({});
      expect((await gateway.ask(path(key), { key: null, body: contents(), ...more(key) })).status).toBe(200);
      expect((await gateway.ask(path('sk-nobody'), { key: null, body: contents(), ...more('sk-nobody') })).status).toBe(401);
    });
  });

  describe('administration', () => {
    it('is closed to the keys of applications', async () => {
      const key = await makeKey({});
      for (const path of ['/key/generate', '/team/new', '/key/block'])
        expect([path, (await gateway.ask(path, { key, body: {} })).status]).toEqual([path, 403]);
    });

    it('does not tell strangers what routes there are', async () => {
      for (const path of ['/docs', '/redoc', '/openapi.json']) {
        const text = await (await gateway.ask(path, { key: null })).text();
        expect([path, text.includes('/key/generate')]).toEqual([path, false]);
      }
    });
  });

  describe('limits', () => {
    it('lets a key call the models that it has, under all their names', async () => {
      const key = await makeKey({ models: ['assistant'] });
      expect([await status(key), await status(key, 'friendly'), await status(key, 'other')]).toEqual([200, 200, 403]);
    });

    it('refuses a blocked key, and takes it again', async () => {
      const key = await makeKey({});
      await make('/key/block', { key });
      expect(await status(key)).toBe(401);
      await make('/key/unblock', { key });
      expect(await status(key)).toBe(200);
    });

    it('refuses the request after the last one of the minute', async () => {
      const key = await makeKey({ rpm_limit: 3 });
      expect([await status(key), await status(key), await status(key), await status(key)]).toEqual([200, 200, 200, 429]);
    });

    it('ends a key when its budget is spent', async () => {
      const key = await makeKey({ max_budget: COST * 1.5 });
      expect(await status(key)).toBe(200);
      await spendBecomes(`/key/info?key=${key}`, COST);
      expect(await status(key)).toBe(200);
      await spendBecomes(`/key/info?key=${key}`, 2 * COST);
      const refused = await gateway.ask('/v1/chat/completions', { key, body: chat('assistant') });
      expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('budget')]);
      expect(google.models.calls).toHaveLength(2);
    });

    it("ends all keys of a team when the team's budget is spent", async () => {
      const { team_id } = await make<{ team_id: string }>('/team/new', { team_alias: 'poor', max_budget: COST / 2 });
      const [one, other] = [await makeKey({ team_id }), await makeKey({ team_id })];
      expect(await status(one)).toBe(200);
      await spendBecomes(`/team/info?team_id=${team_id}`, COST);
      expect(await status(other)).toBe(422);
    });
  });

  describe('spend', () => {
    it('is kept by key, team, model and tag, and without what was said', async () => {
      const { team_id } = await make<{ team_id: string }>('/team/new', { team_alias: 'rich' });
      const key = await makeKey({ team_id, key_alias: 'of-the-rich' });
      const ask = (model: string) =>
        gateway.ask('/v1/chat/completions', { key, body: chat(model, 'a secret'), headers: { 'x-cost-centre': '4711' } });
      for (const model of ['assistant', 'assistant', 'other']) expect((await ask(model)).status).toBe(200);
      expect((await gateway.ask('/v1beta/models/assistant:generateContent', { key, body: contents('a secret') })).status).toBe(200);
      await spendBecomes(`/key/info?key=${key}`, 4 * COST);
      await spendBecomes(`/team/info?team_id=${team_id}`, 4 * COST);

      interface Logged {
        readonly model_group: string;
        readonly spend: number;
        readonly row: string;
      }
      const rows = await database.query<Logged & { [column: string]: unknown }>(
        'SELECT model_group, spend, to_jsonb(l)::text AS row FROM "LiteLLM_SpendLogs" l WHERE team_id = $1 ORDER BY "startTime"',
        [team_id],
      );
      expect(rows.map(({ model_group }) => model_group)).toEqual(['assistant', 'assistant', 'other', 'assistant']);
      for (const { spend } of rows) expect(spend).toBeCloseTo(COST, 6);
      expect(rows.slice(0, 3).every(({ row }) => row.includes('4711'))).toBe(true);
      expect(rows.some(({ row }) => row.includes('a secret'))).toBe(false);
    });

    it('is told to Prometheus, for whoever has a key', async () => {
      await status(gateway.masterKey);
      const text = await (await gateway.ask('/metrics/')).text();
      expect(text).toMatch(/litellm_spend_metric_total\{[^}]*model="gemini-assistant"/);
    });
  });
});
