import type { Environment } from '../configuration';
import { traitsOf } from './tier';

type NamedSuppression = Environment['policy']['suppressions'][string] & { readonly name: string };

/** What the policy has to know of an environment, and cannot read in its stacks. */
export interface EnvironmentPolicy {
  /** Customers depend on it. */
  readonly production: boolean;
  /** A service perimeter surrounds it. */
  readonly perimeter: boolean;
  readonly suppressions: readonly NamedSuppression[];
  /** Where the suppressions stand. Those of `shared.yaml` count as the environment's own. */
  readonly source: string;
  /** A breach that is an error stops the synthesis. */
  readonly stops: boolean;
}

/** What the tier implies, and what somebody answers for. */
export function policyOf(environment: Environment): EnvironmentPolicy {
  const { protectsData, insidePerimeter, stopsAtBreaches } = traitsOf(environment);
  const suppressions = Object.entries(environment.policy.suppressions).map(([name, suppression]) => ({ name, ...suppression }));
  return { production: protectsData, perimeter: insidePerimeter, suppressions, source: `${environment.name}.yaml`, stops: stopsAtBreaches };
}
