import type { ApiCall, CallFault } from '../../../rehearsal/api';
import { ApiClient, deployable, ENDPOINT } from './client';

let client: ApiClient;
let fault: CallFault | undefined;
const faults = ({ method }: ApiCall) => (method === 'GET' ? undefined : fault);
beforeEach(async () => {
  fault = undefined;
  client = await ApiClient.start({ faults });
});
afterEach(() => client.api.close());

const listed = async () => (await client.call('GET', ENDPOINT)).body.deployedModels;

it('takes several looks, with stages in their order, and then tells the result', async () => {
  const { body } = await client.post('deployModel', deployable('2'));
  expect(body).toMatchObject({
    name: expect.stringMatching(`^${ENDPOINT}/operations/\\d+$`),
    metadata: { deploymentStage: 'STARTING_DEPLOYMENT' },
  });
  const looks = [];
  for (let done; !done;) {
    const look = (await client.call('GET', String(body.name))).body as { done?: boolean; metadata: { deploymentStage: string } };
    looks.push(look.metadata.deploymentStage);
    done = look.done;
    expect(await (done ? listed() : undefined)).toEqual(done ? [expect.objectContaining({ id: '2', modelVersionId: '2' })] : undefined);
  }
  expect(looks).toEqual(['PREPARING_MODEL', 'ADDING_NODES_TO_CLUSTER', 'STARTING_MODEL_SERVER', 'SUCCESSFULLY_DEPLOYED']);
});

it('waits on request, and lists in pages', async () => {
  const { body } = await client.post('deployModel', deployable('2'));
  expect((await client.call('POST', `${String(body.name)}:wait`, { timeout: '60s' })).body.done).toBeUndefined();
  expect((await client.call('POST', `${String(body.name)}:wait`, {})).body.done).toBe(true);
  await client.operate('deployModel', deployable('3'));
  const first = (await client.call('GET', `${ENDPOINT}/operations?pageSize=1`)).body;
  const second = (await client.call('GET', `${ENDPOINT}/operations?pageSize=1&pageToken=${String(first.nextPageToken)}`)).body;
  expect([first.operations, second.operations]).toEqual([[expect.anything()], [expect.anything()]]);
  expect(second.nextPageToken).toBeUndefined();
  expect(await client.call('GET', `${ENDPOINT}/operations?pageToken=x`)).toMatchObject({ status: 400 });
});

it('fails on request, and leaves nothing of the deploy', async () => {
  fault = { kind: 'failing', error: { code: 8, message: 'no machines' } };
  expect((await client.operate('deployModel', deployable('2'))).body).toMatchObject({
    done: true,
    error: { code: 8, message: 'no machines' },
  });
  expect(await listed()).toBeUndefined();
});

it('keeps a model whose undeploy fails', async () => {
  await client.operate('deployModel', deployable('2'));
  fault = { kind: 'failing', error: { code: 13, message: 'broken' } };
  expect((await client.operate('undeployModel', { deployedModelId: '2' })).body.error).toBeDefined();
  expect(client.api.records.deployed(ENDPOINT)).toMatchObject([{ ready: true }]);
});

it('drags on request', async () => {
  fault = { kind: 'dragging', times: 3 };
  const before = client.api.calls.length;
  await client.operate('deployModel', deployable('2'));
  expect(client.api.calls.length - before).toBe(13);
});

describe('faults of single calls', () => {
  it('a status changes nothing', async () => {
    fault = { kind: 'status', status: 503, retryAfter: '7' };
    const answer = await fetch(`${client.api.url}${ENDPOINT}:deployModel`, {
      method: 'POST',
      headers: { authorization: 'Bearer x' },
      body: '{}',
    });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '7']);
    expect((await client.call('GET', `${ENDPOINT}/operations`)).body.operations).toEqual([]);
  });

  it.each([
    ['dropped', 0],
    ['lost', 1],
  ] as const)('a %s call starts %i operations, and has no answer', async (kind, count) => {
    fault = { kind };
    await expect(client.post('deployModel', deployable('2'))).rejects.toThrow('fetch failed');
    expect((await client.call('GET', `${ENDPOINT}/operations`)).body.operations).toHaveLength(count);
  });

  it('half an answer is no JSON', async () => {
    fault = { kind: 'garbled' };
    await expect(client.post('deployModel', deployable('2'))).rejects.toThrow('JSON');
  });

  it('silence lasts until the caller gives up', async () => {
    fault = { kind: 'silence', served: true };
    const call = fetch(`${client.api.url}${ENDPOINT}:deployModel`, {
      method: 'POST',
      headers: { authorization: 'Bearer x' },
      body: JSON.stringify(deployable('2')),
      signal: AbortSignal.timeout(50),
    });
    await expect(call).rejects.toThrow('timeout');
    expect((await client.call('GET', `${ENDPOINT}/operations`)).body.operations).toHaveLength(1);
  });

  it('a slow answer comes late', async () => {
    fault = { kind: 'slow', milliseconds: 60 };
    const start = Date.now();
    expect((await client.post('deployModel', deployable('2'))).status).toBe(200);
    expect(Date.now() - start).toBeGreaterThanOrEqual(59);
  });
});

describe('invariants', () => {
  const violations = () => client.api.invariants.violations;
  beforeEach(async () => {
    await client.operate('deployModel', deployable('2'));
    await client.patch({ 2: 100 });
  });

  it('hold while all is well', () => expect(violations()).toEqual([]));

  it('see an endpoint that stops serving, unless it may', async () => {
    await client.patch({});
    expect(violations()).toEqual([expect.stringMatching(/after call \d+ \(PATCH patch\): .*it served, and now it serves nothing/)]);
    await client.patch({ 2: 100 });
    expect(violations()).toHaveLength(1);
    client.api.invariants.mayStop.add(ENDPOINT);
    await client.patch({});
    await client.patch({ 2: 100 });
    expect(violations()).toHaveLength(1);
  });

  it('see no wrong in an endpoint that stops in order to be deleted', async () => {
    await client.patch({});
    client.store.delete({ provider: 'google', type: 'google_vertex_ai_endpoint', id: ENDPOINT });
    expect(violations()).toEqual([]);
    client.createEndpoint(ENDPOINT);
    await client.operate('deployModel', deployable('3'));
    await client.patch({ 3: 100 });
    expect(violations()).toEqual([]);
  });

  it('see an endpoint that is deleted while it serves', async () => {
    client.store.delete({ provider: 'google', type: 'google_vertex_ai_endpoint', id: ENDPOINT });
    await client.call('GET', ENDPOINT);
    expect(violations()).toEqual([expect.stringContaining('was deleted while it served')]);
  });

  it('see traffic to a model whose machines are being taken away', async () => {
    await client.operate('deployModel', deployable('3'));
    await client.post('undeployModel', { deployedModelId: '3' });
    await client.patch({ 2: 50, 3: 50 });
    expect(violations()).toEqual([expect.stringContaining('50 % of the traffic goes to 3, which is not ready')]);
  });

  it('see a split that does not sum to 100, and one to nowhere', async () => {
    client.api.records.setSplit(ENDPOINT, { 2: 60, 9: 30 });
    await client.call('GET', ENDPOINT);
    expect(violations()).toEqual([
      expect.stringContaining('sums to 90'),
      expect.stringContaining('30 % of the traffic goes to 9, which is not deployed'),
    ]);
  });
});
