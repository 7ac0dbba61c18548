import type { Construct } from 'constructs';
import type { EnvironmentStack } from '../../../constructs/core';
import {
  EcrRegistry,
  type EcrRegistryProps,
  PrivateRegistry,
  PullThroughCache,
  type PullThroughCacheProps,
  Upstream,
  UpstreamCredentials,
} from '../../../constructs/pull-through-cache';
import { stackWith, Template } from '../../support/template';

export const HERE = new PrivateRegistry('111122223333', 'eu-central-1');
export const CENTRAL = new PrivateRegistry('444455556666', 'eu-central-1');
export const AWS = { aws: { accountId: HERE.accountId, region: HERE.region } };
export const TOKEN = UpstreamCredentials.fromVariable({ username: 'ci', variable: 'test_token', recoveryDays: 0 });
export const SECRET = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:ecr-pullthroughcache/hub-Ab12Cd';
export const NODES = 'arn:aws:iam::111122223333:role/nodes';

/** One of each kind, by what people call it. */
export const UPSTREAMS: Readonly<Record<string, Upstream>> = {
  'Docker Hub': Upstream.dockerHub(TOKEN),
  GitHub: Upstream.gitHub(TOKEN),
  GitLab: Upstream.gitLab(TOKEN),
  Azure: Upstream.azure('acmeimages', TOKEN),
  Chainguard: Upstream.chainguard(TOKEN),
  'ECR Public': Upstream.ecrPublic(),
  'registry.k8s.io': Upstream.kubernetes(),
  Quay: Upstream.quay(),
  'ECR of another region': Upstream.otherRegion(new PrivateRegistry(HERE.accountId, 'eu-west-1'), { repositoryPrefix: 'base' }),
  'ECR of another region, with a role': Upstream.otherRegionWithRole(new PrivateRegistry(HERE.accountId, 'eu-west-1'), {
    repositoryPrefix: 'base',
  }),
  'ECR of another account': Upstream.otherAccount(CENTRAL, { repositoryPrefix: 'approved' }),
  'an existing secret': Upstream.dockerHub(UpstreamCredentials.existingSecret(SECRET)),
};

/** A stack with an AWS account. */
export const awsStack = (build: (stack: EnvironmentStack) => Construct | void): EnvironmentStack =>
  stackWith((stack) => {
    if (!stack.aws) throw new Error('has no AWS provider');
    build(stack);
  }, AWS);

export const registryOf = (stack: EnvironmentStack, props: Partial<EcrRegistryProps> = {}): EcrRegistry =>
  new EcrRegistry(stack, 'Registry', { location: HERE, allowPublicUpstreams: true, ...props });

export type CacheChanges = Partial<Omit<PullThroughCacheProps, 'registry'>>;

/** A cache in a registry, and what else is done with it. */
export function cacheStack(
  changes: CacheChanges = {},
  registry: Partial<EcrRegistryProps> = {},
  then: (cache: PullThroughCache) => void = () => {},
): EnvironmentStack {
  return awsStack((stack) => {
    const props = { prefix: 'cache', upstream: Upstream.quay(), ...changes };
    then(new PullThroughCache(stack, 'Cache', { registry: registryOf(stack, registry), ...props }));
  });
}

export const cache = (...args: Parameters<typeof cacheStack>): Template => new Template(cacheStack(...args));
