import { Construct } from 'constructs';
import { Checks } from '../core';
import { CacheRule } from './cache-rule';
import { CreationTemplate } from './creation-template';
import type { EcrRegistry } from './ecr-registry';
import { accounts, type Statement } from './policy';
import { checkCachePrefix, checkTemplatePrefix, ROOT } from './prefix';
import { checkRegistry, type PrivateRegistry } from './private-registry';
import { checkPrincipal, type PullGrant, pullStatement } from './pull-grant';
import { checkSettings, type RepositorySettings } from './repository-settings';
import { TagMutability } from './tag-mutability';
import { Upstream } from './upstream';
import { warnOfDigests } from './warnings';

export interface ImagePromotionProps {
  /** Where the images come to. */
  readonly registry: EcrRegistry;
  /** Where images are approved: somebody looked at them before they were pushed there, and their tags do not move. */
  readonly from: PrivateRegistry;
  /** Of the approved images' repositories, the same in both registries, and never ROOT. With `by: 'cache'` at most 30 characters. */
  readonly prefix: string;
  /**
   * `replication`: the other registry sends what is pushed there from now on, so that it is here before anybody asks. `cache`: it is fetched
   * when somebody pulls it for the first time.
   */
  readonly by: 'replication' | 'cache';
  /**
   * Of the repositories that come into being.
   * @default tags are immutable, and untagged images expire after 14 days
   */
  readonly repositories?: RepositorySettings;
}

/** What somebody has to do in the account that the images come from. */
export interface Counterpart {
  /** 12 digits. */
  readonly account: string;
  /** Of the registry that the images come from. */
  readonly region: string;
  /** A rule of its replication configuration, with the names of the API; or a statement of its registry's policy. */
  readonly add: { readonly replicationRule: object } | { readonly registryPolicyStatement: Statement };
}

/** Brings approved images from a central registry into this one. */
export class ImagePromotion extends Construct {
  /** Absent where nothing is to be done there: a cache of another region of the same account. */
  readonly counterpart: Counterpart | undefined;
  private readonly cache?: CacheRule;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ImagePromotionProps,
  ) {
    super(scope, id);
    const { registry, from, prefix } = props;
    const repositories = { tagMutability: TagMutability.immutable, ...props.repositories };
    this.check(repositories);
    if (props.by === 'cache') {
      const upstream = from.accountId === registry.location.accountId ? Upstream.otherRegion : Upstream.otherAccount;
      this.cache = new CacheRule(this, 'Cache', {
        registry,
        prefix,
        upstream: upstream(from, { repositoryPrefix: prefix }),
        repositories,
      });
      warnOfDigests(this, prefix);
    } else this.letIn();
    // At one address for both: from one way to the other the template, and its role, change in place. Two of one prefix cannot be.
    const appliedFor = props.by === 'cache' ? 'PULL_THROUGH_CACHE' : 'REPLICATION';
    new CreationTemplate(this, 'Template', { ...repositories, registry: registry.location, prefix, appliedFor });
    this.counterpart = this.counterpartOf();
  }

  /** Lets a role or user pull, by the policy of the registry. It needs `ecr:GetAuthorizationToken` by a policy of its own. */
  grantPull(principal: string, grant: PullGrant): void {
    if (this.cache) return this.cache.grantPull(principal, grant);
    const { registry, prefix } = this.props;
    const check = new Checks(this);
    checkPrincipal(check, principal, registry.location, false);
    check.done();
    registry.addStatement(pullStatement(registry.location, prefix, principal, []));
  }

  private check(repositories: RepositorySettings): void {
    const { registry, from, prefix, by } = this.props;
    const check = new Checks(this);
    checkRegistry(check, 'from', from);
    (by === 'cache' ? checkCachePrefix : checkTemplatePrefix)(check, 'prefix', prefix);
    check.that(() => prefix !== ROOT, '`prefix` must be that of approved images: ROOT would promote everything.', prefix);
    check.that(() => !from.equals(registry.location), `\`from\`: the images are in the registry ${from.toString()} already.`);
    const { allowPublicUpstreams, trustedRegistries = [] } = registry.upstreams;
    check.that(
      () => allowPublicUpstreams || trustedRegistries.some((trusted) => trusted.equals(from)),
      `\`from\`: ECR of ${from.toString()} is not a trusted registry. Trusted: ${trustedRegistries.join(', ') || 'none'}.`,
    );
    if (by === 'replication') {
      registry.reserve(check, prefix, this);
      checkSettings(check, repositories, registry.location);
    }
    check.done();
  }

  /** https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry-permissions-create-replication.html */
  private letIn(): void {
    const { registry, from, prefix } = this.props;
    const { location } = registry;
    if (from.accountId === location.accountId) return;
    registry.addStatement({
      Effect: 'Allow',
      Principal: accounts(from.account),
      Action: ['ecr:CreateRepository', 'ecr:ReplicateImage'],
      Resource: [location.repositories(prefix)],
    });
  }

  private counterpartOf(): Counterpart | undefined {
    const { registry, from, prefix } = this.props;
    const there = { account: from.accountId, region: from.region };
    if (this.cache) {
      const statement = this.cache.upstreamStatement;
      return statement && { ...there, add: { registryPolicyStatement: statement } };
    }
    const { region, accountId: registryId } = registry.location;
    const replicationRule = {
      destinations: [{ region, registryId }],
      repositoryFilters: [{ filter: `${prefix}/`, filterType: 'PREFIX_MATCH' }],
    };
    return { ...there, add: { replicationRule } };
  }
}
