import { type ReconcileSpec } from '../../../../constructs/vertex-endpoint/reconciler/spec';
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

/** The least that can be: what is under way, what is there, one call a write. */
const LOOK = ['operations.list', 'get'];

describe('each change, with the least calls', () => {
  const before = { 'flash@1': 95, 'pro@1': 5 };
  beforeEach(async () => {
    expect(await harness.run(wanted(before))).toMatchObject({ code: 0, calls: [...LOOK, 'deployModel', 'deployModel', 'patch'] });
    expect(harness.serving()).toEqual(before);
  });

  it('nothing: two looks and no write', async () => {
    expect(await harness.run(wanted(before))).toMatchObject({ code: 0, calls: LOOK, output: 'Nothing to do.\n' });
  });

  it.each([
    ['split', wanted({ 'flash@1': 80, 'pro@1': 20 }), ['patch']],
    ['a model gets nothing, and stays', wanted({ 'flash@1': 100, 'pro@1': 0 }), ['patch']],
    ['new version', wanted({ 'flash@2': 95, 'pro@1': 5 }), ['deployModel', 'patch', 'undeployModel']],
    ['model added', wanted({ 'flash@1': 90, 'pro@1': 5, 'code@1': 5 }), ['deployModel', 'patch']],
    ['model removed', wanted({ 'flash@1': 100 }), ['patch', 'undeployModel']],
    ['everything new', wanted({ 'flash@2': 50, 'pro@2': 50 }), ['deployModel', 'deployModel', 'patch', 'undeployModel', 'undeployModel']],
    ['another machine', wanted(before, { resources: { 'flash@1': { spot: true } } }), ['deployModel', 'patch', 'undeployModel']],
    ['scale', wanted(before, { resources: { 'flash@1': { maxReplicaCount: 4 } } }), ['mutateDeployedModel']],
    [
      'new version, recreated',
      wanted({ 'flash@2': 95, 'pro@1': 5 }, { rollout: 'recreate' }),
      ['patch', 'undeployModel', 'deployModel', 'patch'],
    ],
    [
      'everything new, recreated',
      wanted({ 'flash@2': 95, 'pro@2': 5 }, { rollout: 'recreate' }),
      ['patch', 'undeployModel', 'deployModel', 'patch', 'undeployModel', 'deployModel', 'patch'],
    ],
    ['model removed, recreated', wanted({ 'flash@1': 100 }, { rollout: 'recreate' }), ['patch', 'undeployModel']],
    ['model added, recreated', wanted({ 'flash@1': 90, 'pro@1': 5, 'code@1': 5 }, { rollout: 'recreate' }), ['deployModel', 'patch']],
  ])('%s', async (_name, spec: ReconcileSpec, writes) => {
    expect(await harness.run(spec)).toMatchObject({ code: 0, calls: [...LOOK, ...writes] });
    expect(harness.api.records.split(ENDPOINT)).toEqual(
      Object.fromEntries(Object.entries(spec.traffic ?? {}).filter(([, share]) => share > 0)),
    );
    expect(harness.api.records.deployed(ENDPOINT).map(({ model }) => model.id).sort()).toEqual(spec.models.map(({ id }) => id).sort()); // prettier-ignore
    expect(await harness.run(spec)).toMatchObject({ code: 0, calls: LOOK });
  });

  it('drift: a split moved by hand is moved back', async () => {
    harness.api.records.setSplit(ENDPOINT, { [deployedModel('pro@1').id]: 100 });
    expect(await harness.run(wanted(before))).toMatchObject({ code: 0, calls: [...LOOK, 'patch'] });
    expect(harness.serving()).toEqual(before);
  });

  it('drift: a model undeployed by hand comes back', async () => {
    harness.api.records.setSplit(ENDPOINT, { [deployedModel('pro@1').id]: 100 });
    harness.api.records.remove(ENDPOINT, deployedModel('flash@1').id);
    expect(await harness.run(wanted(before))).toMatchObject({ code: 0, calls: [...LOOK, 'deployModel', 'patch'] });
    expect(harness.serving()).toEqual({ 'pro@1': 5, 'flash@1': 95 });
  });

  it('destroy: the split is cleared, then everything goes; a second time there is nothing to do', async () => {
    harness.api.invariants.mayStop.add(ENDPOINT);
    expect(await harness.run(cleared)).toMatchObject({ code: 0, calls: [...LOOK, 'patch', 'undeployModel', 'undeployModel'] });
    expect(harness.serving()).toEqual({});
    expect(await harness.run(cleared)).toMatchObject({ code: 0, calls: LOOK });
  });
});

