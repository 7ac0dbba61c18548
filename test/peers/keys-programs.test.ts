import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { type Desired, keysProgram } from '../../keys';
import { Database, Gateway, Google, needsGatewayAndDatabase } from '../support/peers';
import { describeWith } from '../support/requirements';
import { SecretManagerServer } from '../support/secret-manager';
import { PROJECT, chat, configurationOf, group } from './configuration';

jest.setTimeout(300_000);

const SECRET = `projects/${PROJECT}/secrets/test-key-web`;
const MASTER = `projects/${PROJECT}/secrets/test-gateway-master-key`;

describeWith(needsGatewayAndDatabase(), 'keys as code: the job and the command, with a real LiteLLM', () => {
  let google: Google;
  let database: Database;
  let gateway: Gateway;
  let secrets: SecretManagerServer;

  beforeAll(async () => {
    google = await Google.start({ projectId: PROJECT });
    database = await Database.start();
    const config = configurationOf({ models: { assistant: group('gemini-3.8-flash', { lastResort: true }) } });
    gateway = await Gateway.start({ config, google, database });
    secrets = await SecretManagerServer.start(google.metadata.token);
  });
  afterAll(async () => {
    await secrets?.stop();
    await gateway?.stop();
    await database?.stop();
    await google?.stop();
  });

  /** Runs Node with nothing but these variables, and what it is given out to see. */
  async function node(args: readonly string[], more: Readonly<Record<string, string>> = {}) {
    const env = {
      PATH: '/usr/bin:/bin',
      HOME: tmpdir(),
      ...google.metadata.environment,
      CLOUDSDK_API_ENDPOINT_OVERRIDES_SECRETMANAGER: secrets.url,
      ...more,
    };
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    for (const value of [...secrets.values, gateway.masterKey]) expect(said).not.toContain(value);
    return { code, said };
  }

  const idIn = (said: string): string => /Plan (\w+):/.exec(said)![1]!;
  const ask = async (key: string) => (await gateway.ask('/v1/chat/completions', { key, body: chat('assistant') })).status;

  it('the job plans, and applies the plan of that id only', async () => {
    const web = { secret: SECRET, version: 1, overlapHours: 24, models: ['assistant'] };
    const desired: Desired = { environment: 'job', masterKeySecret: MASTER, teams: {}, keys: { web } };
    secrets.make(SECRET);
    const program = join(mkdtempSync(join(tmpdir(), 'keys-job-')), 'job.cjs');
    writeFileSync(program, keysProgram());
    const job = (...args: string[]) =>
      node([program, ...args], { GATEWAY_KEYS: JSON.stringify(desired), GATEWAY_URL: gateway.url, LITELLM_MASTER_KEY: gateway.masterKey });
    const planned = await job();
    expect([planned.code, planned.said]).toEqual([0, expect.stringContaining('+ key web-v1')]);
    expect(await job('apply')).toMatchObject({ code: 1, said: expect.stringContaining('apply ID') as string });
    expect(await job('apply', 'another')).toMatchObject({ code: 1, said: expect.stringContaining('another was asked for') as string });
    expect(secrets.values).toEqual([]);
    expect((await job('apply', idIn(planned.said))).code).toBe(0);
    expect(await ask(secrets.values[0]!)).toBe(200);
    expect(await job('plan')).toEqual({ code: 0, said: 'The gateway is as the file says.\n' });
    await gateway.ask('/key/delete', { body: { key_aliases: ['web-v1'] } });
  });

  it('the command reads the environment file, and the master key from Secret Manager', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'keys-command-'));
    writeFileSync(join(directory, 'test.yaml'), stringify(ENVIRONMENT));
    secrets.make(SECRET, MASTER);
    secrets.versions.get(MASTER)!.push(gateway.masterKey);
    const keys = (...args: string[]) =>
      node(['--require', 'tsx/cjs', 'cli/main.ts', 'keys', ...args, '--directory', directory, '--url', gateway.url], {
        METADATA_SERVER_DETECTION: 'assume-present',
      });
    const planned = await keys('plan', 'test');
    expect([planned.code, planned.said]).toEqual([2, expect.stringContaining('+ key web-v1')]);
    expect(await keys('apply', 'test')).toMatchObject({ code: 1, said: expect.stringContaining('--plan ID') as string });
    expect(secrets.versions.get(SECRET)).toEqual([]);
    expect(await keys('apply', 'test', '--plan', idIn(planned.said))).toMatchObject({ code: 0 });
    expect(await ask(secrets.versions.get(SECRET)![0]!)).toBe(200);
    expect(await keys('plan', 'test')).toMatchObject({ code: 0 });
    expect(await keys('plan', 'nowhere')).toMatchObject({ code: 1, said: expect.stringContaining('There are: test') as string });
  });
});

const DIGEST = `sha256:${'0'.repeat(64)}`;

const ENVIRONMENT = {
  tier: 'development',
  project: { id: PROJECT, number: '123456789012' },
  region: 'europe-west4',
  state: { backend: 'local' },
  network: { subnet: '10.0.0.0/24' },
  images: { repositories: { gateway: {} } },
  secrets: { 'gateway-master-key': { source: 'generated', prefix: 'sk-' }, 'gateway-salt-key': { source: 'generated' } },
  managedModels: { 'gemini-3.8-flash': {} },
  gateway: {
    image: { repository: 'gateway', name: 'litellm', version: '1.106.2', digest: DIGEST },
    saltKey: { confirmed: 'gateway-salt-key/1' },
    database: { login: { kind: 'password' } },
    models: { assistant: { deployments: [{ provider: 'managed', model: 'gemini-3.8-flash' }], lastResort: true } },
    teams: { support: { models: ['assistant'] } },
    keys: { web: { team: 'support' } },
  },
};
