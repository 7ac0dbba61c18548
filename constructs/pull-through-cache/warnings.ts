import type { Construct } from 'constructs';
import { Annotations, Aspects } from '../core';
import type { TagMutability } from './tag-mutability';
import type { Upstream } from './upstream';

export interface CacheTraits {
  readonly prefix: string;
  readonly upstream: Upstream;
  readonly tagMutability: TagMutability | undefined;
  /** Of each grant, whether the principal may pull first. Read when the stack is synthesized, when all are known. */
  readonly grants: readonly boolean[];
}

/** Says of a cache what its settings allow and people do not expect. */
export function warnOfCache(construct: Construct, { prefix, upstream, tagMutability, grants }: CacheTraits): void {
  const annotations = Annotations.of(construct);
  // Tags of an approved image in a registry of one's own do not move, so that an immutable copy misses nothing.
  if (tagMutability?.freezes === true && upstream.registry === undefined) {
    annotations.addWarning(
      `A tag that is immutable in the cache ${prefix} serves for ever what it was at ${upstream.imageHost} when it was first pulled: ECR ` +
        'does not update it, and says nothing. Use TagMutability.mutable, or except the tags that move.',
    );
  }
  let told = false;
  Aspects.of(construct).add({
    visit: (node) => {
      if (node !== construct || told || grants.length === 0 || grants.includes(true)) return;
      told = true;
      annotations.addWarning(
        `Nobody who may pull from the cache ${prefix} may pull an image first: until somebody does, all pulls of it fail. Grant one of them ` +
          'firstPull.',
      );
    },
  });
}

/** Of a cache of approved images, which are named by digest as a rule. */
export function warnOfDigests(construct: Construct, prefix: string): void {
  Annotations.of(construct).addWarning(
    `The first pull of an image through the cache ${prefix} fails when it is named by digest (aws/containers-roadmap#2837). Pull each new ` +
      'image once by its tag, or promote by replication.',
  );
}
