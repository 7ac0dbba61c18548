import type { CallFault } from '../../../../rehearsal/api';
import { cleared, deployedModel, ENDPOINT, Harness, wanted } from './harness';

let harness: Harness;
beforeEach(async () => {
  harness = await Harness.start();
});
afterEach(async () => {
  const { violations } = harness.api.invariants;
  await harness.close();
  expect(violations).toEqual([]);
});

const spec = wanted({ 'flash@1': 95, 'pro@1': 5 });
const once = (on: string, fault: CallFault) => (verb: string, nth: number) => (verb === on && nth === 1 ? fault : undefined);
const status = (code: number, retryAfter?: string): CallFault => ({ kind: 'status', status: code, retryAfter });

describe('passes over', () => {
  const passing: [string, CallFault][] = [
    ...[408, 409, 429, 500, 502, 503, 504].map((code): [string, CallFault] => [String(code), status(code)]),
    ['a broken connection', { kind: 'dropped' }],
    ['a lost answer', { kind: 'lost' }],
    ['half an answer', { kind: 'garbled' }],
  ];
  const verbs = ['operations.list', 'get', 'deployModel', 'operations.get', 'patch'];
  it.each(passing.flatMap(([name, fault]) => verbs.map((verb) => [name, verb, fault] as const)))('%s of %s', async (_name, verb, fault) => {
    harness.fault = once(verb, fault);
    expect(await harness.run(spec)).toMatchObject({ code: 0 });
    expect(harness.serving()).toEqual({ 'flash@1': 95, 'pro@1': 5 });
    // Nothing was deployed twice, whatever happened to the first call.
    const deploys = harness.store.next('vertex operation') - 1;
    expect(deploys).toBe(2);
  });

  it.each([10, 13, 14])('an operation that fails with code %i', async (code) => {
    harness.fault = once('deployModel', { kind: 'failing', error: { code, message: 'try again' } });
    expect(await harness.run(spec)).toMatchObject({ code: 0 });
    expect(harness.serving()).toEqual({ 'flash@1': 95, 'pro@1': 5 });
  });
});

describe('gives up, and leaves the traffic where it was', () => {
  beforeEach(async () => void (await harness.run(spec)));
  const next = wanted({ 'flash@2': 95, 'pro@1': 5 });

  it.each([
    ['400', 'deployModel', status(400), 'The message is the service’s own'],
    ['403', 'deployModel', status(403), 'iam.serviceAccounts.actAs'],
    ['403', 'patch', status(403), 'aiplatform.endpoints.{get,update,deploy,undeploy}'],
    [
      'an operation that fails for good',
      'deployModel',
      { kind: 'failing', error: { code: 3, message: 'bad container' } },
      'bad container (code 3)',
    ],
    ['no machines', 'deployModel', { kind: 'failing', error: { code: 8, message: 'no L4 left' } }, 'There are not enough machines'],
  ] as [string, string, CallFault, string][])('%s of %s', async (_name, verb, fault, message) => {
    harness.fault = once(verb, fault);
    const result = await harness.run(next);
    expect(result.code).toBe(1);
    expect(result.output).toContain(message);
    expect(result.output).toContain('Traffic goes to flash 95 %, pro 5 %. Apply again to resume');
    expect(harness.serving()).toMatchObject({ 'flash@1': 95, 'pro@1': 5 });
    harness.fault = () => undefined;
    expect(await harness.run(next)).toMatchObject({ code: 0 });
    expect(harness.serving()).toEqual({ 'flash@2': 95, 'pro@1': 5 });
  });

  it('after twelve tries of a service that is down', async () => {
    harness.fault = () => status(503);
    const result = await harness.run(next);
    expect(result.code).toBe(1);
    expect(result.calls).toHaveLength(12);
    expect(result.output).toContain('Nothing was changed.');
  });

  it('after twelve tries of one write', async () => {
    harness.fault = (verb) => (verb === 'deployModel' ? status(503) : undefined);
    const result = await harness.run(next);
    expect(result.code).toBe(1);
    expect(result.calls.filter((verb) => verb === 'deployModel')).toHaveLength(12);
  });

  it('after three operations that fail, however passing they look: each can take half an hour', async () => {
    harness.fault = (verb) => (verb === 'deployModel' ? { kind: 'failing', error: { code: 13, message: 'exit code 1' } } : undefined);
    const result = await harness.run(next);
    expect(result.code).toBe(1);
    expect(result.calls.filter((verb) => verb === 'deployModel')).toHaveLength(3);
  });

  it('when writes succeed and nothing comes of them', async () => {
    harness.fault = (verb) => {
      if (verb === 'patch') return status(503);
      // The service forgets each change at once.
      const [flash] = harness.api.records.deployed(ENDPOINT);
      const dedicatedResources = { ...flash!.model.dedicatedResources, maxReplicaCount: 2 };
      harness.api.records.put(ENDPOINT, { ...flash!, model: { ...flash!.model, dedicatedResources } });
      return undefined;
    };
    const result = await harness.run(wanted({ 'flash@1': 80, 'pro@1': 20 }, { resources: { 'flash@1': { maxReplicaCount: 4 } } }));
    expect(result.code).toBe(1);
    expect(result.calls.filter((verb) => verb === 'patch').length).toBeLessThanOrEqual(12);
  });

  it.each(['3000000', 'Thu, 01 Jan 2099 00:00:00 GMT'])(
    'at once when the service wants to be left alone for long (%s)',
    async (retryAfter) => {
      harness.fault = once('get', status(429, retryAfter));
      const result = await harness.run(next);
      expect(result).toMatchObject({ code: 1, calls: ['operations.list', 'get'] });
      expect(result.output).toMatch(/asks for a pause of \d{5,} min/);
    },
  );

  it('at once when a quota of machines is exceeded: waiting does not cure it', async () => {
    await harness.close();
    harness = await Harness.start({ quota: () => 0 });
    const result = await harness.run(spec);
    expect(result).toMatchObject({ code: 1, calls: ['operations.list', 'get', 'deployModel'] });
  });
});

