import type { GrantSpec } from '../../../../constructs/vertex-endpoint/reconciler/grant-spec';
import { type ApiCall, type CallFault, serveVertexApi, type VertexApi } from '../../../../rehearsal/api';
import { MemoryStore } from '../../../../rehearsal/store';
import { runAsProcess, type ScriptResult } from '../../../../soak/script-run';

const ENDPOINT = 'projects/acme/locations/europe-west4/endpoints/123';
const USER = 'roles/aiplatform.user';
const WEB = 'principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/acme.svc.id.goog/subject/ns/Support/sa/web';
const GATEWAY = 'serviceAccount:gateway@acme.iam.gserviceaccount.com';
const ADA = 'user:ada@acme.example';
const JULY = { title: 'July', expression: 'request.time < timestamp("2027-08-01T00:00:00Z")' };
const TOKEN = 'ya29.very-secret';

let store: MemoryStore;
let api: VertexApi;
/** What goes wrong with a call, or happens just before it. */
let before: (call: ApiCall) => CallFault | undefined;

beforeEach(async () => {
  before = () => undefined;
  store = new MemoryStore();
  api = await serveVertexApi({ store, faults: (call) => before(call) });
  const attributes = { display_name: 'test', traffic_split: '', deployed_models: [] };
  store.put({ provider: 'google', type: 'google_vertex_ai_endpoint', id: ENDPOINT, created: '2026-11-21T00:00:00Z', attributes });
});
afterEach(async () => {
  expect(api.invariants.violations).toEqual([]);
  await api.close();
});

const environment = (spec: unknown): Record<string, string> => ({
  VX_SPEC: JSON.stringify(spec),
  VX_POLL_SECONDS: '0',
  GOOGLE_OAUTH_ACCESS_TOKEN: TOKEN,
  GOOGLE_VERTEX_AI_CUSTOM_ENDPOINT: api.url,
  GCE_METADATA_HOST: '127.0.0.1:9',
});

async function run(spec: Partial<GrantSpec>, args: readonly string[] = []): Promise<ScriptResult & { calls: string[] }> {
  const first = api.calls.length;
  const all = { mode: 'grant', endpoint: ENDPOINT, role: USER, member: GATEWAY, ...spec };
  const result = await runAsProcess(environment(all), args, 'grant').ended;
  expect(result.output).not.toContain(TOKEN);
  return { ...result, calls: api.calls.slice(first).map(({ verb }) => verb) };
}

/** `role member`, with a star where there is a condition. */
const policy = (): string[] =>
  api.policies
    .bindings(ENDPOINT)
    .flatMap(({ role, members, condition }) => members.map((member) => `${role}${condition ? '*' : ''} ${member}`));

describe('a role on an endpoint', () => {
  it('is given once, and taken away once', async () => {
    expect(await run({})).toMatchObject({ code: 0, calls: ['getIamPolicy', 'setIamPolicy'] });
    expect(policy()).toEqual([`${USER} ${GATEWAY}`]);
    expect(await run({})).toMatchObject({ code: 0, calls: ['getIamPolicy'], output: expect.stringMatching(/has it\. Nothing to do/) });
    expect(await run({ mode: 'revoke' })).toMatchObject({ code: 0, calls: ['getIamPolicy', 'setIamPolicy'] });
    expect(policy()).toEqual([]);
    expect(await run({ mode: 'revoke' })).toMatchObject({ code: 0, calls: ['getIamPolicy'] });
  });

  it('leaves alone what others have: members, roles, conditions', async () => {
    const others = [
      { role: 'roles/aiplatform.admin', members: [GATEWAY] },
      { role: USER, members: [WEB, ADA] },
      { role: USER, members: [GATEWAY], condition: JULY },
    ];
    api.policies.put(ENDPOINT, others);
    await run({});
    expect(policy()).toContain(`${USER} ${GATEWAY}`);
    expect(policy()).toHaveLength(5);
    await run({ mode: 'revoke' });
    expect(api.policies.bindings(ENDPOINT)).toEqual(others);
  });

  it('tells names of subjects by their case, and e-mails without it', async () => {
    api.policies.put(ENDPOINT, [{ role: USER, members: [ADA, WEB] }]);
    expect((await run({ member: 'user:Ada@Acme.example' })).calls).toEqual(['getIamPolicy']);
    expect((await run({ member: WEB.replace('Support', 'support') })).calls).toEqual(['getIamPolicy', 'setIamPolicy']);
    expect(policy()).toHaveLength(3);
  });

  it('is taken from an account that has been deleted meanwhile', async () => {
    api.policies.put(ENDPOINT, [{ role: USER, members: [`deleted:${GATEWAY}?uid=123456789012345678901`, ADA] }]);
    await run({ mode: 'revoke' });
    expect(policy()).toEqual([`${USER} ${ADA}`]);
  });

  it('is gone with the endpoint', async () => {
    store.delete({ provider: 'google', type: 'google_vertex_ai_endpoint', id: ENDPOINT });
    expect(await run({ mode: 'revoke' })).toMatchObject({ code: 0, output: expect.stringContaining('nothing to do') });
    expect(await run({})).toMatchObject({
      code: 1,
      output: expect.stringMatching(/404 NOT_FOUND .*\nDeploy the stack of the endpoint first\./),
    });
  });

  it('is shown and not given with --dry-run', async () => {
    expect(await run({}, ['--dry-run'])).toMatchObject({ code: 0, calls: ['getIamPolicy'], output: expect.stringContaining('Dry run') });
    expect(policy()).toEqual([]);
  });
});

