import type { IConstruct } from 'constructs';
import { synthesizedResources, Token } from '../core';
import { ROOT } from './prefix';
import { PrivateRegistry } from './private-registry';
import type { Upstream } from './upstream';

/** Which registries images may come from. */
export interface UpstreamPolicy {
  /** False: images come from trusted registries only, and no prefix opens the whole of one. */
  readonly allowPublicUpstreams: boolean;
  /**
   * Registries of ECR whose images were looked at before they got there.
   * @default none
   */
  readonly trustedRegistries?: readonly PrivateRegistry[];
}

interface Rule {
  readonly prefix: unknown;
  readonly url: unknown;
  readonly upstreamPrefix: unknown;
}

/**
 * Holds every pull-through cache rule of a stack to a policy, also one that is no `PullThroughCache`. The problems are found when the
 * stack is synthesized; of a `PullThroughCache` they are found at once.
 */
export function guardUpstreams(scope: IConstruct, policy: UpstreamPolicy): void {
  scope.node.addValidation({
    validate: () =>
      synthesizedResources(scope, ['aws_ecr_pull_through_cache_rule']).flatMap(({ construct, arguments: given }) =>
        problemsOf(policy, {
          prefix: given['ecr_repository_prefix'],
          url: given['upstream_registry_url'],
          upstreamPrefix: given['upstream_repository_prefix'],
        }).map((problem) => `${construct.node.path}: ${problem}`),
      ),
  });
}

/** What the policy has against a cache of the upstream. */
export const upstreamProblems = (policy: UpstreamPolicy, prefix: string, { url, repositoryPrefix }: Upstream): string[] =>
  problemsOf(policy, { prefix, url, upstreamPrefix: repositoryPrefix });

function problemsOf({ allowPublicUpstreams, trustedRegistries = [] }: UpstreamPolicy, { prefix, url, upstreamPrefix }: Rule): string[] {
  if (allowPublicUpstreams) return [];
  const trusted = trustedRegistries.length === 0 ? 'none' : trustedRegistries.join(', ');
  if (typeof url !== 'string' || Token.isUnresolved(url)) {
    return [`the upstream is known only to Terraform, and only trusted registries may be one here (${trusted}). Write it as text.`];
  }
  const registry = PrivateRegistry.fromHost(url);
  if (registry === undefined) {
    return [
      `${url} is a public upstream, which is not allowed here: what is replaced or deleted there would come in unseen. ` +
        `Pull from a trusted registry (${trusted}), or receive its images by replication.`,
    ];
  }
  const problems: string[] = [];
  if (!trustedRegistries.some((each) => each.equals(registry))) {
    problems.push(`the upstream, ECR of ${registry.toString()}, is not a trusted registry. Trusted: ${trusted}.`);
  }
  if (prefix === ROOT) problems.push('the prefix ROOT makes a cache of every repository name. Give it the prefix of the images you need.');
  if (upstreamPrefix === ROOT || upstreamPrefix === undefined) {
    problems.push(
      "the upstream's prefix is ROOT, which opens also what it caches of public registries. Name the prefix of its approved images.",
    );
  }
  return problems;
}
