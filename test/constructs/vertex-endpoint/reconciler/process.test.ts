import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MetadataServer, serveMetadata } from '../../../../soak/metadata-server';
import { hastyClock } from './clock';
import { Harness, TOKEN, wanted } from './harness';

const spec = wanted({ 'flash@1': 100 });
const RENEWED = 'ya29.renewed';
let harness: Harness;
let folder: string;
let metadata: MetadataServer;
let accepted: string[];

beforeEach(async () => {
  accepted = [TOKEN, RENEWED];
  harness = await Harness.start({ acceptsToken: (token) => accepted.includes(token) });
  folder = mkdtempSync(join(tmpdir(), 'reconciler-'));
  metadata = await serveMetadata(RENEWED);
});
afterEach(async () => {
  metadata.close();
  rmSync(folder, { recursive: true });
  await harness.close();
});

/** A gcloud on the path that prints the renewed token, and notes how it was called. */
function fakeGcloud(script = `echo "$@" > called; echo ${RENEWED}`): Record<string, string> {
  const file = join(folder, 'gcloud');
  writeFileSync(file, `#!/bin/sh\ncd ${folder}\n${script}\n`);
  chmodSync(file, 0o755);
  return { PATH: `${folder}:/usr/bin:/bin` };
}

describe('the access token', () => {
  it('comes from the environment first', async () => {
    accepted = [TOKEN];
    expect(await harness.runProcess(spec, { GCE_METADATA_HOST: metadata.host, ...fakeGcloud() })).toMatchObject({ code: 0 });
  });

  it('then from the metadata server', async () => {
    accepted = [RENEWED];
    const env = { GOOGLE_OAUTH_ACCESS_TOKEN: undefined, GCE_METADATA_HOST: metadata.host, PATH: folder };
    expect(await harness.runProcess(spec, env)).toMatchObject({ code: 0 });
  });

  it('then from gcloud', async () => {
    accepted = [RENEWED];
    expect(await harness.runProcess(spec, { GOOGLE_OAUTH_ACCESS_TOKEN: undefined, ...fakeGcloud() })).toMatchObject({ code: 0 });
  });

  it('of an impersonated account comes from gcloud, not from the metadata server', async () => {
    const env = {
      GOOGLE_OAUTH_ACCESS_TOKEN: undefined,
      GCE_METADATA_HOST: metadata.host,
      GOOGLE_IMPERSONATE_SERVICE_ACCOUNT: 'deploy@acme.iam',
    };
    expect(await harness.runProcess(spec, { ...env, ...fakeGcloud() })).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, 'called'), 'utf8')).toBe('auth print-access-token --impersonate-service-account=deploy@acme.iam\n');
  });

  it('of the environment becomes the impersonated account first, as with the Terraform provider', async () => {
    accepted = [RENEWED];
    const asked: unknown[] = [];
    const iam = createServer((request, response) => {
      asked.push([request.method, request.url, request.headers.authorization]);
      response
        .writeHead(asked.length === 1 ? 200 : 403)
        .end(asked.length === 1 ? `{"accessToken": "${RENEWED}"}` : '{"error": {"message": "no"}}');
    });
    await new Promise<void>((resolve) => iam.listen(0, '127.0.0.1', resolve));
    const env = {
      GOOGLE_IMPERSONATE_SERVICE_ACCOUNT: 'deploy@acme.iam',
      GOOGLE_IAM_CREDENTIALS_CUSTOM_ENDPOINT: `http://127.0.0.1:${(iam.address() as AddressInfo).port}/v1/`,
    };
    expect(await harness.runProcess(spec, env)).toMatchObject({ code: 0 });
    expect(asked).toEqual([['POST', '/v1/projects/-/serviceAccounts/deploy@acme.iam:generateAccessToken', `Bearer ${TOKEN}`]]);
    const refused = await harness.runProcess(spec, env);
    expect(refused).toMatchObject({ code: 1, calls: [] });
    expect(refused.output).toMatch(/cannot become deploy@acme\.iam \(403 no\): its identity needs roles\/iam\.serviceAccountTokenCreator/);
    iam.close();
  });

  it('of an impersonated account is what a rehearsal serves with, too', async () => {
    accepted = [TOKEN, 'rehearsal of deploy@acme.iam'];
    const env = { GOOGLE_IMPERSONATE_SERVICE_ACCOUNT: 'deploy@acme.iam', GOOGLE_IAM_CREDENTIALS_CUSTOM_ENDPOINT: harness.api.url };
    expect(await harness.runProcess(spec, env)).toMatchObject({
      code: 0,
      calls: ['generateAccessToken', 'operations.list', 'get', 'deployModel', 'patch'],
    });
  });

  it('is renewed when it expires in the middle of a run', async () => {
    harness.fault = (verb, nth) => {
      if (verb === 'operations.get' && nth === 2) accepted = [RENEWED];
      return undefined;
    };
    expect(await harness.runProcess(spec, { GCE_METADATA_HOST: metadata.host })).toMatchObject({ code: 0 });
  });

  it('that is refused twice is an error that says what to do', async () => {
    accepted = [];
    const { code, output } = await harness.runProcess(spec, { GCE_METADATA_HOST: metadata.host });
    expect(code).toBe(1);
    expect(output).toMatch(/401 UNAUTHENTICATED.*\nThe access token was rejected: renew GOOGLE_OAUTH_ACCESS_TOKEN/);
  });

  it.each([
    [
      'nobody has',
      { PATH: '/nowhere' },
      /GOOGLE_OAUTH_ACCESS_TOKEN \(not set\), the metadata server \(no answer\), gcloud \(not installed\)/,
    ],
    ['gcloud has none', undefined, /gcloud \(not logged in\)\. Set the first, or run gcloud auth login/],
  ])('that %s is an error that names every source', async (_what, env, message) => {
    const { code, output, calls } = await harness.runProcess(spec, {
      GOOGLE_OAUTH_ACCESS_TOKEN: undefined,
      ...(env ?? fakeGcloud('echo not logged in >&2; exit 1')),
    });
    expect([code, calls]).toEqual([1, []]);
    expect(output).toMatch(message);
  });

  it('is in no output, not even where the service sends it back', async () => {
    const { code, output } = await harness.runProcess({ ...spec, endpoint: `${spec.endpoint}${TOKEN}` });
    expect(code).toBe(1);
    expect(output).toContain('[token]');
    expect(output).not.toContain(TOKEN);
  });
});