describe('scaling', () => {
  const mutations = (output: string) => output.split('\n').filter((line) => /^\[/.test(line)).map((line) => line.replace(/ \(\d+\)/g, '')); // prettier-ignore

  it('names exactly what differs', async () => {
    const metric = (target: number) => [{ metricName: 'aiplatform.googleapis.com/prediction/online/cpu/utilization', target }];
    await harness.run(wanted({ 'flash@1': 100 }, { resources: { 'flash@1': { autoscalingMetricSpecs: metric(60) } } }));
    const resources = { 'flash@1': { maxReplicaCount: 3, autoscalingMetricSpecs: metric(70) } };
    const { output } = await harness.run(wanted({ 'flash@1': 100 }, { resources }));
    expect(mutations(output)).toEqual(['[1/1] change flash: maxReplicaCount, autoscalingMetricSpecs']);
    expect(harness.api.records.deployed(ENDPOINT)[0]?.model.dedicatedResources).toMatchObject(resources['flash@1']);
  });

  it('adds machines before the traffic comes, and takes them away after it has gone', async () => {
    await harness.run(wanted({ 'flash@1': 90, 'pro@1': 10 }, { resources: { 'flash@1': { maxReplicaCount: 9 } } }));
    const { output } = await harness.run(wanted({ 'flash@1': 10, 'pro@1': 90 }, { resources: { 'pro@1': { maxReplicaCount: 9 } } }));
    expect(mutations(output)).toEqual([
      '[1/3] change pro: maxReplicaCount',
      '[2/3] traffic to flash 10 %, pro 90 %',
      '[3/3] change flash: maxReplicaCount',
    ]);
  });

  it('turns container logs off and on', async () => {
    const [model] = wanted({ 'flash@1': 100 }).models;
    const spec = (disableContainerLogging: boolean) => ({
      ...wanted({ 'flash@1': 100 }),
      models: [{ ...model!, disableContainerLogging }],
    });
    await harness.run(spec(false));
    expect((await harness.run(spec(true))).calls).toEqual([...LOOK, 'mutateDeployedModel']);
    expect((await harness.run(spec(false))).calls).toEqual([...LOOK, 'mutateDeployedModel']);
    expect((await harness.run(wanted({ 'flash@1': 100 }))).calls).toEqual(LOOK);
  });
});

describe('recreate', () => {
  it('refuses to stop an endpoint, and changes nothing', async () => {
    await harness.run(wanted({ 'flash@1': 100 }));
    const result = await harness.run(wanted({ 'flash@2': 100 }, { rollout: 'recreate' }));
    expect(result).toMatchObject({ code: 2, calls: LOOK });
    expect(result.output).toMatch(/Replacing flash \(\d+\) with rollout "recreate" would stop .*Nothing was changed\. Use rollout "surge"/);
  });

  it('stops it where an outage is allowed, and says so', async () => {
    await harness.run(wanted({ 'flash@1': 100 }));
    harness.api.invariants.mayStop.add(ENDPOINT);
    const result = await harness.run(wanted({ 'flash@2': 100 }, { rollout: 'recreate', allowOutage: true }));
    expect(result).toMatchObject({ code: 0, calls: [...LOOK, 'patch', 'undeployModel', 'deployModel', 'patch'] });
    expect(result.output).toContain('traffic to nothing: the endpoint stops serving');
    expect(harness.serving()).toEqual({ 'flash@2': 100 });
  });

  it('needs no machines for both', async () => {
    await harness.close();
    harness = await Harness.start({ quota: () => 2 });
    await harness.run(wanted({ 'flash@1': 60, 'pro@1': 40 }));
    const surge = await harness.run(wanted({ 'flash@2': 60, 'pro@1': 40 }));
    expect(surge).toMatchObject({ code: 1, calls: [...LOOK, 'deployModel'] });
    expect(surge.output).toMatch(/CustomModelServingL4GPUs.*\n.*not enough machines.*"recreate".*\nTraffic goes to flash 60 %, pro 40 %\./);
    expect(await harness.run(wanted({ 'flash@2': 60, 'pro@1': 40 }, { rollout: 'recreate' }))).toMatchObject({ code: 0 });
    expect(harness.serving()).toEqual({ 'pro@1': 40, 'flash@2': 60 });
  });

  it('shares out the traffic in proportion meanwhile', async () => {
    await harness.run(wanted({ 'flash@1': 50, 'pro@1': 33, 'code@1': 17 }));
    const { output } = await harness.run(wanted({ 'flash@2': 50, 'pro@1': 33, 'code@1': 17 }, { rollout: 'recreate' }));
    expect(output).toMatch(/traffic to (pro 66 %, code 34 %|code 34 %, pro 66 %)/);
  });
});

describe('an endpoint without a split', () => {
  const spec = (name: string, allowOutage = false): ReconcileSpec => ({
    ...wanted({ [name]: 100 }, { rollout: 'recreate', allowOutage }),
    traffic: undefined,
  });
  beforeEach(() => {
    const object = harness.store.list()[0]!;
    harness.store.put({ ...object, attributes: { ...object.attributes, network: 'projects/1/global/networks/n' } });
  });

  it('gets its model, replaces it only where an outage is allowed, and is emptied', async () => {
    expect(await harness.run(spec('flash@1'))).toMatchObject({ code: 0, calls: [...LOOK, 'deployModel'] });
    expect(await harness.run(spec('flash@2'))).toMatchObject({ code: 2, calls: LOOK });
    expect(await harness.run(spec('flash@2', true))).toMatchObject({ code: 0, calls: [...LOOK, 'undeployModel', 'deployModel'] });
    expect(await harness.run(cleared)).toMatchObject({ code: 0, calls: [...LOOK, 'undeployModel'] });
  });
});

describe('models of somebody else', () => {
  beforeEach(async () => {
    await harness.run(wanted({ 'flash@1': 100 }));
    harness.deployByHand('77');
  });

  it('stay, without traffic, and are mentioned', async () => {
    const result = await harness.run(wanted({ 'flash@1': 100 }));
    expect(result).toMatchObject({ code: 0, calls: LOOK });
    expect(result.output).toContain('experiment (77) was deployed by somebody else: it stays, without traffic');
  });

  it('are not ours because their name has a number', async () => {
    harness.deployByHand('78', 'flash-1234567890');
    expect(await harness.run(wanted({ 'flash@1': 100 }))).toMatchObject({ code: 0, calls: LOOK });
  });

  it('go when they are adopted', async () => {
    expect(await harness.run(wanted({ 'flash@1': 100 }, { adopt: true }))).toMatchObject({ code: 0, calls: [...LOOK, 'undeployModel'] });
  });

  it('keep an endpoint from being emptied, until they are adopted', async () => {
    const refused = await harness.run(cleared);
    expect(refused).toMatchObject({ code: 2, calls: LOOK });
    expect(refused.output).toMatch(/still holds experiment \(77\), deployed by somebody else\. Nothing was changed/);
    harness.api.invariants.mayStop.add(ENDPOINT);
    expect(await harness.run({ ...cleared, adopt: true })).toMatchObject({ code: 0 });
    expect(harness.serving()).toEqual({});
  });
});

it('an endpoint that is gone needs no clearing, and cannot be reconciled', async () => {
  harness.store.delete({ provider: 'google', type: 'google_vertex_ai_endpoint', id: ENDPOINT });
  expect(await harness.run(cleared)).toMatchObject({ code: 0 });
  const result = await harness.run(wanted({ 'flash@1': 100 }));
  expect(result).toMatchObject({ code: 1 });
  expect(result.output).toMatch(/404 NOT_FOUND Endpoint .* is not found/);
});

it('gives no traffic to a model that has lost its replicas', async () => {
  await harness.run(wanted({ 'flash@1': 100, 'pro@1': 0 }));
  const [, pro] = harness.api.records.deployed(ENDPOINT);
  harness.api.records.put(ENDPOINT, { ...pro!, model: { ...pro!.model, status: { message: 'The container exits at once.' } } });
  const result = await harness.run(wanted({ 'flash@1': 50, 'pro@1': 50 }));
  expect(result).toMatchObject({ code: 1, calls: LOOK });
  expect(result.output).toMatch(/pro \(\d+\) has no replica that serves: The container exits at once\.\nTraffic goes to flash 100 %/);
});
