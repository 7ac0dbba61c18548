import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import {
  AcceleratorQuota,
  type AcceleratorQuotaProps,
  type MachinePrice,
  ModelGardenEndpoint,
  type ModelGardenEndpointProps,
  PrivateServiceConnectConsumer,
  type PrivateServiceConnectConsumerProps,
  describeIdleCost,
  idleCost,
} from '../../../constructs/vertex-endpoint';
import { annotations, stackWith, synthesize, Template } from '../../support/template';
import { model } from './models';

const L4 = { type: 'g2-standard-12', accelerator: { type: 'NVIDIA_L4' as const, count: 1 } };

describe('PrivateServiceConnectConsumer', () => {
  const props = (over: Partial<PrivateServiceConnectConsumerProps> = {}): PrivateServiceConnectConsumerProps => ({
    name: 'chat',
    serviceAttachment: 'projects/tenant-tp/regions/europe-west4/serviceAttachments/gkedpm-1234',
    endpointId: '123456789',
    endpointProjectNumber: '418230957716',
    projectId: 'acme-ai-test',
    region: 'europe-west4',
    network: 'main',
    subnetwork: 'main',
    ...over,
  });

  it('makes an address, a rule to the attachment, and the one name that the certificate is for', () => {
    const stack = stackWith((stack) => {
      const consumer = new PrivateServiceConnectConsumer(stack, 'Consumer', props());
      expect(consumer.dnsName).toBe('123456789-europe-west4-418230957716.prediction.p.vertexai.goog');
    });
    expect(new Template(stack).json['resource']).toMatchSnapshot();
  });

  it.each<[string, Partial<PrivateServiceConnectConsumerProps>, string]>([
    [
      'a name',
      { name: 'Chat' },
      '`name` must be at most 63 of a-z, 0-9 and dash, starting with a letter, not ending with a dash, got: "Chat".',
    ],
    [
      'an attachment',
      { serviceAttachment: 'x' },
      '`serviceAttachment` must be projects/PROJECT/regions/REGION/serviceAttachments/NAME, got: "x".',
    ],
    [
      'another region',
      { region: 'europe-west1' },
      '`region` must be that of the service attachment: europe-west1 cannot reach projects/tenant-tp/regions/europe-west4/serviceAttachments/gkedpm-1234 without global access.',
    ],
    ['an endpoint', { endpointId: 'chat' }, '`endpointId` must be the digits of an endpoint id, got: "chat".'],
    [
      'a project id',
      { endpointProjectNumber: 'acme' },
      '`endpointProjectNumber` must be the number of a project, not its id, got: "acme".',
    ],
  ])('refuses %s', (_, over, message) => {
    expect(() => stackWith((stack) => new PrivateServiceConnectConsumer(stack, 'Consumer', props(over)))).toThrow(
      `test-stack/Consumer: ${message}`,
    );
  });
});

describe('ModelGardenEndpoint', () => {
  const props = (over: Partial<ModelGardenEndpointProps> = {}): ModelGardenEndpointProps => ({
    name: 'gemma',
    projectId: 'acme-ai-test',
    location: 'europe-west4',
    model: { publisher: 'publishers/google/models/gemma3@gemma-3-12b-it' },
    acceptEula: true,
    machine: L4,
    replicas: { min: 1, max: 2 },
    ...over,
  });
  const garden = (over: Partial<ModelGardenEndpointProps> = {}) =>
    stackWith((stack) => new ModelGardenEndpoint(stack, 'Gemma', props(over)));
  const block = (over: Partial<ModelGardenEndpointProps> = {}) =>
    new Template(garden(over)).resource('google_vertex_ai_endpoint_with_model_garden_deployment');

  it('deploys one open model, guarded, with time to do it', () => {
    expect(block()).toMatchSnapshot();
    expect(block({ model: { huggingFace: 'Qwen/Qwen3-8B' } })).toMatchObject({ hugging_face_model_id: 'Qwen/Qwen3-8B' });
  });

  it('can be unguarded', () => expect(block({ protected: false })).not.toHaveProperty('lifecycle'));

  it('takes a provider of its own region', () => {
    const template = synthesize((stack) => {
      const provider = new GoogleProvider(stack, 'Us', { alias: 'us', region: 'us-central1' });
      new ModelGardenEndpoint(stack, 'Gemma', props({ location: 'us-central1', provider }));
    });
    expect(template.resource('google_vertex_ai_endpoint_with_model_garden_deployment')['provider']).toBe('google.us');
  });

  it.each<[string, Partial<ModelGardenEndpointProps>, string]>([
    [
      'another region than the provider',
      { location: 'us-central1' },
      "`location` is us-central1, but the provider's region is europe-west4: google 6.50 sends the request to the host of the provider's region, which does not know the location. Give a `provider` with that region.",
    ],
    [
      'Gemini',
      { model: { publisher: 'publishers/google/models/gemini-3.8-flash@001' } },
      '`model.publisher`: publishers/google/models/gemini-3.8-flash@001 cannot be deployed to machines: Gemini is served by Google',
    ],
    [
      'a model without version',
      { model: { publisher: 'publishers/google/models/gemma3' } },
      '`model.publisher` must be publishers/PUBLISHER/models/MODEL@VERSION, got: "publishers/google/models/gemma3".',
    ],
    [
      'a model of Hugging Face',
      { model: { huggingFace: 'qwen' } },
      '`model.huggingFace` must be AUTHOR/MODEL, as on huggingface.co, got: "qwen".',
    ],
    ['scale to zero', { replicas: { min: 0 } }, '`replicas.min` must be a whole number between 1 and 1000, got: 0.'],
    [
      'a wrong pair',
      { machine: { type: 'g2-standard-12', accelerator: { type: 'NVIDIA_TESLA_T4', count: 1 } } },
      '`machine`: g2-standard-12 has 1 × NVIDIA_L4, got NVIDIA_TESLA_T4.',
    ],
    ['a name', { name: '' }, '`name` must be 1 to 128 characters, got: "".'],
    [
      'a public endpoint in a perimeter',
      { insidePerimeter: true },
      '`dedicatedEndpoint` does not work inside a service perimeter: dedicated public endpoints do not support VPC Service Controls. Write false, or deploy a copy of the model from the registry on a VertexEndpoint with NetworkMode.privateServiceConnect().',
    ],
  ])('refuses %s', (_, over, message) => expect(() => garden(over)).toThrow(`test-stack/Gemma: ${message}`));
});

