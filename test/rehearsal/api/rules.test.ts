import { ApiClient, deployable, ENDPOINT } from './client';

let client: ApiClient;
beforeEach(async () => {
  client = await ApiClient.start({ modelExists: (name) => !name.includes('/lost@') });
  await client.operate('deployModel', deployable('1000000001'));
});
afterEach(() => client.api.close());

const REGION = 'projects/acme/locations';
const L4 = { machineType: 'g2-standard-12', acceleratorType: 'NVIDIA_L4', acceleratorCount: 1 };

describe('deployModel refuses', () => {
  const cases: [what: string, body: object, status: number, message: RegExp][] = [
    ['an unknown field', { ...deployable('2'), traffic: {} }, 400, /Unknown name "traffic": Cannot find field/],
    [
      'an unknown field deep inside',
      deployable('2', { replicas: 2 }),
      400,
      /Unknown name "replicas" at 'deployedModel.dedicatedResources'/,
    ],
    [
      'text for a number',
      deployable('2', { minReplicaCount: '1' }),
      400,
      /'deployedModel.dedicatedResources.minReplicaCount' \(TYPE_INT32\), "1"/,
    ],
    ['a number for text', deployable('2', {}, { displayName: 7 }), 400, /TYPE_STRING/],
    ['text for a truth value', deployable('2', { spot: 'yes' }), 400, /TYPE_BOOL/],
    ['an object for a list', deployable('2', { autoscalingMetricSpecs: {} }), 400, /a list is expected/],
    ['a list for an object', deployable('2', { machineSpec: [] }), 400, /an object is expected/],
    ['an unknown field in a list', deployable('2', { autoscalingMetricSpecs: [{ metric: 'x' }] }), 400, /autoscalingMetricSpecs\[0\]/],
    ['no model at all', {}, 400, /deployed_model is required/],
    ['an id of 11 digits', deployable('12345678901'), 400, /1 to 10 digits/],
    ['an id with letters', deployable('flash'), 400, /1 to 10 digits/],
    ['an id that is taken', deployable('1000000001'), 409, /already exists/],
    [
      'a publisher model',
      deployable('2', {}, { model: 'publishers/google/models/gemini-3.8-flash' }),
      400,
      /expected projects\/P\/locations/,
    ],
    ['a model of another region', deployable('2', {}, { model: `${REGION}/us-central1/models/flash@2` }), 400, /model is in us-central1/],
    ['a model that is not registered', deployable('2', {}, { model: `${REGION}/europe-west4/models/lost@1` }), 404, /is not found/],
    ['no replica', deployable('2', { minReplicaCount: 0 }), 400, /at least 1, not 0/],
    ['max below min', deployable('2', { minReplicaCount: 3 }), 400, /\(2\) must not be less than min_replica_count \(3\)/],
    ['required above min', deployable('2', { requiredReplicaCount: 2 }), 400, /must be 1 to 1, not 2/],
    ['an accelerator without a count', deployable('2', { machineSpec: { ...L4, acceleratorCount: undefined } }), 400, /set together/],
    [
      'a G2 machine without its accelerator',
      deployable('2', { machineSpec: { machineType: 'g2-standard-12' } }),
      400,
      /needs 1 to 1 × NVIDIA_L4/,
    ],
    ['too many accelerators', deployable('2', { machineSpec: { ...L4, acceleratorCount: 2 } }), 400, /needs 1 to 1 × NVIDIA_L4, not 2/],
    [
      'the wrong accelerator',
      deployable('2', { machineSpec: { ...L4, machineType: 'a2-highgpu-1g' } }),
      400,
      /NVIDIA_TESLA_A100, not 1 × NVIDIA_L4/,
    ],
    [
      'a new accelerator on N1',
      deployable('2', { machineSpec: { ...L4, machineType: 'n1-standard-8' } }),
      400,
      /not supported on machine type/,
    ],
    [
      'a machine that does not exist',
      deployable('2', { machineSpec: { machineType: 'g2-standard-5' } }),
      400,
      /"g2-standard-5" is not supported/,
    ],
    ['one metric twice', deployable('2', { autoscalingMetricSpecs: [metric('a', 1), metric('a', 2)] }), 400, /one entry a metric/],
    [
      'duty cycle without an accelerator',
      deployable('2', { machineSpec: { machineType: 'n1-standard-8' }, autoscalingMetricSpecs: [metric('x/duty_cycle', 60)] }),
      400,
      /duty_cycle needs an accelerator/,
    ],
    ['a split of unknown models', { ...deployable('2'), trafficSplit: { 7: 100 } }, 400, /7 is not a DeployedModel/],
    ['a split that sums to 95', { ...deployable('2'), trafficSplit: { 0: 95 } }, 400, /sum to 95/],
  ];
  it.each(cases)('%s', async (_what, body, status, message) => {
    const before = JSON.stringify(client.store.list());
    const answer = await client.post('deployModel', body);
    expect(answer).toMatchObject({ status, body: { error: { message: expect.stringMatching(message) } } });
    expect(JSON.stringify(client.store.list())).toBe(before);
    expect((await client.call('GET', `${ENDPOINT}/operations`)).body.operations).toHaveLength(1);
  });
});

function metric(metricName: string, target: number) {
  return { metricName, target };
}

