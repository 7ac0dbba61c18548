import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programOf, type Step } from '../../../../constructs/gateway/database/steps/program';
import { type GatewayApi, type GatewayApiOptions, serveGatewayApi } from '../../../../rehearsal/gateway-api';
import { MemoryStore } from '../../../../rehearsal/store';
import { commandOf } from '../../../../soak/language';

const JOB = 'projects/acme/locations/europe-west4/jobs/migrations';
const KEY = '0123456789abcdef';
const TOKEN = 'token-of-nobody';
const directory = mkdtempSync(join(tmpdir(), 'steps-'));

function storeWithJob(): MemoryStore {
  const store = new MemoryStore();
  const template = [{ labels: { migration: KEY }, template: [{ containers: [{ image: 'litellm@sha256:1', env: [] }] }] }];
  const created = new Date(0).toISOString();
  store.put({ provider: 'google', type: 'google_cloud_run_v2_job', id: JOB, created, attributes: { project: 'acme', template } });
  store.put({ provider: 'google', type: 'google_sql_database_instance', id: 'projects/acme/instances/db', created, attributes: {} });
  const user = { name: 'gateway@acme.iam', instance: 'db', project: 'acme', type: 'CLOUD_IAM_SERVICE_ACCOUNT' };
  store.put({ provider: 'google', type: 'google_sql_user', id: 'gateway@acme.iam//db', created, attributes: user });
  return store;
}

