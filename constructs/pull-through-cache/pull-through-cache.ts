import type { Construct } from 'constructs';
import { CacheRule, type CacheRuleProps } from './cache-rule';
import { CreationTemplate } from './creation-template';
import { TagMutability } from './tag-mutability';

export type PullThroughCacheProps = CacheRuleProps;

/** A cache of another registry: an image that is not there yet, or was not looked at for a day, is fetched when somebody pulls it. */
export class PullThroughCache extends CacheRule {
  constructor(scope: Construct, id: string, props: PullThroughCacheProps) {
    super(scope, id, props);
    new CreationTemplate(this, 'Template', {
      tagMutability: TagMutability.mutable,
      ...props.repositories,
      registry: props.registry.location,
      prefix: props.prefix,
      appliedFor: 'PULL_THROUGH_CACHE',
    });
  }
}
