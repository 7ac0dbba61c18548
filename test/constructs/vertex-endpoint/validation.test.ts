import { Token } from '../../../constructs/core';
import { NetworkMode, RegistryModel, VertexEndpoint, type VertexEndpointProps } from '../../../constructs/vertex-endpoint';
import { annotations, stackWith } from '../../support/template';
import { endpoint, model } from './models';

const build = (over: Partial<VertexEndpointProps>): (() => unknown) => {
  return () => stackWith((stack) => new VertexEndpoint(stack, 'Chat', endpoint(over)));
};
const ofModel = (over: Parameters<typeof model>[0]): Partial<VertexEndpointProps> => ({ models: { stable: model(over) } });
const machine = (type: string, accelerator?: string, count = 1): Partial<VertexEndpointProps> =>
  ofModel({ machine: { type, accelerator: accelerator === undefined ? undefined : { type: accelerator as 'NVIDIA_L4', count } } });
const named = (name: string): Partial<VertexEndpointProps> => ofModel({ model: RegistryModel.fromName(name) });

const psa = NetworkMode.privateServicesAccess({ network: 'projects/123456/global/networks/main' });
const psc = NetworkMode.privateServiceConnect({ allowlist: ['acme-ai-test'] });
const logging = { project: 'acme-ai-test', dataset: 'requests', table: 'chat', samplingPercent: 10 };
const twoModels = { stable: model({ traffic: 95 }), candidate: model({ traffic: 5 }) };
const key = 'projects/p/locations/europe-west4/keyRings/r/cryptoKeys/k';