describe('a step', () => {
  let api: GatewayApi;
  const open = async (options: Omit<GatewayApiOptions, 'store'> = {}, store = storeWithJob()) =>
    (api = await serveGatewayApi({ store, ...options }));
  afterEach(async () => {
    expect(api.violations).toEqual([]);
    await api.close();
  });

  /** As Terraform runs it: a file, with what to do in its environment. */
  function run(step: Step, what: unknown, environment: NodeJS.ProcessEnv = {}): Promise<{ code: number | null; text: string }> {
    const file = join(directory, `${step}.cjs`);
    writeFileSync(file, programOf(step));
    const [command, ...args] = commandOf(step, file);
    const child = spawn(command, args, {
      env: {
        PATH: '',
        GW_STEP: typeof what === 'string' ? what : JSON.stringify(what),
        GW_POLL_SECONDS: '0.01',
        GOOGLE_OAUTH_ACCESS_TOKEN: TOKEN,
        GOOGLE_CLOUD_RUN_V2_CUSTOM_ENDPOINT: api.url,
        GOOGLE_SQL_CUSTOM_ENDPOINT: api.url,
        ...environment,
      },
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
    return new Promise((done) => child.once('close', (code) => done({ code, text })));
  }
  const migrate = (over: object = {}) => run('migrate', { job: JOB, key: KEY, seconds: 60, ...over });
  const starts = () => api.calls.filter(({ verb }) => verb === 'jobs.run').length;

  it('migrates once, and not again for the same key', async () => {
    await open();
    expect(await migrate()).toMatchObject({ code: 0, text: expect.stringContaining('the database is migrated') as string });
    expect(await migrate()).toMatchObject({ code: 0, text: expect.stringContaining('nothing to do') as string });
    expect(starts()).toBe(1);
  });

  it('looks for an execution whose start was served and whose answer was lost, instead of starting another', async () => {
    await open({ faults: ({ verb }) => (verb === 'jobs.run' ? { kind: 'lost' } : undefined) });
    expect(await migrate()).toMatchObject({ code: 0 });
    expect(starts()).toBe(1);
  });

  it('tries again what may pass, and only that', async () => {
    let refusals = 3;
    await open({ faults: ({ verb }) => (verb === 'jobs.run' && refusals-- > 0 ? { kind: 'status', status: 503 } : undefined) });
    expect(await migrate()).toMatchObject({ code: 0, text: expect.stringContaining('again in') as string });
    expect(api.executions(JOB)).toHaveLength(1);
  });

  it.each([
    [403, 'run.jobs.run'],
    [404, 'The job is not there'],
    [400, 'The message is the service’s own.'],
  ])('ends at %d with what to do', async (status, advice) => {
    await open({ faults: ({ verb }) => (verb === 'jobs.run' ? { kind: 'status', status } : undefined) });
    const { code, text } = await migrate();
    expect({ code, text }).toEqual({ code: 1, text: expect.stringContaining(advice) as string });
    expect(text).toContain('The revision that serves was not touched.');
    expect(starts()).toBe(1);
  });

  it('fails with the reason and the log of an execution that fails', async () => {
    await open({ faults: ({ verb }) => (verb === 'jobs.run' ? { kind: 'failing', message: 'exit code 2' } : undefined) });
    const { code, text } = await migrate();
    expect(code).toBe(1);
    expect(text).toContain('The migration failed: exit code 2\nLog: https://console.cloud.google.com/logs/viewer');
  });

  it('makes a user a member of a role, again and again', async () => {
    await open();
    const grant = { instance: 'projects/acme/instances/db', user: 'gateway@acme.iam', role: 'cloudsqlsuperuser' };
    for (let times = 0; times < 2; times++) {
      expect(await run('grant-role', grant)).toEqual({ code: 0, text: 'gateway@acme.iam is a member of cloudsqlsuperuser.\n' });
    }
    const stranger = await run('grant-role', { ...grant, user: 'nobody' });
    expect(stranger).toMatchObject({ code: 1, text: expect.stringContaining('The instance or the user is not there') as string });
  });

  it.each([
    [{ revision: 'gw-1', percent: 90, tag: '' }, 1],
    [{ revision: 'gw-1', percent: 0, tag: 'stable' }, 1],
    [{ revision: 'gw-1', percent: 0, tag: '' }, 0],
  ])('asks before a rotation who logs in: %j beside the newest ends with %d', async (target, code) => {
    const store = storeWithJob();
    const service = 'projects/acme/locations/europe-west4/services/gw';
    const created = new Date(0).toISOString();
    const secretKeyRef = { secret: 'projects/acme/secrets/gw-login-a', version: '1' };
    const containers = [{ env: [{ name: 'DATABASE_URL', valueSource: { secretKeyRef } }] }];
    store.put({ provider: 'google', type: 'cloud_run_revision', id: `${service}/revisions/gw-1`, created, attributes: { containers } });
    const attributes = {
      latest_ready_revision: `${service}/revisions/gw-2`,
      traffic_statuses: [
        { type: 'LATEST', revision: '', percent: 10, tag: '' },
        { type: 'REVISION', ...target },
      ],
      template: [{ containers: [] }],
    };
    store.put({ provider: 'google', type: 'google_cloud_run_v2_service', id: service, created, attributes });
    await open({}, store);
    const outcome = await run('guard-rotation', { service, secret: 'gw-login-a' });
    expect(outcome.code).toBe(code);
    expect(outcome.text).toContain(code === 1 ? 'Revision gw-1, which serves, logs in with' : 'No revision that serves logs in with');
    expect(await run('guard-rotation', { service: `${service}-new`, secret: 'gw-login-a' })).toMatchObject({ code: 0 });
  });

  it.each<[string, Step, unknown, string]>([
    ['nothing', 'migrate', '', 'GW_STEP is not set'],
    ['what is no JSON', 'migrate', '{', 'GW_STEP is not JSON'],
    ['half of it', 'migrate', { job: JOB }, '- key is undefined'],
    ['a job that is none', 'migrate', { job: 'migrations', key: KEY, seconds: 60 }, '- job is "migrations"'],
    ['an instance that is none', 'grant-role', { instance: 'db', user: 'u', role: 'r' }, '- instance is "db"'],
  ])('refuses %s before it calls anybody', async (_, step, what, message) => {
    await open();
    expect(await run(step, what)).toMatchObject({ code: 2, text: expect.stringContaining(message) as string });
    expect(api.calls).toEqual([]);
  });

  it('never prints its token, and sends it only by TLS or on this machine', async () => {
    await open({ faults: () => ({ kind: 'status', status: 400 }) });
    expect((await migrate()).text).not.toContain(TOKEN);
    const elsewhere = await run(
      'migrate',
      { job: JOB, key: KEY, seconds: 60 },
      { GOOGLE_CLOUD_RUN_V2_CUSTOM_ENDPOINT: 'http://run.example/v2/' },
    );
    expect(elsewhere).toMatchObject({ code: 2, text: expect.stringContaining('https://') as string });
  });
});