describe('when something goes wrong', () => {
  const once = (verb: string, fault: CallFault | (() => void)): void => {
    let left = 1;
    before = (call) => {
      if (call.verb !== verb || left-- <= 0) return undefined;
      return typeof fault === 'function' ? void fault() : fault;
    };
  };

  it('somebody writes in between: both are there', async () => {
    once('setIamPolicy', () => api.policies.put(ENDPOINT, [{ role: USER, members: [ADA] }]));
    expect(await run({})).toMatchObject({ code: 0, calls: ['getIamPolicy', 'setIamPolicy', 'getIamPolicy', 'setIamPolicy'] });
    expect(policy()).toEqual([`${USER} ${GATEWAY}`, `${USER} ${ADA}`].sort());
  });

  it('the answer is lost: it is looked, and not written again', async () => {
    once('setIamPolicy', { kind: 'lost' });
    expect(await run({})).toMatchObject({ code: 0, calls: ['getIamPolicy', 'setIamPolicy', 'getIamPolicy'] });
    expect(policy()).toEqual([`${USER} ${GATEWAY}`]);
  });

  it.each([409, 429, 500, 503])('%d passes', async (status) => {
    for (const verb of ['getIamPolicy', 'setIamPolicy']) {
      once(verb, { kind: 'status', status });
      expect(await run({ mode: verb === 'getIamPolicy' ? 'grant' : 'revoke' })).toMatchObject({ code: 0 });
    }
    expect(policy()).toEqual([]);
  });

  it('an account is too new for IAM: it waits', async () => {
    const message = `Service account ${GATEWAY.slice(15)} does not exist.`;
    once('setIamPolicy', { kind: 'status', status: 400, message });
    expect(await run({})).toMatchObject({ code: 0 });
  });

  it('an account is none: it gives up, and says so', async () => {
    before = ({ verb }) => (verb === 'setIamPolicy' ? { kind: 'status', status: 400, message: 'Identity Pool does not exist' } : undefined);
    const { code, output, calls } = await run({});
    expect([code, calls.filter((verb) => verb === 'setIamPolicy').length]).toEqual([1, 6]);
    expect(output).toMatch(/Identity Pool does not exist\nThe member must exist first: .* Apply again to resume\.\n$/);
  });

  it('a right is missing: it says which', async () => {
    before = () => ({ kind: 'status', status: 403 });
    expect(await run({})).toMatchObject({
      code: 1,
      calls: ['getIamPolicy'],
      output: expect.stringContaining('aiplatform.endpoints.getIamPolicy'),
    });
  });

  it('ten at once: all get theirs, whoever comes first', async () => {
    const members = Array.from({ length: 10 }, (_, index) => `user:user-${index}@acme.example`);
    const all = await Promise.all(members.map((member) => run({ member })));
    expect(all.map(({ code }) => code)).toEqual(members.map(() => 0));
    expect(policy()).toEqual(members.map((member) => `${USER} ${member}`));
  });
});

describe('a spec that is wrong is refused before any call', () => {
  it.each([
    [{ mode: 'add' }, 'mode is "add"; allowed: "grant", "revoke"'],
    [{ endpoint: '123' }, 'endpoint is "123"; it must be projects/P/locations/R/endpoints/ID'],
    [{ role: 'admin' }, 'role is "admin"; it must be roles/NAME, or projects/P/roles/ID'],
    [{ member: 'gateway' }, 'member is "gateway"; it must be KIND:NAME'],
    [{ members: [] }, 'unknown field "members"; allowed: mode, endpoint, role, member, billingProject'],
  ])('%j', async (wrong, message) => {
    expect(await run(wrong as Partial<GrantSpec>)).toEqual({ code: 2, calls: [], output: `VX_SPEC is wrong:\n  - ${message}\n` });
  });
});

it('helps', async () => {
  expect(await run({}, ['--help'])).toMatchObject({
    code: 0,
    calls: [],
    output: expect.stringMatching(/^Usage: VX_SPEC=[\s\S]*Exit code: 0 done, 1 failed, 2 refused/),
  });
});
