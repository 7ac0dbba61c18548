import { EcrPullThroughCacheRule } from '@cdktf/provider-aws/lib/ecr-pull-through-cache-rule';
import { Construct } from 'constructs';
import { Checks, TerraformData } from '../core';
import { CredentialsSecret } from './credentials-secret';
import type { EcrRegistry } from './ecr-registry';
import { accounts, type Statement } from './policy';
import { checkCachePrefix, ROOT } from './prefix';
import { checkPrincipal, type PullGrant, pullStatement } from './pull-grant';
import { checkSettings, type RepositorySettings } from './repository-settings';
import { ServiceRole } from './service-role';
import type { Upstream } from './upstream';
import { upstreamProblems } from './upstream-guard';
import { warnOfCache } from './warnings';

export interface CacheRuleProps {
  /** The registry that gets the cache. */
  readonly registry: EcrRegistry;
  /** What stands before the upstream's name of an image: 2 to 30 characters, or ROOT for nothing. Another prefix is another cache. */
  readonly prefix: string;
  /** What is cached. Another upstream is another cache. */
  readonly upstream: Upstream;
  /**
   * Of the repositories that pulling makes.
   * @default tags move, and untagged images expire after 14 days
   */
  readonly repositories?: RepositorySettings;
}

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html#pull-through-cache-considerations */
const UNSUPPORTED_REGIONS = ['cn-north-1', 'cn-northwest-1', 'us-gov-east-1', 'us-gov-west-1'];
const IMPORT = 'ecr:BatchImportUpstreamImage';

/** The rule of a cache, with what it needs to reach its upstream. What its repositories get is in a creation template beside it. */
export class CacheRule extends Construct {
  readonly resource: EcrPullThroughCacheRule;
  /** What is cached. */
  readonly upstream: Upstream;
  /** What stands before the upstream's name of an image. */
  readonly prefix: string;
  private readonly registry: EcrRegistry;
  private readonly grants: boolean[] = [];

  constructor(scope: Construct, id: string, { registry, prefix, upstream, repositories = {} }: CacheRuleProps) {
    super(scope, id);
    this.registry = registry;
    this.prefix = prefix;
    this.upstream = upstream;
    this.check(repositories);

    const { access } = upstream;
    const role = access.needs === 'role' ? this.importRole() : undefined;
    const secret =
      access.needs === 'secret' && access.credentials.source.kind === 'variable'
        ? new CredentialsSecret(this, 'Credentials', { ...access.credentials.source.written, prefix })
        : undefined;
    const existing = access.needs === 'secret' && access.credentials.source.kind === 'existing' ? access.credentials.source.arn : undefined;
    // ECR refuses to take credentials or role away from a rule, and the provider tries it in place. A rule of another kind is another rule:
    // the plan shows this change beside the replacement.
    const kind = new TerraformData(this, 'Access', { input: access.needs });
    this.resource = new EcrPullThroughCacheRule(this, 'Resource', {
      ecrRepositoryPrefix: prefix,
      upstreamRegistryUrl: upstream.url,
      upstreamRepositoryPrefix: upstream.repositoryPrefix,
      credentialArn: secret?.resource.arn ?? existing,
      customRoleArn: role?.role.arn,
      dependsOn: [...(role ? [role.policy] : []), ...(secret ? [secret.version] : [])],
      lifecycle: { replaceTriggeredBy: [`${kind.terraformResourceType}.${kind.friendlyUniqueId}`] },
    });
    warnOfCache(this, { prefix, upstream, tagMutability: repositories.tagMutability, grants: this.grants });
  }

  /** What an image of the upstream is called here, e.g. `123456789012.dkr.ecr.eu-central-1.amazonaws.com/docker-hub`. */
  get address(): string {
    const { host } = this.registry.location;
    return this.prefix === ROOT ? host : `${host}/${this.prefix}`;
  }

  /**
   * Set for an upstream in another account: what the policy of that account's registry has to say, so that this cache may pull. Its scope
   * (REGISTRY_POLICY_SCOPE) must be V2.
   */
  get upstreamStatement(): Statement | undefined {
    const { registry, repositoryPrefix } = this.upstream;
    const here = this.registry.location;
    if (registry === undefined || repositoryPrefix === undefined || registry.accountId === here.accountId) return undefined;
    return {
      Effect: 'Allow',
      Principal: accounts(here.account),
      Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', IMPORT, 'ecr:GetImageCopyStatus'],
      Resource: [registry.repositories(repositoryPrefix)],
    };
  }

  /**
   * Lets a role or user pull, by the policy of the registry. It needs `ecr:GetAuthorizationToken` by a policy of its own; Lambda cannot pull
   * through a cache at all.
   * @param principal ARN
   */
  grantPull(principal: string, { firstPull }: PullGrant): void {
    const check = new Checks(this);
    checkPrincipal(check, principal, this.registry.location, firstPull);
    check.done();
    const further = [IMPORT, ...(firstPull ? ['ecr:CreateRepository'] : [])];
    this.registry.addStatement(pullStatement(this.registry.location, this.prefix, principal, further));
    this.grants.push(firstPull);
  }

  private check(repositories: RepositorySettings): void {
    const { registry, prefix, upstream } = this;
    const { location } = registry;
    const check = new Checks(this);
    checkCachePrefix(check, 'prefix', prefix);
    registry.reserve(check, prefix, this);
    upstream.check(check, location);
    check.that(
      () => prefix !== ROOT || upstream.repositoryPrefix === undefined || upstream.repositoryPrefix === ROOT,
      `\`prefix\`: with ROOT here the upstream's prefix must be ROOT too, got: "${upstream.repositoryPrefix}".`,
      prefix,
      upstream.repositoryPrefix,
    );
    checkSettings(check, repositories, location);
    check.that(
      () => !UNSUPPORTED_REGIONS.includes(location.region),
      `ECR has no pull-through caches in ${location.region}. Copy the images that you need into a repository there.`,
      location.region,
    );
    for (const problem of upstreamProblems(registry.upstreams, prefix, upstream)) check.add(problem);
    check.done();
  }

  /** https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-private.html */
  private importRole(): ServiceRole {
    const { upstream, registry, prefix } = this;
    const here = registry.location.repositories(prefix);
    const there = upstream.registry!.repositories(upstream.repositoryPrefix!);
    const read = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', IMPORT, 'ecr:GetImageCopyStatus'];
    // CreateRepository is not in AWS's list, but pulls from a private registry fail without (aws/containers-roadmap#2643).
    const write = ['ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload', 'ecr:PutImage', 'ecr:CreateRepository'];
    return new ServiceRole(this, 'Role', {
      purpose: 'ecr-cache',
      registry: registry.location,
      prefix,
      service: 'pullthroughcache.ecr.amazonaws.com',
      statements: [
        { Effect: 'Allow', Action: ['ecr:GetAuthorizationToken'], Resource: ['*'] },
        { Effect: 'Allow', Action: read, Resource: [there, here] },
        { Effect: 'Allow', Action: write, Resource: [here] },
      ],
    });
  }
}
