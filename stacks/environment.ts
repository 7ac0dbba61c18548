import type { Construct } from 'constructs';
import type { Environment } from '../configuration';
import type { EnvironmentStack } from '../constructs/core';
import { FoundationStack } from './foundation';
import { GatewayStack } from './gateway';
import { IdentityStack } from './identity';
import { guardStacks } from './image-sources';
import { InferenceStack } from './inference';
import { PerimeterStack, type PerimeterStackOptions } from './perimeter';
import { RegistryStack } from './registry';

/**
 * The stacks of an environment, in the order in which they are deployed. A stack that builds on another says so here with
 * `addDependency`, and finds what it needs there by name (`names.ts`).
 */
export function buildEnvironment(scope: Construct, environment: Environment, options: PerimeterStackOptions = {}): EnvironmentStack[] {
  const foundation = new FoundationStack(scope, environment);
  const inference = new InferenceStack(scope, environment);
  // Keys, network and subnet are found there by name.
  inference.addDependency(foundation);
  const registry = environment.registry ? [new RegistryStack(scope, environment, environment.registry)] : [];
  const perimeter = environment.perimeter ? [new PerimeterStack(scope, environment, environment.perimeter, options)] : [];
  // Once something is denied, only the restricted VIP leads to Google: it must be there before.
  for (const stack of perimeter) stack.addDependency(foundation);
  const gateway = environment.gateway ? [new GatewayStack(scope, environment, environment.gateway)] : [];
  // Made last: what deploys the others needs the roles for what is in them.
  const identity = new IdentityStack(scope, environment, [foundation, inference, ...gateway, ...perimeter, ...registry]);
  // APIs, secrets and endpoints that it grants access to are there.
  identity.addDependency(foundation);
  identity.addDependency(inference);
  for (const stack of gateway) {
    // Endpoints that it calls, and the workloads that may call it, are there.
    stack.addDependency(inference);
    stack.addDependency(identity);
  }
  const stacks = [foundation, inference, identity, ...gateway, ...perimeter, ...registry];
  guardStacks(environment, stacks);
  return stacks;
}