it('waits at least as long as Retry-After says, in seconds or as a date', async () => {
  harness.fault = once('get', status(429, '1'));
  let start = Date.now();
  await harness.run(spec);
  expect(Date.now() - start).toBeGreaterThanOrEqual(1000);
  harness.fault = once('get', status(429, new Date(Date.now() + 2000).toUTCString()));
  start = Date.now();
  await harness.run(spec);
  expect(Date.now() - start).toBeGreaterThanOrEqual(900);
});

it('gives up a request that is not answered, and asks again', async () => {
  harness.fault = once('get', { kind: 'silence', served: false });
  const result = await harness.runProcess(spec, { VX_REQUEST_SECONDS: '0.2' });
  expect(result.code).toBe(0);
  expect(result.output).toMatch(/no answer \(.*timeout.*\); again in/);
});

describe('after kill -9', () => {
  /** Kills the run at the nth call of this kind; the service has served it or not. */
  async function killedAt(verb: string, nth: number, served: boolean) {
    harness.fault = (each, count) => {
      if (each !== verb || count !== nth) return undefined;
      void harness.thread.close();
      return { kind: 'silence', served };
    };
    expect(await harness.run(spec)).toMatchObject({ code: null });
    harness.fault = () => undefined;
  }

  it('the next run joins the deploy under way', async () => {
    await killedAt('operations.get', 1, true);
    const result = await harness.run(spec);
    expect(result).toMatchObject({ code: 0, calls: ['operations.list', 'get', 'deployModel', 'patch'] });
    expect(result.output).toMatch(/operation \d+, already under way: /);
  });

  it.each([true, false])('of a deploy whose answer nobody heard (served: %s) the next run finishes', async (served) => {
    await killedAt('deployModel', 2, served);
    expect(await harness.run(spec)).toMatchObject({ code: 0 });
    expect(harness.store.next('vertex operation') - 1).toBe(2);
    expect(harness.serving()).toEqual({ 'flash@1': 95, 'pro@1': 5 });
  });

  it('a deploy that nobody wants any more is joined, and undone', async () => {
    await harness.run(wanted({ 'pro@1': 100 }));
    await killedAt('operations.get', 1, true);
    expect(await harness.run(wanted({ 'pro@1': 100 }))).toMatchObject({ code: 0, calls: ['operations.list', 'get', 'undeployModel'] });
    expect(harness.serving()).toEqual({ 'pro@1': 100 });
  });

  it('clearing waits for the deploy under way, too', async () => {
    await killedAt('operations.get', 1, true);
    expect(await harness.run(cleared)).toMatchObject({ code: 0, calls: ['operations.list', 'get', 'undeployModel'] });
    expect(harness.serving()).toEqual({});
  });
});

it('undeploying what somebody else has undeployed meanwhile is done', async () => {
  await harness.run(spec);
  harness.fault = (verb) => {
    if (verb === 'undeployModel') harness.api.records.remove(ENDPOINT, deployedModel('pro@1').id);
    return undefined;
  };
  expect(await harness.run(wanted({ 'flash@1': 100 }))).toMatchObject({ code: 0 });
});

it('a run that waits for somebody else’s operation does not start its own', async () => {
  await harness.run(spec);
  await fetch(`${harness.api.url}${ENDPOINT}:deployModel`, {
    method: 'POST',
    headers: { authorization: 'Bearer x' },
    body: JSON.stringify({ deployedModel: deployedModel('code@1') }),
  });
  const result = await harness.run(wanted({ 'flash@1': 90, 'pro@1': 5, 'code@1': 5 }));
  expect(result).toMatchObject({ code: 0, calls: ['operations.list', 'get', 'patch'] });
});

it('reads operations page by page', async () => {
  for (let round = 0; round < 55; round++) {
    await harness.run(wanted({ 'flash@1': 100 }, { resources: { 'flash@1': { maxReplicaCount: 2 + (round % 2) } } }));
    await harness.run(wanted({ 'flash@1': 100 }, { resources: { 'flash@1': { maxReplicaCount: 5 } } }));
  }
  expect((await harness.run(wanted({ 'flash@1': 100 }, { resources: { 'flash@1': { maxReplicaCount: 5 } } }))).calls).toEqual([
    'operations.list',
    'operations.list',
    'get',
  ]);
});
