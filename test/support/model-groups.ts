import { parse } from 'yaml';
import type { Environment } from '../../configuration';
import type { LiteLlmConfiguration } from '../../constructs/gateway/config';
import { liteLlmConfiguration } from '../../stacks/gateway-configuration';
import { minimalEnvironment } from './minimal-environment';

/** Day at which the models of the tests are judged. */
export const TODAY = '2026-11-21';

const IMAGE = { repository: 'gateway', name: 'litellm', digest: `sha256:${'a'.repeat(64)}`, version: '1.106.2' };

const managed = ['gemini-3.8-flash', 'gemini-4-argon', 'gemini-3.5-flash-lite', 'gemini-3.1-pro-preview', 'gemini-3-flash-preview'];

/** What a gateway's models refer to. */
const AROUND = {
  images: { repositories: { gateway: {} } },
  secrets: {
    'gateway-master-key': { source: 'generated', prefix: 'sk-' },
    'gateway-salt-key': { source: 'generated' },
    'anthropic-api-key': { source: 'provided' },
    'alert-webhook': { source: 'provided' },
    'ai-studio-key': { source: 'provided' },
  },
  managedModels: Object.fromEntries(managed.map((id) => [id, { location: 'global' }])),
  endpoints: {
    support: {
      network: { mode: 'dedicated-public' },
      models: {
        stable: { model: 'projects/p-models/locations/europe-west4/models/support@7', machine: { type: 'n1-standard-2' }, traffic: 100 },
      },
    },
  },
  modelGarden: { gemma: { model: 'publishers/google/models/gemma3@gemma-3-12b-it', machine: { type: 'g2-standard-12' } } },
};

/** An environment whose file says this under `gateway`, as YAML or data, beside what every gateway must say. */
export function environmentWithGateway(given: string | object, around: object = {}): Environment {
  const section = (typeof given === 'string' ? parse(given) : given) as { image?: object; saltKey?: object };
  const gateway = { saltKey: { confirmed: 'gateway-salt-key/1' }, ...section, image: { ...IMAGE, ...section.image } };
  return minimalEnvironment({ ...AROUND, ...around, gateway });
}

/** LiteLLM's configuration of such an environment. */
export function configurationOf(
  given: string | object,
  options: { redis?: boolean; around?: object; today?: string } = {},
): LiteLlmConfiguration {
  const environment = environmentWithGateway(given, options.around);
  const gateway = environment.gateway!;
  const instances = gateway.scale?.max ?? 1;
  return liteLlmConfiguration(environment, gateway, { redis: options.redis ?? false, instances, today: options.today ?? TODAY });
}