const REFUSED: [string, Partial<VertexEndpointProps>, string][] = [
  [
    'a name',
    { name: 'Chat' },
    '`name` must be at most 63 of a-z, 0-9 and dash, starting with a letter, not ending with a dash, got: "Chat".',
  ],
  ['a project', { projectId: 'X' }, '`projectId` must be a project ID, got: "X".'],
  ['a location', { location: 'europe' }, '`location` must be a region, e.g. europe-west4, got: "europe".'],
  ['a display name', { displayName: '' }, '`displayName` must be 1 to 128 characters, got: "".'],
  ['a generation', { generation: 0 }, '`generation` must be a whole number between 1 and 1000000, got: 0.'],
  ['a key', { encryptionKey: 'k' }, '`encryptionKey` must be projects/P/locations/L/keyRings/R/cryptoKeys/K, got: "k".'],
  [
    'a key elsewhere',
    { encryptionKey: key.replace('europe-west4', 'us') },
    '`encryptionKey` must be in the location of the endpoint, europe-west4, but projects/p/locations/us/keyRings/r/cryptoKeys/k is in us.',
  ],
  ['an outage that no rollout asks for', { allowOutage: true }, '`allowOutage` has no meaning without `rollout: recreate`'],

  // What network modes forbid.
  [
    'private services access by project id',
    { networkMode: NetworkMode.privateServicesAccess({ network: 'projects/p/global/networks/n' }) },
    '`networkMode.network` must be projects/NUMBER/global/networks/NAME with the number of the project, got: "projects/p/global/networks/n".',
  ],
  [
    'an empty allowlist',
    { networkMode: NetworkMode.privateServiceConnect({ allowlist: [] }) },
    '`networkMode.allowlist` must name the projects that may connect: with none, nobody can.',
  ],
  [
    'a project on the allowlist',
    { networkMode: NetworkMode.privateServiceConnect({ allowlist: ['X'] }) },
    '`networkMode.allowlist` must be a project id or number, got: "X".',
  ],
  [
    'a split without one',
    { networkMode: psa, models: twoModels },
    'networkMode privateServicesAccess serves exactly one model, got 2: Vertex AI has no traffic split there. Use NetworkMode.privateServiceConnect(), which has one, or an endpoint a model.',
  ],
  [
    'a surge without a split',
    { networkMode: psa, rollout: 'surge' },
    'networkMode privateServicesAccess holds one model at a time, so its successor cannot come up beside it: write `rollout: recreate`, and `allowOutage: true` for the change itself. NetworkMode.privateServiceConnect() changes models without an outage.',
  ],
  [
    'request logging without one',
    { networkMode: psa, requestLogging: logging },
    'networkMode privateServicesAccess has no request/response logging. Remove requestLogging, or use NetworkMode.privateServiceConnect().',
  ],
  [
    'access logs without one',
    { networkMode: psa, ...ofModel({ logging: { access: true } }) },
    'networkMode privateServicesAccess has no access logs. Remove logging.access, or use NetworkMode.privateServiceConnect().',
  ],
  [
    'a public endpoint in a perimeter',
    { insidePerimeter: true },
    'networkMode dedicatedPublic does not work inside a service perimeter: dedicated public endpoints do not support VPC Service Controls. Use NetworkMode.privateServiceConnect(): it has a split, streaming and dedicated capacity too.',
  ],

  // Models.
  ['no model', { models: {} }, '`models` must have at least one model.'],
  [
    'a key of a model',
    { models: { Stable: model() } },
    '`models key` must be at most 40 of a-z, 0-9 and dash, starting with a letter, not ending with a dash, got: "Stable".',
  ],
  [
    'Gemini',
    named('publishers/google/models/gemini-3.8-flash'),
    '`models.stable.model`: publishers/google/models/gemini-3.8-flash cannot be deployed to machines: Gemini is served by Google, and called directly. Put it into the gateway, which does the split, retries and fallbacks for managed models (in an environment file: managedModels). A tuned Gemini model gets its endpoint from the tuning job.',
  ],
  [
    'Gemini as gcloud reads it',
    named('projects/p/locations/europe-west4/models/gemini-3.8-flash'),
    'projects/p/locations/europe-west4/models/gemini-3.8-flash cannot be deployed to machines',
  ],
  [
    "another publisher's model",
    named('publishers/meta/models/llama3@llama-3-8b'),
    '`models.stable.model`: an endpoint serves models of the registry, got publishers/meta/models/llama3@llama-3-8b: a model of another publisher needs a copy in the registry, or a ModelGardenEndpoint, which has no traffic split.',
  ],
  [
    'a model by a bare name',
    named('support-chat'),
    '`models.stable.model` must be projects/PROJECT/locations/LOCATION/models/MODEL@VERSION, got: "support-chat".',
  ],
  [
    'an alias',
    named('projects/acme-models/locations/europe-west4/models/m@default'),
    '`models.stable.model` must end in @ and the number of a version, got: "projects/acme-models/locations/europe-west4/models/m@default". An alias or no version would serve something else tomorrow without any change here.',
  ],
  ['no version', named('projects/acme-models/locations/europe-west4/models/m'), 'must end in @ and the number of a version'],
  [
    'a model id',
    named('projects/acme-models/locations/europe-west4/models/M@1'),
    '`models.stable.model id` must be 1 to 128 of a-z, 0-9, dash and underscore, got: "M".',
  ],
  [
    'a serving identity',
    ofModel({ servingIdentity: 'me' }),
    '`models.stable.servingIdentity` must be the email of a service account, got: "me".',
  ],

  // Traffic.
  [
    'a split below 100',
    { models: { a: model({ traffic: 60 }), b: model({ traffic: 30 }) } },
    '`traffic` of all models must sum to 100, got 90: a 60, b 30.',
  ],
  [
    'a split above 100',
    { models: { a: model({ traffic: 60 }), b: model({ traffic: 60 }) } },
    '`traffic` of all models must sum to 100, got 120: a 60, b 60.',
  ],
  [
    'a part of a per cent',
    { models: { a: model({ traffic: 99.5 }), b: model({ traffic: 0.5 }) } },
    '`models.a.traffic` must be a whole number between 0 and 100, got: 99.5.',
  ],

  // Replicas and autoscaling.
  ['scale to zero', ofModel({ replicas: { min: 0 } }), '`models.stable.replicas.min` must be a whole number between 1 and 1000, got: 0.'],
  ['max below min', ofModel({ replicas: { min: 3, max: 2 } }), '`models.stable.replicas.max` must be at least min (3), got: 2.'],
  [
    'required above min',
    ofModel({ replicas: { min: 1, required: 2 } }),
    '`models.stable.replicas.required` must be at most min (1), got: 2.',
  ],
  [
    'a CPU target',
    ofModel({ autoscaling: { cpuPercent: 0 } }),
    '`models.stable.autoscaling.cpuPercent` must be a whole number between 1 and 100, got: 0.',
  ],
  [
    'a GPU target',
    ofModel({ autoscaling: { gpuDutyCyclePercent: 101 } }),
    '`models.stable.autoscaling.gpuDutyCyclePercent` must be a whole number between 1 and 100, got: 101.',
  ],
  [
    'a request target',
    ofModel({ autoscaling: { requestsPerMinutePerReplica: 0.5 } }),
    '`models.stable.autoscaling.requestsPerMinutePerReplica` must be a whole number between 1 and 1000000, got: 0.5.',
  ],
  [
    'a GPU target without a GPU',
    ofModel({ machine: { type: 'n1-standard-2' }, autoscaling: { gpuDutyCyclePercent: 60 } }),
    '`models.stable.autoscaling.gpuDutyCyclePercent` needs an accelerator: the machine has none. Use cpuPercent or requestsPerMinutePerReplica.',
  ],

  // Machines.
  ['a machine', machine('big'), '`models.stable.machine.type` must be a machine type such as g2-standard-12, got: "big".'],
  [
    'a GPU on E2',
    machine('e2-standard-4', 'NVIDIA_L4'),
    '`models.stable.machine`: e2-standard-4 takes no GPU, got 1 × NVIDIA_L4. Machines with GPUs are N1 (attached) and a2, a3, a4, g2, g4 (built in).',
  ],
  [
    'an L4 on N1',
    machine('n1-standard-8', 'NVIDIA_L4'),
    '`models.stable.machine`: NVIDIA_L4 cannot be attached to an N1 machine; NVIDIA_TESLA_T4, NVIDIA_TESLA_P4, NVIDIA_TESLA_P100, NVIDIA_TESLA_V100 can.',
  ],
  [
    'three T4 on N1',
    machine('n1-standard-8', 'NVIDIA_TESLA_T4', 3),
    '`models.stable.machine`: an N1 machine takes 1, 2, 4 × NVIDIA_TESLA_T4, got 3.',
  ],
  [
    'a T4 on G2',
    machine('g2-standard-12', 'NVIDIA_TESLA_T4'),
    '`models.stable.machine`: g2-standard-12 has 1 × NVIDIA_L4, got NVIDIA_TESLA_T4.',
  ],
  ['two L4 on a small G2', machine('g2-standard-12', 'NVIDIA_L4', 2), '`models.stable.machine`: g2-standard-12 has 1 × NVIDIA_L4, got 2.'],
  [
    'a big A100 on a2-highgpu',
    machine('a2-highgpu-1g', 'NVIDIA_A100_80GB'),
    '`models.stable.machine`: a2-highgpu-1g has 1 × NVIDIA_TESLA_A100, got NVIDIA_A100_80GB.',
  ],
  [
    'half a GPU',
    machine('g2-standard-12', 'NVIDIA_L4', 0.5),
    '`models.stable.machine`: the number of accelerators must be a whole number of at least 1, got: 0.5.',
  ],

  // Logging.
  [
    'a share of nothing',
    { requestLogging: { ...logging, samplingPercent: 0 } },
    '`requestLogging.samplingPercent` must be above 0 and at most 100, got: 0.',
  ],
  [
    'a dataset',
    { requestLogging: { ...logging, dataset: 'a-b' } },
    '`requestLogging.dataset` must be a dataset id: letters, digits and underscores, got: "a-b".',
  ],
  [
    'a table',
    { requestLogging: { ...logging, table: 'a.b' } },
    '`requestLogging.table` must be a table id: letters, digits and underscores, got: "a.b".',
  ],
  ["a dataset's project", { requestLogging: { ...logging, project: '1' } }, '`requestLogging.project` must be a project ID, got: "1".'],
];