describe('AcceleratorQuota', () => {
  const quota = (over: Partial<AcceleratorQuotaProps> = {}) =>
    stackWith((stack) => {
      const demands: AcceleratorQuotaProps['demands'] = [
        { name: 'chat', models: { stable: model({ replicas: { min: 1, max: 4 } }), cpu: model({ machine: { type: 'n1-standard-2' } }) } },
        { name: 'gemma', rollout: 'recreate', models: { gemma: model({ replicas: { min: 3 } }) } },
      ];
      new AcceleratorQuota(stack, 'Quota', { projectId: 'acme-ai-test', region: 'europe-west4', demands, ...over });
    });

  it('asks for the most replicas, twice under surge, and shows the arithmetic', () => {
    const stack = quota({ contactEmail: 'ai-platform@acme.example' });
    expect(new Template(stack).resources('google_cloud_quotas_quota_preference')).toEqual([
      {
        parent: 'projects/acme-ai-test',
        name: 'aiplatform-custommodelservingl4gpusperprojectperregion-europe-west4',
        service: 'aiplatform.googleapis.com',
        quota_id: 'CustomModelServingL4GPUsPerProjectPerRegion',
        dimensions: { region: 'europe-west4' },
        quota_config: { preferred_value: '11' },
        contact_email: 'ai-platform@acme.example',
        justification: 'Vertex AI model serving. chat/stable 4 replicas × 1 × 2 (surge) + gemma/gemma 3 replicas × 1 = 11.',
      },
    ]);
    expect(annotations(stack, 'info')).toEqual([
      'test-stack/Quota: CustomModelServingL4GPUsPerProjectPerRegion in europe-west4: ' +
        'chat/stable 4 replicas × 1 × 2 (surge) + gemma/gemma 3 replicas × 1 = 11.',
    ]);
  });

  it('says which quota it does not know, and asks for none without accelerators', () => {
    const b200 = model({ machine: { type: 'a4-highgpu-8g', accelerator: { type: 'NVIDIA_B200', count: 8 } }, replicas: { min: 1 } });
    const stack = quota({ demands: [{ name: 'big', models: { big: b200 } }] });
    expect(new Template(stack).resources('google_cloud_quotas_quota_preference')).toEqual([]);
    expect(annotations(stack, 'warn')).toEqual([
      'test-stack/Quota: NVIDIA_B200: big/big 1 replica × 8 × 2 (surge) = 16, but the name of its quota is not known here. Ask for it by hand.',
    ]);
    expect(new Template(quota({ demands: [] })).types()).toEqual([]);
  });

  it('refuses what is no region or address', () => {
    expect(() => quota({ region: 'eu', contactEmail: 'me' })).toThrow(
      /`region` must be a region[^\n]*\n[^\n]*`contactEmail` must be an email address/,
    );
  });
});

describe('idleCost', () => {
  const price = (over: Partial<MachinePrice>): MachinePrice => ({
    machineType: 'g2-standard-12',
    accelerator: { type: 'NVIDIA_L4', count: 1 },
    usdPerHour: 1,
    region: 'us-central1',
    asOf: '2026-11-01',
    source: 'our contract',
    ...over,
  });
  const models = { stable: model({ replicas: { min: 1, max: 3 } }) };

  it('takes prices of users, those of the own region first', () => {
    expect(idleCost('europe-west4', models, [price({})]).usdPerMonth).toEqual({ min: 730, max: 2190 });
    expect(idleCost('europe-west4', models, [price({}), price({ region: 'europe-west4', usdPerHour: 2 })]).usdPerMonth).toEqual({
      min: 1460,
      max: 4380,
    });
    expect(idleCost('europe-west4', models, [price({ accelerator: undefined })]).priced).toEqual([]);
  });

  it('never counts as zero what has no price', () => {
    const cost = idleCost('europe-west4', models);
    expect(cost.unpriced).toEqual([{ key: 'stable', machine: 'g2-standard-12 + 1 × NVIDIA_L4', reason: 'not in the price table' }]);
    expect(describeIdleCost(cost)).toBe(
      'Not priced, and not counted: stable on g2-standard-12 + 1 × NVIDIA_L4 (not in the price table). Give prices with `prices`.',
    );
  });

  it('has no price for spot machines', () => {
    const cost = idleCost('europe-west4', { stable: model({ machine: { type: 'n1-standard-2' }, replicas: { min: 1, spot: true } }) });
    expect(cost.unpriced).toEqual([{ key: 'stable', machine: 'n1-standard-2', reason: 'spot prices change' }]);
  });
});
