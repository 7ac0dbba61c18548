import type { Environment } from '../../../configuration';
import { minimalEnvironment } from '../../support/minimal-environment';

export const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;

const IMAGE = { repository: 'gateway', name: 'litellm', digest: digest('1'), version: '1.106.2' };
const AUTH_PROXY = { repository: 'gateway', digest: digest('f') };

/** A database that only the auth proxy gets into, with a password. */
export const databaseWithPassword = (version: number): object => ({
  login: { kind: 'password', version, authProxy: AUTH_PROXY },
  clientCertificates: true,
  tier: 'db-custom-4-15360',
});

const managed = (model: string): object => ({ provider: 'managed', model });

const SECRETS = {
  'gateway-master-key': { source: 'generated', prefix: 'sk-', length: 48 },
  'gateway-salt-key': { source: 'generated', length: 48 },
};

const SMALLEST = {
  image: IMAGE,
  saltKey: { confirmed: 'gateway-salt-key/1' },
  models: {
    assistant: { deployments: [managed('gemini-3.8-flash')], fallbacks: ['light'] },
    light: { deployments: [managed('gemini-3.5-flash-lite')], lastResort: true },
  },
};

const AROUND = {
  images: { repositories: { gateway: {} } },
  managedModels: { 'gemini-3.8-flash': { location: 'eu' }, 'gemini-3.5-flash-lite': { location: 'eu' } },
  identity: { invokers: { developers: { kind: 'group', email: 'developers@acme.example' } } },
};

/** What a test changes of an environment with a gateway. */
export interface GatewayChanges {
  readonly gateway?: object;
  readonly secrets?: object;
  readonly environment?: object;
}

/** The smallest gateway, with these changes. */
export const smallestGateway = ({ gateway = {}, secrets = {}, environment = {} }: GatewayChanges = {}): Environment =>
  minimalEnvironment({ ...AROUND, ...environment, secrets: { ...SECRETS, ...secrets }, gateway: { ...SMALLEST, ...gateway } });

/** As production has it: everything that its tier asks for. */
export const productionGateway = ({ gateway = {}, secrets = {}, environment = {} }: GatewayChanges = {}): Environment =>
  smallestGateway({
    environment: { tier: 'production', encryption: {}, ...environment },
    secrets,
    gateway: {
      database: { login: { kind: 'iam', authProxy: AUTH_PROXY } },
      redis: {},
      frontDoor: { kind: 'external', domains: { 'llm.acme.example': { zone: { name: 'acme-example' } } } },
      ...gateway,
    },
  });

/** Everything on, but a canary, which needs a revision beside it. */
export const wholeGateway = ({ gateway = {}, secrets = {}, environment = {} }: GatewayChanges = {}): Environment =>
  productionGateway({
    environment: {
      network: { subnet: '10.0.0.0/22', nat: true },
      identity: {
        providers: { github: { issuer: 'github', ownerId: '6154722', repositories: { 'acme/gateway': '914028375' } } },
        deploy: { provider: 'github', repository: 'acme/gateway', applyEnvironment: 'prod' },
        invokers: {
          developers: { kind: 'group', email: 'developers@acme.example' },
          web: { kind: 'everybody', reason: 'keys of the gateway are enough' },
        },
      },
      ...environment,
    },
    secrets: {
      'vendor-key': { source: 'provided', value: 'variable', version: 2 },
      'studio-key': { source: 'provided' },
      ...secrets,
    },
    gateway: {
      secretVersions: { 'studio-key': 4 },
      models: {
        ...SMALLEST.models,
        vendor: {
          deployments: [{ provider: 'openai-compatible', model: 'large', url: 'https://api.vendor.example/v1', key: 'vendor-key' }],
          fallbacks: ['assistant'],
        },
        studio: { deployments: [{ provider: 'ai-studio', model: 'gemini-3.8-flash', key: 'studio-key' }], fallbacks: ['light'] },
      },
      database: databaseWithPassword(2),
      size: { cpu: 2, memoryGiB: 8 },
      scale: { min: 2, max: 6, concurrency: 60 },
      attempt: 2,
      ...gateway,
    },
  });