describe('VertexEndpoint refuses', () => {
  it.each(REFUSED)('%s', (_, over, message) => {
    expect(build(over)).toThrow(message);
    expect(build(over)).toThrow(/^test-stack\/Chat: /);
  });

  it.each<[string, (unknown: string) => Partial<VertexEndpointProps>]>([
    ['projectId', (projectId) => ({ projectId })],
    ['encryptionKey', (encryptionKey) => ({ encryptionKey })],
    ['networkMode.network', (network) => ({ networkMode: NetworkMode.privateServicesAccess({ network }) })],
    [
      'networkMode.privateServiceConnectConfig.projectAllowlist.0',
      (id) => ({ networkMode: NetworkMode.privateServiceConnect({ allowlist: [id] }) }),
    ],
    ['models.stable.model.name', (name) => named(name)],
    ['models.stable.servingIdentity', (servingIdentity) => ofModel({ servingIdentity })],
    ['models.stable.machine.type', (type) => machine(type)],
    ['models.stable.replicas.min', (text) => ofModel({ replicas: { min: Token.asNumber(text) } })],
    ['models.stable.traffic', (text) => ofModel({ traffic: Token.asNumber(text) })],
  ])('%s that only Terraform knows: ids are made from it', (prop, over) => {
    const message = `\`${prop}\` must be known at synth, because ids are made from it, and here it is a value of Terraform's: write it out.`;
    expect(build(over(Token.asString({ resolve: () => 'x' })))).toThrow(new RegExp(`^test-stack/Chat: ${message.replaceAll('.', '\\.')}$`));
  });

  it('everything at once', () => {
    expect(build({ name: 'X', models: { a: model({ traffic: 10, replicas: { min: 0 } }) } })).toThrow(
      /`name`[^\n]*\n[^\n]*`models\.a\.replicas\.min`[^\n]*\n[^\n]*`traffic` of all models must sum to 100, got 10: a 10\.$/,
    );
  });
});

