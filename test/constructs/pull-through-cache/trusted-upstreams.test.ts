import { EcrPullThroughCacheRule } from '@cdktf/provider-aws/lib/ecr-pull-through-cache-rule';
import { ImagePromotion, Upstream } from '../../../constructs/pull-through-cache';
import { Template } from '../../support/template';
import { awsStack, cache, CENTRAL, registryOf } from './stack';

describe('where public upstreams are not allowed', () => {
  it.each<[string, () => unknown, RegExp]>([
    [
      'a public upstream',
      () => cache({}, { allowPublicUpstreams: false, trustedRegistries: [CENTRAL] }),
      /^test-stack\/Cache: quay\.io is a public upstream, which is not allowed here: .* \(444455556666 in eu-central-1\)/,
    ],
    [
      'a registry that nobody trusts',
      () => cache({ upstream: Upstream.otherAccount(CENTRAL, { repositoryPrefix: 'ab' }) }, { allowPublicUpstreams: false }),
      /ECR of 444455556666 in eu-central-1, is not a trusted registry\. Trusted: none\./,
    ],
    [
      'all of a trusted registry',
      () =>
        cache(
          { upstream: Upstream.otherAccount(CENTRAL, { repositoryPrefix: 'ROOT' }) },
          { allowPublicUpstreams: false, trustedRegistries: [CENTRAL] },
        ),
      /the upstream's prefix is ROOT, which opens also what it caches/,
    ],
    [
      'every name',
      () =>
        cache(
          { prefix: 'ROOT', upstream: Upstream.otherAccount(CENTRAL, { repositoryPrefix: 'ROOT' }) },
          { allowPublicUpstreams: false, trustedRegistries: [CENTRAL] },
        ),
      /the prefix ROOT makes a cache of every repository name/,
    ],
    [
      'a promotion from elsewhere',
      () =>
        awsStack((stack) => {
          const registry = registryOf(stack, { allowPublicUpstreams: false });
          return new ImagePromotion(stack, 'Approved', { registry, from: CENTRAL, prefix: 'approved', by: 'cache' });
        }),
      /`from`: ECR of 444455556666 .* is not a trusted registry/,
    ],
    [
      'a raw rule',
      () =>
        new Template(
          awsStack((stack) => {
            registryOf(stack, { allowPublicUpstreams: false });
            new EcrPullThroughCacheRule(stack, 'Raw', { ecrRepositoryPrefix: 'hub', upstreamRegistryUrl: 'public.ecr.aws' });
          }),
        ),
      /^test-stack: test-stack\/Raw: public\.ecr\.aws is a public upstream/,
    ],
    [
      'a rule that becomes another one by an override',
      () =>
        cache(
          { upstream: Upstream.otherAccount(CENTRAL, { repositoryPrefix: 'ab' }) },
          { allowPublicUpstreams: false, trustedRegistries: [CENTRAL] },
          (made) => made.resource.addOverride('upstream_registry_url', 'quay.io'),
        ),
      /test-stack\/Cache\/Resource: quay\.io is a public upstream/,
    ],
    [
      'a raw rule whose upstream only Terraform knows',
      () =>
        new Template(
          awsStack((stack) => {
            registryOf(stack, { allowPublicUpstreams: false });
            const other = new EcrPullThroughCacheRule(stack, 'Raw', {
              ecrRepositoryPrefix: 'hub',
              upstreamRegistryUrl: `${stack.aws.fqn}`,
            });
            other.upstreamRegistryUrl = other.registryId;
          }),
        ),
      /the upstream is known only to Terraform/,
    ],
  ])('%s is refused', (_, build, message) => expect(build).toThrow(message));

  it('a named part of a trusted registry is taken', () => {
    const upstream = Upstream.otherAccount(CENTRAL, { repositoryPrefix: 'approved' });
    expect(() => cache({ upstream }, { allowPublicUpstreams: false, trustedRegistries: [CENTRAL] })).not.toThrow();
  });
});
