import { setTimeout as sleep } from 'node:timers/promises';
import { type Desired, GatewayApi, hashOf, observe, type Outcome, plan, run, SecretManager } from '../../keys';
import { FaultyProxy } from '../support/faulty-proxy';
import { Database, Gateway, Google, needsGatewayAndDatabase } from '../support/peers';
import { describeWith } from '../support/requirements';
import { SecretManagerServer } from '../support/secret-manager';
import { PROJECT, chat, configurationOf, group } from './configuration';

jest.setTimeout(300_000);

const secretOf = (name: string) => `projects/${PROJECT}/secrets/test-key-${name}`;
const MASTER = `projects/${PROJECT}/secrets/test-gateway-master-key`;
const key = (name: string, changes: Partial<Desired['keys'][string]> = {}) => ({
  [name]: { secret: secretOf(name), version: 1, overlapHours: 24, team: 'support', models: [], ...changes },
});
const TEAMS = { support: { models: ['assistant'], budget: { usd: 100, every: '1mo' }, requestsPerMinute: 600 } };

describeWith(needsGatewayAndDatabase(), 'keys as code, with a real LiteLLM', () => {
  let google: Google;
  let database: Database;
  let gateway: Gateway;
  let secrets: SecretManagerServer;
  let faultyGateway: FaultyProxy;
  let faultySecrets: FaultyProxy;
  /** Everything that was printed. */
  let printed = '';

  const TOKEN = 'token-of-the-test';

  beforeAll(async () => {
    google = await Google.start({ projectId: PROJECT });
    database = await Database.start();
    const config = configurationOf({
      models: { assistant: group('gemini-3.8-flash', { lastResort: true }), light: group('gemini-3.5-flash-lite', { lastResort: true }) },
    });
    gateway = await Gateway.start({ config, google, database });
    secrets = await SecretManagerServer.start(TOKEN);
    faultyGateway = await FaultyProxy.start(gateway.url);
    faultySecrets = await FaultyProxy.start(secrets.url);
  });
  afterAll(async () => {
    await faultyGateway?.stop();
    await faultySecrets?.stop();
    await secrets?.stop();
    await gateway?.stop();
    await database?.stop();
    await google?.stop();
  });
  beforeEach(() => {
    secrets.make(...['web', 'batch', 'next'].map(secretOf));
    for (const proxy of [faultyGateway, faultySecrets]) proxy.lose(0);
  });
  /** Each test leaves an empty gateway; and nothing that was said holds a key. */
  afterEach(async () => {
    await go({ teams: {}, keys: {} }, { delete: true });
    expect((await api().keys()).map(({ key_alias: alias }) => alias)).toEqual([]);
    for (const value of secrets.values) expect(printed).not.toContain(value);
    expect(printed).not.toContain(gateway.masterKey);
  });

  const credentials = { accessToken: async () => TOKEN, idToken: async () => 'nobody-asks' };
  const api = (url = gateway.url) => new GatewayApi({ url, masterKey: gateway.masterKey });
  const wanted = (changes: Partial<Desired>): Desired => ({
    environment: 'test',
    masterKeySecret: MASTER,
    teams: TEAMS,
    keys: {},
    ...changes,
  });

  interface Way {
    readonly delete?: boolean;
    readonly faulty?: boolean;
    readonly now?: number;
  }

  const targets = ({ faulty, now }: Way) => ({
    gateway: api(faulty ? faultyGateway.url : gateway.url),
    secrets: new SecretManager(credentials, faulty ? faultySecrets.url : secrets.url),
    now: () => now ?? Date.now(),
  });

  const go = (changes: Partial<Desired>, way: Way = {}): Promise<Outcome> =>
    run(wanted(changes), targets(way), {
      mode: 'apply',
      delete: way.delete === true,
      json: false,
      confirm: async () => true,
      print: (text) => (printed += `${text}\n`),
    });

  /** What is still to be done. */
  async function left(changes: Partial<Desired>, remove = false): Promise<string[]> {
    const { gateway: to, secrets: store, now } = targets({});
    const { actions, problems } = plan(wanted(changes), await observe(wanted(changes), to, store), { delete: remove, now: now() });
    return [...actions.map((action) => action.do), ...problems];
  }

  const newest = (name: string) => secrets.versions.get(secretOf(name))!.at(-1)!;
  const ask = async (value: string, model = 'assistant') =>
    (await gateway.ask('/v1/chat/completions', { key: value, body: chat(model) })).status;

  it('makes teams and keys, whose values are in Secret Manager and open what they should', async () => {
    const keys = {
      ...key('web', { requestsPerMinute: 60, tokensPerMinute: 90_000, parallelRequests: 5, expires: '2099-12-31' }),
      ...key('batch'),
    };
    expect(await go({ keys })).toBe('applied');
    expect(await left({ keys })).toEqual([]);
    expect(await go({ keys })).toBe('as-written');
    expect(await ask(newest('web'))).toBe(200);
    expect(await ask(newest('web'), 'light')).toBe(403);
    // A key for models does not administer.
    expect((await gateway.ask('/key/list', { key: newest('web') })).status).not.toBe(200);
    expect((await gateway.ask('/key/generate', { key: newest('web'), body: {} })).status).not.toBe(200);
    expect(secrets.versions.get(secretOf('web'))).toHaveLength(1);
  });

  it('changes every setting, and takes it away again', async () => {
    const all = {
      requestsPerMinute: 6,
      tokensPerMinute: 7,
      parallelRequests: 8,
      models: ['assistant'],
      expires: '2099-01-01',
      budget: { usd: 5, every: '7d' },
    };
    const teams = { support: { models: ['assistant', 'light'], tokensPerMinute: 9 } };
    const states: Partial<Desired>[] = [
      { keys: key('web') },
      { keys: key('web', all) },
      { keys: key('web', all), teams },
      { keys: key('web', { team: undefined, models: ['light'] }), teams },
      { keys: key('web') },
    ];
    for (const state of states) {
      expect(await go(state)).toBe('applied');
      expect(await left(state)).toEqual([]);
    }
    expect(secrets.versions.get(secretOf('web'))).toHaveLength(1);
  });

  it('makes budgets that hold', async () => {
    await go({ keys: key('web', { budget: { usd: 0.000_001, every: '1mo' } }) });
    expect(await ask(newest('web'))).toBe(200);
    // What was spent is written down every second.
    let status = 200;
    for (let tries = 0; status === 200 && tries < 100; tries++) {
      await sleep(300);
      status = await ask(newest('web'));
    }
    expect(status).toBe(422);
  });

  it('shows what was changed by hand, and sets it back', async () => {
    await go({ keys: key('web', { requestsPerMinute: 60 }) });
    const token = hashOf(newest('web'));
    await gateway.ask('/key/update', { body: { key: token, rpm_limit: 6000 } });
    await gateway.ask('/key/generate', { body: { key_alias: 'made-by-hand' } });
    await gateway.ask('/team/new', { body: { team_id: 'made-by-hand' } });
    expect(await go({ keys: key('web', { requestsPerMinute: 60 }) })).toBe('applied');
    expect(printed).toContain('requests a minute: 6000 → 60   (changed by hand in the gateway)');
    expect(printed).toMatch(/left alone:\n +team made-by-hand\n +key made-by-hand/);
    await gateway.ask('/key/delete', { body: { key_aliases: ['made-by-hand'] } });
    await gateway.ask('/team/delete', { body: { team_ids: ['made-by-hand'] } });
  });

  it('blocks what was removed, opens it again when it is back, and deletes on request', async () => {
    const keys = key('web');
    await go({ keys });
    const value = newest('web');
    await go({ keys: {} });
    expect(await ask(value)).toBe(401);
    await go({ keys });
    expect([await ask(value), newest('web')]).toEqual([200, value]);
    await go({ keys: {}, teams: {} }, { delete: true });
    expect([await ask(value), (await api().teams()).length]).toEqual([401, 0]);
    // A database that is lost comes back with the keys that clients have.
    await go({ keys });
    expect([await ask(value), newest('web')]).toEqual([200, value]);
  });

  it('rotates: the new key is there, the one before has its end', async () => {
    await go({ keys: key('web') });
    const first = newest('web');
    await go({ keys: key('web', { version: 2 }) });
    const second = newest('web');
    expect([second === first, await ask(first), await ask(second)]).toEqual([false, 200, 200]);
    const before = (await api().keys()).find(({ token }) => token === hashOf(first))!;
    expect(Math.abs(Date.parse(before.expires!) - Date.now() - 24 * 3_600_000)).toBeLessThan(10 * 60_000);
    expect(await left({ keys: key('web', { version: 2 }) })).toEqual([]);
    expect(await go({ keys: key('web', { version: 2, overlapHours: 0 }) })).toBe('applied');
    expect([await ask(first), await ask(second)]).toEqual([401, 200]);
  });

  describe.each(['request', 'answer'] as const)('when the %s of a write is lost', (fault) => {
    const start = { keys: { ...key('web'), ...key('batch', { models: ['assistant'] }) } };
    const end = { keys: { ...key('web', { version: 2, overlapHours: 0, requestsPerMinute: 5 }), ...key('next') } };

    it.each([
      ['gateway', () => faultyGateway, 9],
      ['Secret Manager', () => faultySecrets, 4],
    ])('to the %s, a further run comes to the same end, whichever write it was', async (_whose, proxy, atLeast) => {
      let writes = 0;
      for (let at = 1; ; at++) {
        secrets.make(...['web', 'batch', 'next'].map(secretOf));
        proxy().lose(at, fault);
        // One of the two fails, whichever holds the write.
        const outcomes: unknown[] = [];
        for (const state of [start, end]) {
          const tried = await go(state, { faulty: true }).catch((error: Error) => error);
          outcomes.push(tried);
          if (tried instanceof Error) {
            expect(tried.message).toContain('Run it again');
            expect(await go(state, { faulty: true })).not.toBe('problems');
          }
        }
        writes = proxy().count;
        await expectEnd(end);
        await go({ teams: {}, keys: {} }, { delete: true });
        if (outcomes.every((outcome) => !(outcome instanceof Error))) break;
      }
      expect(writes).toBeGreaterThanOrEqual(atLeast);
    });

    /** As if nothing had happened: each key has one value, that opens; there is no key besides. */
    async function expectEnd(state: Partial<Desired>): Promise<void> {
      expect(await left(state)).toEqual([]);
      const keys = await api().keys();
      const open = keys.filter(({ blocked }) => !blocked);
      expect(open.map(({ token }) => token).sort()).toEqual(['web', 'next'].map((name) => hashOf(newest(name))).sort());
      expect(keys.map(({ key_alias: alias }) => alias).sort()).toEqual(['batch-v1', 'next-v1', 'web-v1', 'web-v2']);
      expect(['web', 'batch', 'next'].map((name) => secrets.versions.get(secretOf(name))!.length)).toEqual([2, 1, 1]);
    }
  });

  it('does nothing when the plan is not the one that was read', async () => {
    const options = { mode: 'apply' as const, delete: false, json: true, confirm: async () => false, print: () => undefined };
    await expect(run(wanted({ keys: key('web') }), targets({}), { ...options, expected: 'another' })).rejects.toThrow(
      /this is plan [0-9a-f]{12}, and another/,
    );
    expect(await run(wanted({ keys: key('web') }), targets({}), options)).toBe('declined');
    expect(secrets.values).toEqual([]);
  });

  it('says so when a secret is not there, and makes no key', async () => {
    const keys = key('web', { secret: `projects/${PROJECT}/secrets/nowhere` });
    await expect(go({ keys })).rejects.toThrow(/there is no secret .*nowhere: deploy the stack/);
    expect(await api().keys()).toEqual([]);
  });
});
