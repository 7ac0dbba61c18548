import { answers, HEAD } from '../support/answers';

const STAGING = HEAD.replace('development', 'staging');
const MODEL = 'model: projects/acme-models/locations/europe-west4/models/chat@7, machine: { type: n1-standard-2 }';

/** An environment with one endpoint, its models on lines of their own from line 10 on. */
const withEndpoint = (models: string[], head = HEAD, network = '{ mode: shared-public }', more = ''): string =>
  [
    `${head}endpoints:`,
    '  chat:',
    `    network: ${network}`,
    `${more === '' ? '' : `    ${more}\n`}    models:`,
    ...models.map((model) => `      ${model}`),
    '',
  ].join('\n');

describe('what is answered to endpoints that are wrong', () => {
  answers('a split below 100', withEndpoint([`a: { ${MODEL}, traffic: 60 }`, `b: { ${MODEL}, traffic: 30 }`]), [
    '9:5  endpoints.chat.models  the traffic of the models sums to 90: a 60, b 30\nMake it 100.',
  ]);
  answers('no model', HEAD + 'endpoints:\n  chat:\n    network: { mode: shared-public }\n    models: {}\n', [
    '9:5  endpoints.chat.models  has no model\nAdd one, or remove the endpoint.',
  ]);
  answers('a part of a per cent', withEndpoint([`a: { ${MODEL}, traffic: 99.5 }`]), [
    '10:121  endpoints.chat.models.a.traffic  99.5 is not a whole number from 0 to 100',
  ]);
  answers(
    'Gemini',
    withEndpoint([`a: { model: publishers/google/models/gemini-3.8-flash, machine: { type: n1-standard-2 }, traffic: 100 }`]),
    [
      '10:19  endpoints.chat.models.a.model  publishers/google/models/gemini-3.8-flash is not a model for machines: Gemini is served by Google and called directly; list it under managedModels, and split its requests in the gateway',
    ],
  );
  answers('an open model', withEndpoint([`a: { model: publishers/meta/models/llama3, machine: { type: n1-standard-2 }, traffic: 100 }`]), [
    '10:19  endpoints.chat.models.a.model  publishers/meta/models/llama3 is not a model of the registry: open models of other publishers stand under modelGarden',
  ]);
  answers('no version', withEndpoint([`a: { model: projects/p/locations/l/models/m, machine: { type: n1-standard-2 }, traffic: 100 }`]), [
    '10:19  endpoints.chat.models.a.model  projects/p/locations/l/models/m is not a version of a model in the registry: projects/PROJECT/locations/LOCATION/models/MODEL@VERSION, with a number as version',
  ]);
  answers(
    'an accelerator',
    withEndpoint([
      `a: { model: projects/p/locations/l/models/m@1, machine: { type: g2-standard-4, accelerator: { type: NVIDIA_L5 } }, traffic: 100 }`,
    ]),
    [
      '10:107  endpoints.chat.models.a.machine.accelerator.type  NVIDIA_L5 is not one of NVIDIA_TESLA_P100, NVIDIA_TESLA_V100, NVIDIA_TESLA_P4, NVIDIA_TESLA_T4, NVIDIA_TESLA_A100, NVIDIA_A100_80GB, NVIDIA_L4, NVIDIA_H100_80GB, NVIDIA_H100_MEGA_80GB, NVIDIA_H200_141GB, NVIDIA_B200, NVIDIA_GB200, NVIDIA_RTX_PRO_6000\nDid you mean NVIDIA_L4?',
    ],
  );
  answers('a network', withEndpoint([`a: { ${MODEL}, traffic: 100 }`], HEAD, '{ mode: psc }'), [
    '8:22  endpoints.chat.network.mode  psc is not one of dedicated-public, shared-public, private-service-connect, private-services-access',
  ]);
  answers('a public endpoint in a perimeter', withEndpoint([`a: { ${MODEL}, traffic: 100 }`], STAGING, '{ mode: dedicated-public }'), [
    '8:22  endpoints.chat.network.mode  the staging tier has a service perimeter, and dedicated public endpoints do not support VPC Service Controls\nWrite private-service-connect: it has a traffic split, streaming and dedicated capacity too.',
  ]);
  answers(
    'private services access',
    withEndpoint(
      [`a: { ${MODEL}, traffic: 50, accessLog: true }`, `b: { ${MODEL}, traffic: 50 }`],
      HEAD,
      '{ mode: private-services-access }',
      'requestLogging: { samplingPercent: 5 }',
    ),
    [
      '7:3  endpoints.chat.rollout  private-services-access holds one model at a time, so a surge, the default, has no place for the next one\nWrite recreate, and allowOutage: true when the model changes; or write private-service-connect, which changes models without an outage.',
      '8:22  endpoints.chat.network.mode  private-services-access needs the peering of the network\nGive network.privateServicesAccess a range, or write private-service-connect.',
      '9:5  endpoints.chat.requestLogging  private-services-access has no logs of requests\nRemove it, or write private-service-connect.',
      '10:5  endpoints.chat.models  private-services-access serves exactly one model, and here are 2: Vertex AI has no traffic split there\nWrite private-service-connect, which has one, or make an endpoint a model.',
      '11:136  endpoints.chat.models.a.accessLog  private-services-access has no logs of requests\nRemove it, or write private-service-connect.',
    ],
  );
  answers('replicas', withEndpoint([`a: { ${MODEL}, traffic: 100, replicas: { min: 3, max: 2, required: 4 } }`]), [
    '10:151  endpoints.chat.models.a.replicas.max  2 is less than min, 3\nMake it at least min.',
    '10:164  endpoints.chat.models.a.replicas.required  4 is more than min, 3\nMake it at most min.',
  ]);
  answers(
    'an outage without recreate',
    withEndpoint([`a: { ${MODEL}, traffic: 100 }`], HEAD, '{ mode: shared-public }', 'allowOutage: true'),
    ['9:18  endpoints.chat.allowOutage  has no meaning without rollout: recreate: a surge never takes down what serves\nRemove it.'],
  );
  answers(
    'Gemini from Model Garden',
    `${HEAD}modelGarden:\n  g: { model: publishers/google/models/gemini-3.8-flash@1, machine: { type: g2-standard-4 } }\n`,
    [
      '7:15  modelGarden.g.model  publishers/google/models/gemini-3.8-flash@1 is not a model for machines: Gemini is served by Google and called directly; list it under managedModels',
    ],
  );
  answers('no open model', `${HEAD}modelGarden:\n  g: { model: gemma, machine: { type: g2-standard-4 } }\n`, [
    '7:15  modelGarden.g.model  gemma is not an open model: publishers/PUBLISHER/models/MODEL@VERSION, or AUTHOR/MODEL on Hugging Face',
  ]);
  answers('a managed model', `${HEAD}managedModels:\n  Gemini: { location: mars }\n`, [
    '7:3  managedModels.Gemini  "Gemini" is not the id of a model, e.g. gemini-3.8-flash',
  ]);
  answers(
    'a price',
    `${HEAD}machinePrices:\n  - { machineType: e2-standard-4, usdPerHour: 0.1, region: europe-west4, asOf: yesterday, source: contract }\n`,
    ['7:80  machinePrices.0.asOf  yesterday is not a date, e.g. "2026-11-21"'],
  );
});
