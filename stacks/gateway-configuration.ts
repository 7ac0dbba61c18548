import type { Construct } from 'constructs';
import type { Environment } from '../configuration';
import { ConfigurationLint, LiteLlmConfiguration, type ModelDeployment, type ModelGroups, type Usage } from '../constructs/gateway/config';
import type { GatewaySection } from './gateway';
import { aliasesOf } from './gateway-clients';
import { accessLimits } from './gateway-keys';
import { modelSource } from './gateway-model-source';

type Group = GatewaySection['models'][string];
type Deployment = Group['deployments'][number];

export interface GatewayConfigurationOptions {
  /** Redis is there. */
  readonly redis: boolean;
  /** Most instances that run at a time. */
  readonly instances: number;
  /** Size of each worker's database pool. Default: that of the construct. */
  readonly connectionsPerWorker?: number;
  /** ISO date at which models are judged. Default: today. */
  readonly today?: string;
}

/** LiteLLM's configuration, as the environment file describes it. What the linter finds holds up the stack, or is said with it. */
export function gatewayConfiguration(
  scope: Construct,
  environment: Environment,
  gateway: GatewaySection,
  options: GatewayConfigurationOptions,
): LiteLlmConfiguration {
  const configuration = liteLlmConfiguration(environment, gateway, options);
  new ConfigurationLint(scope, 'Configuration', { configuration, section: 'gateway' });
  return configuration;
}

/** The same without a stack, for what only asks: `secrets` names what it reads. */
export const liteLlmConfiguration = (
  environment: Environment,
  gateway: GatewaySection,
  options: GatewayConfigurationOptions,
): LiteLlmConfiguration =>
  new LiteLlmConfiguration({
    ...options,
    models: modelGroups(environment, gateway),
    aliases: aliasesOf(gateway),
    limits: accessLimits(gateway),
    requests: gateway.requests,
    usage: usageOf(environment, gateway),
    extra: gateway.extra,
    masterKeySecret: gateway.masterKey,
    imageVersion: gateway.image.version,
  });

const modelGroups = (environment: Environment, { models }: GatewaySection): ModelGroups =>
  Object.fromEntries(
    Object.entries(models).map(([name, { description: _description, deployments, ...group }]) => [
      name,
      { ...group, deployments: deployments.map((deployment) => deploymentOf(environment, deployment)) },
    ]),
  );

const deploymentOf = (environment: Environment, deployment: Deployment): ModelDeployment => ({
  source: modelSource(environment, deployment),
  traffic: deployment.traffic,
  caps: deployment.caps,
  maxInputTokens: deployment.maxInputTokens,
  price: deployment.price,
  extra: deployment.extra,
});

function usageOf({ project }: Environment, { usage }: GatewaySection): Usage {
  const { otel, langfuse, pubSub, ...same } = usage.callbacks;
  return {
    callbacks: {
      ...same,
      otel: otel && { endpoint: otel.endpoint, protocol: otel.protocol, headersSecret: otel.headers },
      langfuse: langfuse && { host: langfuse.host, publicKeySecret: langfuse.publicKey, secretKeySecret: langfuse.secretKey },
      pubSub: pubSub && { ...pubSub, projectId: project.id },
    },
    licenceSecret: usage.enterpriseLicence,
    recordPrompts: usage.recordPrompts,
    spendTagHeaders: usage.spendTagHeaders,
    spendEverySeconds: usage.spendEverySeconds,
  };
}