describe('the split', () => {
  it.each([
    [{ 1000000001: 95 }, /sum to 95/],
    [{ 1000000001: 100, 5: 0 }, /5 is not a DeployedModel/],
    [{ 1000000001: 150 }, /not between 0 and 100/],
    [{ 1000000001: 99.5 }, /TYPE_INT32/],
    ['all', /an object is expected/],
  ])('%j is refused', async (split, message) => {
    const answer = await client.patch(split);
    expect(answer).toMatchObject({ status: 400, body: { error: { message: expect.stringMatching(message) } } });
  });

  it('is taken, shown, and emptied', async () => {
    expect((await client.patch({ 1000000001: 100 })).body.trafficSplit).toEqual({ 1000000001: 100 });
    expect(client.endpoint().traffic_split).toBe('{"1000000001":100}');
    expect((await client.patch({})).body.trafficSplit).toBeUndefined();
    expect(client.endpoint().traffic_split).toBe('');
  });

  it('cannot be set through another update mask', async () => {
    expect(await client.call('PATCH', `${ENDPOINT}?updateMask=labels`, {})).toMatchObject({ status: 501 });
  });

  it('given with a deploy names the new model 0', async () => {
    await client.operate('deployModel', { ...deployable('2'), trafficSplit: { 0: 10, 1000000001: 90 } });
    expect(client.endpoint().traffic_split).toBe('{"2":10,"1000000001":90}');
  });
});

describe('undeployModel', () => {
  beforeEach(async () => {
    await client.operate('deployModel', deployable('2'));
    await client.patch({ 1000000001: 100 });
  });

  it('refuses a model that has traffic', async () => {
    const answer = await client.post('undeployModel', { deployedModelId: '1000000001' });
    expect(answer).toMatchObject({ status: 400, body: { error: { message: expect.stringContaining('still gets 100 %') } } });
  });

  it('takes a split that moves the traffic away', async () => {
    await client.operate('undeployModel', { deployedModelId: '1000000001', trafficSplit: { 2: 100 } });
    expect(client.endpoint().traffic_split).toBe('{"2":100}');
  });

  it('empties the split with the last model', async () => {
    await client.operate('undeployModel', { deployedModelId: '2' });
    client.api.invariants.mayStop.add(ENDPOINT);
    await client.operate('undeployModel', { deployedModelId: '1000000001' });
    expect(client.endpoint()).toMatchObject({ traffic_split: '', deployed_models: [] });
  });

  it('does not know a model that is not there', async () => {
    expect(await client.post('undeployModel', { deployedModelId: '9' })).toMatchObject({ status: 404 });
  });
});

describe('mutateDeployedModel', () => {
  const mutate = (updateMask: string, fields: object) =>
    client.post('mutateDeployedModel', { updateMask, deployedModel: { id: '1000000001', ...fields } });

  it.each([
    ['', {}, /update_mask is required/],
    ['dedicatedResources.machineSpec', {}, /cannot be changed/],
    ['model', {}, /cannot be changed/],
    ['dedicatedResources.maxReplicaCount', { dedicatedResources: { maxReplicaCount: 0 } }, /must not be less/],
    ['dedicatedResources.maxReplicaCount', { dedicatedResources: { max: 0 } }, /Unknown name "max"/],
  ])('refuses the mask "%s" with %j', async (mask, fields, message) => {
    expect(await mutate(mask, fields)).toMatchObject({ status: 400, body: { error: { message: expect.stringMatching(message) } } });
  });

  it('changes what the mask names and nothing else', async () => {
    const dedicatedResources = { minReplicaCount: 2, maxReplicaCount: 5 };
    await client.operate('mutateDeployedModel', {
      updateMask: 'dedicatedResources.maxReplicaCount,disableContainerLogging',
      deployedModel: { id: '1000000001', dedicatedResources, disableContainerLogging: true },
    });
    expect(client.endpoint().deployed_models).toMatchObject([
      { enable_container_logging: false, dedicated_resources: [{ min_replica_count: 1, max_replica_count: 5 }] },
    ]);
  });
});

it('runs one operation on an endpoint at a time', async () => {
  const { body } = await client.post('deployModel', deployable('2'));
  expect(await client.post('deployModel', deployable('3'))).toMatchObject({
    status: 400,
    body: {
      error: { status: 'FAILED_PRECONDITION', message: expect.stringContaining(`other operations running on the Endpoint "${ENDPOINT}"`) },
    },
  });
  expect(body.done).toBeUndefined();
});

it('knows no endpoint that the store does not have, no operation that never was, no other path', async () => {
  expect(await client.call('GET', `${ENDPOINT}4`)).toMatchObject({ status: 404 });
  expect(await client.call('GET', `${ENDPOINT}/operations/1`)).toMatchObject({ status: 404 });
  expect(await client.call('DELETE', ENDPOINT)).toMatchObject({ status: 404 });
  expect(await client.call('POST', `${ENDPOINT}:predict`, {})).toMatchObject({ status: 404 });
});

it('takes only good tokens, and only JSON', async () => {
  expect(await client.call('GET', ENDPOINT, undefined, '')).toMatchObject({ status: 401, body: { error: { status: 'UNAUTHENTICATED' } } });
  const answer = await fetch(`${client.api.url}${ENDPOINT}:deployModel`, {
    method: 'POST',
    headers: { authorization: 'Bearer x' },
    body: '{',
  });
  expect(answer.status).toBe(400);
});
