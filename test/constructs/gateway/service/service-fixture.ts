import { EnvironmentStack, Testing } from '../../../../constructs/core';
import { GatewayAccount } from '../../../../constructs/gateway';
import { GatewayService, type GatewayServiceProps } from '../../../../constructs/gateway/service';
import { Principal } from '../../../../constructs/workload-identity';

export const PROJECT = 'acme-ai-dev';
export const REGION = 'europe-west4';
export const DIGEST = `sha256:${'ab'.repeat(32)}`;
export const IMAGE = `${REGION}-docker.pkg.dev/${PROJECT}/dev-gateway/litellm@${DIGEST}`;

export const secret = (name: string, version = '3') => ({ secret: `projects/${PROJECT}/secrets/dev-${name}`, version });

export const testStack = (): EnvironmentStack =>
  new EnvironmentStack(Testing.app(), 'dev-gateway', {
    environmentName: 'dev',
    projectId: PROJECT,
    region: REGION,
    labels: { team: 'ai' },
    state: { backend: 'gcs', bucket: 'acme-state', prefix: 'dev' },
  });

/** The gateway's service with the least that it takes, and these changes. */
export function gatewayService(changes: Partial<Omit<GatewayServiceProps, 'account'>> = {}, stack = testStack()) {
  const account = new GatewayAccount(stack, 'Account', { projectId: PROJECT, accountId: 'dev-gateway' });
  const service = new GatewayService(stack, 'Service', {
    projectId: PROJECT,
    region: REGION,
    name: 'dev-gateway',
    image: { uri: IMAGE, version: '1.106.2' },
    account,
    configuration: { yaml: 'model_list: []\n', variables: {}, longestRequestSeconds: 600 },
    secrets: { LITELLM_MASTER_KEY: secret('master-key') },
    saltKey: secret('salt-key', '1'),
    additions: [],
    network: { network: `projects/${PROJECT}/global/networks/dev`, subnetwork: `projects/${PROJECT}/regions/${REGION}/subnetworks/dev` },
    size: { cpu: 1, memoryGiB: 2 },
    scale: { min: 1, max: 2 },
    callers: { developers: Principal.group('developers@acme.example') },
    ...changes,
  });
  return { stack, account, service };
}
