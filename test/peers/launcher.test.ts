import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { carriedFiles, LAUNCHER } from '../../constructs/gateway/service/carried-files';
import { Database, LITELLM, needsGatewayAndDatabase } from '../support/peers';
import { Child, freePort } from '../support/peers/child';
import { PRISMA_FILES } from '../support/peers/litellm';
import { describeWith } from '../support/requirements';
import { configurationOf, group } from './configuration';

/** A start takes up to a minute on a busy machine. */
jest.setTimeout(240_000);

describeWith(needsGatewayAndDatabase(), 'the launcher, with a real LiteLLM and its database', () => {
  let database: Database;
  let child: Child;
  let probes: number;

  const probe = async (path: string): Promise<string> => {
    const response = await fetch(`http://127.0.0.1:${probes}${path}`);
    return `${response.status} ${await response.text()}`;
  };
  /** The engine of Prisma is a process of LiteLLM's. */
  const engines = (): number[] =>
    spawnSync('ps', ['-eo', 'pid,pgid,args'], { encoding: 'utf8' })
      .stdout.split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, group, ...args]) => Number(group) === child.group && args.join(' ').includes('engine'))
      .map(([pid]) => Number(pid));

  beforeAll(async () => {
    database = await Database.start();
    const home = mkdtempSync(join(tmpdir(), 'launched-'));
    const port = await freePort();
    probes = await freePort();
    const config = join(home, 'config.yaml');
    const environment = {
      PATH: [join(LITELLM.directory, 'bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(':'),
      HOME: home,
      ...PRISMA_FILES.variables,
      LITELLM_LOCAL_MODEL_COST_MAP: 'True',
      DISABLE_SCHEMA_UPDATE: 'true',
      LITELLM_MASTER_KEY: `sk-${randomBytes(16).toString('hex')}`,
      LITELLM_SALT_KEY: randomBytes(16).toString('hex'),
      DATABASE_URL: database.url,
      PORT: String(port),
      NUM_WORKERS: '1',
      GATEWAY_PROBE_PORT: String(probes),
      ...carriedFiles({ [config]: configurationOf({ models: { chat: group('gemini-3.8-flash', { lastResort: true }) } }) }),
    };
    const args = ['-c', LAUNCHER, '--config', config, '--host', '127.0.0.1', '--port', String(port), '--num_workers', '1'];
    child = new Child({ command: join(LITELLM.directory, 'bin', 'python3'), args, environment, directory: home });
    await child.ready(async () => (await probe('/ready')) === '200 ok', 200);
  });
  afterAll(async () => {
    await child?.stop();
    await database?.stop();
  });

  it('is ready and alive once LiteLLM can use its database', async () => {
    expect([await probe('/ready'), await probe('/alive')]).toEqual(['200 ok', '200 ok']);
  });

  it('is not alive when the engine of its database client does not answer any more', async () => {
    const before = engines();
    expect(before.length).toBeGreaterThan(0);
    for (const pid of before) process.kill(pid, 'SIGSTOP');
    await sleep(500);
    const [ready, alive] = [await probe('/ready'), await probe('/alive')];
    for (const pid of before) process.kill(pid, 'SIGCONT');
    expect(ready).toMatch(/^503 \/key\/list, which needs the database, answers \d+$/);
    expect(alive).toMatch(/^503 the database is there, but \/key\/list answers \d+$/);
  });

  it('goes on while the database is away', async () => {
    await database.stop();
    expect(await probe('/ready')).toMatch(/^503/);
    expect(await probe('/alive')).toBe('200 ok');
  });
});
