import { answers, HEAD } from '../support/answers';

const GATEWAY = `images: { repositories: { gateway: {} } }
secrets: { gateway-master-key: { source: generated, prefix: sk- }, gateway-salt-key: { source: generated } }
managedModels: { gemini-3.8-flash: {}, gemini-3.5-flash-lite: {} }
modelGarden: { gemma: { model: Qwen/Qwen3-8B, machine: { type: g2-standard-12 } } }
endpoints:
  inside: { network: { mode: private-service-connect }, models: { a: { model: projects/p/locations/europe-west4/models/m@1, machine: { type: n1-standard-2 }, traffic: 100 } } }
gateway:
  image: { repository: gateway, name: litellm, digest: "sha256:${'0'.repeat(64)}", version: 1.106.2 }
  saltKey: { confirmed: gateway-salt-key/1 }
`;

/** Lines of the file from the 15th on, under `gateway`. */
const withGateway = (...lines: string[]): string => `${HEAD}${GATEWAY}${lines.map((line) => `  ${line}\n`).join('')}`;

/** A group of deployments, each on a line of its own from the 18th on. */
const withDeployments = (...deployments: string[]): string =>
  withGateway('models:', '  light:', '    deployments:', ...deployments.map((text) => `      - { ${text} }`));

describe('model groups', () => {
  answers('as they should be', withDeployments('provider: managed, model: gemini-3.8-flash'), []);
  answers(
    'of every kind',
    withDeployments(
      'provider: managed, model: gemini-3.8-flash, traffic: 50, caps: { requestsPerMinute: 60, tokensPerMinute: 1000, parallelRequests: 4 }',
      'provider: model-garden, endpoint: gemma, endpointId: "123456", traffic: 10',
      'provider: tuned-gemini, endpointId: "1234567890123456789", location: europe-west4, baseModel: gemini-3.5-flash, traffic: 10',
      'provider: partner, model: meta/llama-3.3-70b-instruct-maas, location: us-central1, price: { input: 0.7, output: 0.7 }, traffic: 10',
      'provider: ai-studio, model: gemini-3.8-flash, key: gateway-salt-key, traffic: 10',
      'provider: openai-compatible, model: "llama3:8b", url: "http://10.0.0.9:11434/v1", maxInputTokens: 8192, traffic: 10',
    ),
    [],
  );
  answers(
    'that do not share 100',
    withDeployments(
      'provider: managed, model: gemini-3.8-flash, traffic: 95',
      'provider: managed, model: gemini-3.5-flash-lite, traffic: 20',
    ),
    [
      '17:7  gateway.models.light.deployments  the traffic of the deployments sums to 115: 95 + 20\nMake it 100; one that says nothing has 100.',
    ],
  );
  answers('with a managed model that is not listed', withDeployments('provider: managed, model: gemini-3.8-flsh'), [
    '18:39  gateway.models.light.deployments.0.model  managedModels has no gemini-3.8-flsh\nDid you mean gemini-3.8-flash?',
  ]);
  answers('on an endpoint that is not there', withDeployments('provider: endpoint, endpoint: support'), [
    '18:43  gateway.models.light.deployments.0.endpoint  endpoints has no support\nThere are: inside.',
  ]);
  answers('on an endpoint without a way to it', withDeployments('provider: endpoint, endpoint: inside'), [
    "18:43  gateway.models.light.deployments.0.endpoint  the gateway's network has no way to it: endpoints.inside.network has no serviceAttachment\nDeploy the endpoint first, and give it the service attachment that it then has.",
  ]);
  answers('in Model Garden, by a name that is not there', withDeployments('provider: model-garden, endpoint: gema, endpointId: "1"'), [
    '18:47  gateway.models.light.deployments.0.endpoint  modelGarden has no gema\nDid you mean gemma?',
  ]);
  answers('in Model Garden, without an id', withDeployments('provider: model-garden, endpoint: gemma'), [
    '18:13  gateway.models.light.deployments.0.endpointId  is missing\nAdd it under gateway.models.light.deployments.0. Id of the endpoint, known after its first deploy: Vertex AI chooses it.',
  ]);
  answers('with a key that is not there', withDeployments('provider: ai-studio, model: gemini-3.8-flash, key: studio'), [
    '18:64  gateway.models.light.deployments.0.key  secrets has no studio\nThere are: gateway-master-key, gateway-salt-key.',
  ]);
  answers('of another kind', withDeployments('provider: vertex, model: gemini-3.8-flash'), [
    '18:23  gateway.models.light.deployments.0.provider  vertex is not one of managed, endpoint, model-garden, tuned-gemini, partner, ai-studio, openai-compatible',
  ]);
  answers('with a misspelt key', withDeployments('provider: managed, model: gemini-3.8-flash, trafic: 100'), [
    '18:57  gateway.models.light.deployments.0.trafic  unknown key\nDid you mean traffic? Allowed with provider: managed: provider, model, traffic, caps, maxInputTokens, price, extra.',
  ]);
  answers('with a URL that is none', withDeployments('provider: openai-compatible, model: llama3, url: 10.0.0.9:11434'), [
    '18:62  gateway.models.light.deployments.0.url  10.0.0.9:11434 is not the base URL of an OpenAI API, e.g. http://10.10.0.8:11434/v1',
  ]);
});

describe('requests and usage', () => {
  answers('with a retry too many', withGateway('requests: { retries: { rateLimit: 9 } }'), [
    '15:37  gateway.requests.retries.rateLimit  9 is not a whole number from 0 to 5',
  ]);
  answers('with a safety threshold that is none', withGateway('requests: { safety: { harassment: high } }'), [
    '15:37  gateway.requests.safety.harassment  high is not one of off, only-high, medium-and-above, low-and-above',
  ]);
  answers(
    'with secrets that are not there',
    withGateway('usage: { callbacks: { langfuse: { publicKey: lf-public, secretKey: gateway-salt-key } } }'),
    ['15:48  gateway.usage.callbacks.langfuse.publicKey  secrets has no lf-public\nThere are: gateway-master-key, gateway-salt-key.'],
  );
  answers('with a variable of no secret', withGateway('extra: { secrets: { SLACK_TOKEN: slack } }'), [
    '15:36  gateway.extra.secrets.SLACK_TOKEN  secrets has no slack\nThere are: gateway-master-key, gateway-salt-key.',
  ]);
});