describe('the command line', () => {
  it('--dry-run prints the steps and changes nothing', async () => {
    const result = await harness.runProcess(spec, {}, ['--dry-run']);
    expect(result).toMatchObject({ code: 0, calls: ['operations.list', 'get'] });
    expect(result.output.replace(/\(\d+\)/g, '(…)')).toBe(
      '[1/2] deploy flash (…): projects/acme/locations/europe-west4/models/flash@1 on 1–2 × g2-standard-12 with 1 × NVIDIA_L4\n' +
        '[2/2] traffic to flash 100 %\nDry run: nothing was changed.\n',
    );
  });

  it('--help names every variable, and works without any', async () => {
    const { code, output } = await harness.runProcess(spec, { VX_SPEC: undefined }, ['--help']);
    expect(code).toBe(0);
    for (const name of ['VX_SPEC', 'GOOGLE_OAUTH_ACCESS_TOKEN', 'GOOGLE_VERTEX_AI_CUSTOM_ENDPOINT', 'VX_POLL_SECONDS'])
      expect(output).toContain(name);
  });

  it('any other argument is refused', async () => {
    expect(await harness.runProcess(spec, {}, ['--force'])).toMatchObject({
      code: 2,
      output: 'Unknown argument --force. Allowed: --dry-run, --help.\n',
    });
  });

  it('the base of the API may have a hole for the region', async () => {
    const url = harness.api.url.replace(/\/$/, '');
    expect(await harness.runProcess(spec, { GOOGLE_VERTEX_AI_CUSTOM_ENDPOINT: url })).toMatchObject({ code: 0 });
    const { output } = await harness.runProcess(spec, { GOOGLE_VERTEX_AI_CUSTOM_ENDPOINT: 'http://127.0.0.1:9/{{region}}/v1/' });
    expect(output).toContain('GET http://127.0.0.1:9/europe-west4/v1/projects/acme');
    expect(output).toContain('The API could not be reached');
  });

  it.each([
    ['GOOGLE_VERTEX_AI_CUSTOM_ENDPOINT', 'http://aiplatform.example/v1/'],
    ['GOOGLE_VERTEX_AI_CUSTOM_ENDPOINT', 'europe-west4-aiplatform.googleapis.com/v1'],
    ['VX_POLL_SECONDS', 'often'],
    ['VX_REQUEST_SECONDS', '-1'],
  ])('%s=%s is refused, before any token travels', async (name, value) => {
    const { code, calls, output } = await harness.runProcess(spec, { [name]: value });
    expect([code, calls]).toEqual([2, []]);
    expect(output).toMatch(new RegExp(`^${name} is "${value}"; it must be `));
  });

  it('an interrupt says what goes on', async () => {
    harness.fault = (verb) => {
      if (verb !== 'operations.get') return undefined;
      run.kill('SIGINT');
      return { kind: 'silence', served: false };
    };
    const run = harness.startProcess(spec);
    expect(await run.ended).toMatchObject({ code: 130, output: expect.stringContaining('the next apply joins it') });
  });
});

