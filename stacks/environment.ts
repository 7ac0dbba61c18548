import type { Construct } from 'constructs';
import type { Environment } from '../configuration';
import type { EnvironmentStack } from '../constructs/core';
import { FoundationStack } from './foundation';
import { guardStacks } from './image-sources';
import { InferenceStack } from './inference';
import { RegistryStack } from './registry';

/**
 * The stacks of an environment, in the order in which they are deployed. A stack that builds on another says so here with
 * `addDependency`, and finds what it needs there by name (`names.ts`).
 */
export function buildEnvironment(scope: Construct, environment: Environment): EnvironmentStack[] {
  const foundation = new FoundationStack(scope, environment);
  const inference = new InferenceStack(scope, environment);
  // Keys, network and subnet are found there by name.
  inference.addDependency(foundation);
  const registry = environment.registry ? [new RegistryStack(scope, environment, environment.registry)] : [];
  const stacks = [foundation, inference, ...registry];
  guardStacks(environment, stacks);
  return stacks;
}
