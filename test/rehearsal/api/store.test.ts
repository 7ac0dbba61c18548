import { readFileSync } from 'node:fs';
import { ApiClient, deployable, ENDPOINT } from './client';

let client: ApiClient;
afterEach(() => client.api.close());

it('shows a deployed model to the provider with every attribute of its schema, and no other', async () => {
  client = await ApiClient.start();
  await client.operate('deployModel', deployable('2', {}, { serviceAccount: 'sa@acme.iam.gserviceaccount.com' }));
  const bindings = readFileSync(require.resolve('@cdktf/provider-google/lib/vertex-ai-endpoint'), 'utf8');
  const [shown] = client.endpoint().deployed_models as Record<string, unknown>[];
  const unknown = Object.keys(shown ?? {}).filter((attribute) => !new RegExp(`['"]${attribute}['"]`).test(bindings));
  expect(unknown).toEqual([]);
  expect(shown).toMatchObject({
    id: '2',
    model: 'projects/acme/locations/europe-west4/models/flash',
    model_version_id: '2',
    display_name: 'flash-2',
    service_account: 'sa@acme.iam.gserviceaccount.com',
    enable_container_logging: true,
    private_endpoints: [],
    dedicated_resources: [{ machine_spec: [{ machine_type: 'g2-standard-12', accelerator_type: 'NVIDIA_L4', accelerator_count: 1 }] }],
  });
});

it('gives an endpoint with Private Service Connect its service attachment with the first model', async () => {
  client = await ApiClient.start({}, { private_service_connect_config: [{ enable_private_service_connect: true }] });
  await client.operate('deployModel', deployable('2'));
  const [shown] = client.endpoint().deployed_models as { private_endpoints: { service_attachment: string }[] }[];
  expect(shown?.private_endpoints[0]?.service_attachment).toMatch(/^projects\/acme-tp\/regions\/europe-west4\/serviceAttachments\//);
});

it('allows one model and no split with private services access', async () => {
  client = await ApiClient.start({}, { network: 'projects/1/global/networks/n' });
  await client.operate('deployModel', deployable('2'));
  expect(await client.post('deployModel', deployable('3'))).toMatchObject({ status: 400 });
  expect(await client.patch({ 2: 100 })).toMatchObject({ status: 400 });
});

it('forgets what was deployed when the endpoint is deleted', async () => {
  client = await ApiClient.start();
  await client.operate('deployModel', deployable('2'));
  client.store.delete({ provider: 'google', type: 'google_vertex_ai_endpoint', id: ENDPOINT });
  expect(client.store.list()).toEqual([]);
});

it('lists a model as soon as its deploy begins, where it is told to', async () => {
  client = await ApiClient.start({ listsWhileDeploying: true });
  await client.post('deployModel', deployable('2'));
  expect((await client.call('GET', ENDPOINT)).body.deployedModels).toHaveLength(1);
});

describe('quota', () => {
  const quota = () => 2;

  it('counts the accelerators of all endpoints of a region, smallest size', async () => {
    client = await ApiClient.start({ quota });
    client.createEndpoint(`${ENDPOINT}4`);
    await client.operate('deployModel', deployable('2'));
    const other = (resources: object) => client.call('POST', `${ENDPOINT}4:deployModel`, deployable('3', resources));
    expect(await other({ minReplicaCount: 2 })).toMatchObject({
      status: 429,
      body: { error: { message: expect.stringContaining('CustomModelServingL4GPUs') } },
    });
    expect(await other({})).toMatchObject({ status: 200 });
  });

  it('holds against scaling up too, and not against other accelerators', async () => {
    client = await ApiClient.start({ quota });
    await client.operate('deployModel', deployable('2'));
    const dedicatedResources = { minReplicaCount: 3, maxReplicaCount: 3 };
    const updateMask = 'dedicatedResources.minReplicaCount,dedicatedResources.maxReplicaCount';
    expect(await client.post('mutateDeployedModel', { updateMask, deployedModel: { id: '2', dedicatedResources } })).toMatchObject({
      status: 429,
    });
    expect(
      await client.post('deployModel', deployable('3', { machineSpec: { machineType: 'n1-standard-8' }, minReplicaCount: 2 })),
    ).toMatchObject({ status: 200 });
  });

  it('is what the stacks asked for with a quota preference', async () => {
    client = await ApiClient.start();
    const attributes = {
      parent: 'projects/acme',
      quota_id: 'CustomModelServingL4GPUsPerProjectPerRegion',
      dimensions: { region: 'europe-west4' },
      quota_config: [{ preferred_value: '1' }],
    };
    client.store.put({
      provider: 'google',
      type: 'google_cloud_quotas_quota_preference',
      id: 'q',
      created: '2026-11-21T00:00:00Z',
      attributes,
    });
    expect(await client.post('deployModel', deployable('2', { minReplicaCount: 2 }))).toMatchObject({ status: 429 });
    expect(await client.post('deployModel', deployable('2'))).toMatchObject({ status: 200 });
  });
});
