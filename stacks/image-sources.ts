import type { Environment } from '../configuration';
import type { EnvironmentStack } from '../constructs/core';
import { guardImageSources } from '../constructs/images';
import { guardUpstreams } from '../constructs/pull-through-cache';
import { RegistryStack } from './registry';
import { upstreamPolicy } from './upstream-policy';

/** Holds every stack of an environment to what its tier says about images: in Google Cloud and AWS, constructs and raw resources. */
export function guardStacks(environment: Environment, stacks: readonly EnvironmentStack[]): void {
  const policy = upstreamPolicy(environment);
  for (const stack of stacks) {
    // A registry guards its own stack.
    if (!(stack instanceof RegistryStack)) guardUpstreams(stack, policy);
    guardImageSources(stack, policy);
  }
}
