import { parse } from 'yaml';
import { type Environment, loadEnvironments } from '../../configuration';
import { type LiteLlmConfiguration } from '../../constructs/gateway/config';
import { liteLlmConfiguration } from '../../stacks/gateway-configuration';
import { environmentWithGateway, TODAY } from '../support/model-groups';

const environments = loadEnvironments('environments').filter(({ gateway }) => gateway !== undefined);

const configurationIn = (environment: Environment): LiteLlmConfiguration =>
  liteLlmConfiguration(environment, environment.gateway!, { redis: environment.gateway!.redis !== undefined, instances: 1, today: TODAY });

describe.each(environments)('the configuration of $name', (environment) => {
  const configuration = configurationIn(environment);

  it('is this', () => {
    expect(configuration.yaml).toMatchSnapshot();
  });

  it('is without a finding of the linter', () => {
    expect(configuration.findings).toEqual([]);
  });

  it('names only secrets that the environment has', () => {
    expect(Object.keys(environment.secrets)).toEqual(expect.arrayContaining(Object.values(configuration.secrets)));
  });
});

describe('endpoints of the environment', () => {
  const models = {
    support: { deployments: [{ provider: 'endpoint', endpoint: 'support' }], fallbacks: ['light'] },
    gemma: { deployments: [{ provider: 'model-garden', endpoint: 'gemma', endpointId: '4242' }], fallbacks: ['light'] },
    light: { deployments: [{ provider: 'managed', model: 'gemini-3.5-flash-lite' }], lastResort: true },
  };
  const endpoint = (network: object): object => ({
    endpoints: {
      support: {
        network,
        models: {
          a: { model: 'projects/p-models/locations/europe-west4/models/support@7', machine: { type: 'n1-standard-2' }, traffic: 100 },
        },
      },
    },
  });
  const baseOf = (group: string, around: object): string => {
    const list = parse(configurationIn(environmentWithGateway({ models }, around)).yaml).model_list as {
      model_name: string;
      litellm_params: { model: string; api_base: string };
    }[];
    const { model, api_base } = list.find(({ model_name }) => model_name === group)!.litellm_params;
    // The id is in the model, the host and the path: the same one.
    return api_base.replaceAll(model.replace('vertex_ai/openai/', ''), 'ID');
  };
  const PATH = 'v1/projects/acme-ai-dev/locations/europe-west4/endpoints/ID';

  it.each([
    ['dedicated-public', { mode: 'dedicated-public' }, 'https://ID.europe-west4-123456789012.prediction.vertexai.goog'],
    ['shared-public', { mode: 'shared-public' }, 'https://europe-west4-aiplatform.googleapis.com'],
    [
      'private-service-connect',
      { mode: 'private-service-connect', serviceAttachment: 'projects/t/regions/europe-west4/serviceAttachments/a' },
      'https://ID-europe-west4-123456789012.prediction.p.vertexai.goog',
    ],
  ])('are called on the host of their network mode: %s', (_, network, host) => {
    expect(baseOf('support', endpoint(network))).toBe(`${host}/${PATH}`);
  });

  it('of Model Garden have a host of their own, and inside a perimeter the shared one', () => {
    expect(baseOf('gemma', {})).toBe(`https://ID.europe-west4-123456789012.prediction.vertexai.goog/${PATH}`);
    const inside = { tier: 'staging', ...endpoint({ mode: 'shared-public' }) };
    expect(baseOf('gemma', inside)).toBe(`https://europe-west4-aiplatform.googleapis.com/${PATH}`);
  });
});

describe('one number of the split', () => {
  it('changes its two lines, and no other', () => {
    const split = (percent: number): string[] =>
      configurationIn(
        environmentWithGateway({
          models: {
            assistant: {
              deployments: [
                { provider: 'managed', model: 'gemini-3.8-flash', traffic: 100 - percent },
                { provider: 'managed', model: 'gemini-4-argon', traffic: percent },
              ],
              fallbacks: ['light'],
            },
            light: { deployments: [{ provider: 'managed', model: 'gemini-3.5-flash-lite' }], lastResort: true },
          },
        }),
      ).yaml.split('\n');
    const [before, after] = [split(5), split(20)];
    expect(before.flatMap((line, index) => (line === after[index] ? [] : [[line.trim(), after[index]!.trim()]]))).toEqual([
      ['weight: 95', 'weight: 80'],
      ['weight: 5', 'weight: 20'],
    ]);
  });
});