describe('VertexEndpoint takes', () => {
  it.each<[string, Partial<VertexEndpointProps>]>([
    ['fewer GPUs than the machine has', machine('g2-standard-96', 'NVIDIA_L4', 2)],
    ['two T4 on N1', machine('n1-standard-8', 'NVIDIA_TESLA_T4', 2)],
    ['a warm model without traffic', { models: { a: model(), b: model({ traffic: 0 }) } }],
    ['more than 100 requests a minute', ofModel({ autoscaling: { requestsPerMinutePerReplica: 600 } })],
    ['a shared public endpoint in a perimeter', { networkMode: NetworkMode.sharedPublic(), insidePerimeter: true }],
    ['Private Service Connect in a perimeter', { networkMode: psc, insidePerimeter: true, requestLogging: logging, models: twoModels }],
    ['one model by private services access', { networkMode: psa }],
    ['an outage where there is no other way', { networkMode: psa, allowOutage: true }],
  ])('%s', (_, over) => expect(build(over)).not.toThrow());
});

describe('VertexEndpoint warns of', () => {
  const warnings = (over: Partial<VertexEndpointProps>): string[] =>
    annotations(
      stackWith((stack) => new VertexEndpoint(stack, 'Chat', endpoint(over))),
      'warn',
    );

  it.each<[string, Partial<VertexEndpointProps>, string]>([
    [
      'a machine that no table has',
      machine('x9-giga-3', 'NVIDIA_GB200', 4),
      'models.stable.machine: x9-giga-3 is not in the table of machines, so nobody has checked its accelerators.',
    ],
    [
      'GPUs that nobody uses',
      machine('g2-standard-12'),
      'models.stable.machine: g2-standard-12 has GPUs, but no accelerator is given: Vertex AI may refuse it, or leave them unused.',
    ],
    [
      'a model of another location',
      named('projects/acme-models/locations/us-central1/models/support-chat@7'),
      'models.stable.model is in us-central1, its endpoint in europe-west4: Vertex AI may refuse to deploy it. Copy the model to europe-west4.',
    ],
  ])('%s', (_, over, message) => expect(warnings(over)).toEqual([`test-stack/Chat: ${message}`]));

  it('nothing else', () => expect(warnings({})).toEqual([]));
});