it('says how an operation goes as minutes pass, gives up after 180 of them, and the next run joins it', async () => {
  harness.fault = (verb) => (verb === 'deployModel' ? { kind: 'dragging', times: 100 } : undefined);
  const { code, output } = await harness.runProcess(spec, hastyClock(folder));
  expect(code).toBe(1);
  const minutes = [...output.matchAll(/deploy flash \(\d+\): [a-z ]+, (\d+) min\n/g)].map(([, each]) => Number(each));
  expect(minutes.length).toBeGreaterThan(1);
  expect(Math.max(...minutes)).toBeLessThan(180);
  const [, given] = /still runs after (\d+) minutes \(.*operations\/\d+\)\. Apply again later: it is joined, not repeated\./.exec(output)!;
  expect(Number(given)).toBeGreaterThanOrEqual(180);
  expect(await harness.runProcess(spec)).toMatchObject({ code: 0, calls: ['operations.list', 'get', 'patch'] });
});

describe('a spec that is wrong is refused, all at once', () => {
  const models = spec.models;
  it.each([
    [undefined, 'VX_SPEC is not set'],
    ['{', 'VX_SPEC is not JSON'],
    ['null', 'it must be an object'],
    [{ mode: 'sync' }, 'mode is "sync"; allowed: "reconcile", "clear"'],
    [{ ...spec, region: 'x' }, 'unknown field "region"; allowed: mode, endpoint'],
    [{ mode: 'clear', endpoint: 'x', models }, 'unknown field "models"'],
    [{ mode: 'clear', endpoint: 'endpoints/1' }, 'endpoint is "endpoints/1"; it must be projects/P/locations/R/endpoints/ID'],
    [{ ...spec, rollout: 'fast' }, 'rollout is "fast"; allowed: "surge", "recreate"'],
    [{ ...spec, models: [] }, 'models must list at least one model'],
    [{ ...spec, models: [{ ...models[0], id: '0' }] }, 'model id "0" must be 1 to 10 digits, the first not 0'],
    [{ ...spec, models: [{ ...models[0], displayName: 'flash' }] }, /displayName "flash" must be KEY-\d+/],
    [{ ...spec, models: [{ ...models[0], dedicatedResources: {} }] }, 'machineSpec.machineType is missing'],
    [{ ...spec, models: [models[0], models[0]] }, 'two models have the same id'],
    [{ ...spec, traffic: { 5: 100 } }, 'traffic names 5, which is not among the models'],
    [{ ...spec, traffic: { [models[0]!.id]: 99 } }, 'traffic sums to 99; it must be 100'],
    [{ ...spec, traffic: { [models[0]!.id]: 99.5 } }, 'traffic must be in whole per cent'],
    [{ ...spec, traffic: undefined }, 'an endpoint without a traffic split holds one model at a time: rollout must be "recreate"'],
    [
      { ...wanted({ 'a@1': 50, 'b@1': 50 }, { rollout: 'recreate' }), traffic: undefined },
      'an endpoint without a traffic split holds exactly one model',
    ],
  ])('%j', async (wrong, message) => {
    const VX_SPEC = typeof wrong === 'object' ? JSON.stringify(wrong) : wrong;
    const result = await harness.runProcess(spec, { VX_SPEC });
    expect(result).toMatchObject({ code: 2, calls: [], output: expect.stringMatching(message) });
    expect(result.output).not.toContain('    at ');
  });
});
