import type { EcrReplicationConfigurationReplicationConfigurationRule } from '@cdktf/provider-aws/lib/ecr-replication-configuration';
import type { Checks } from '../core';
import { checkTemplatePrefix } from './prefix';
import { checkRegistry, type PrivateRegistry } from './private-registry';

/** Images of some repositories, and where each goes when it is pushed. What was pushed before does not go. */
export interface Replication {
  /** Prefixes of the repositories, 1 to 100. */
  readonly prefixes: readonly string[];
  /** Registries that get the images, under the same name. Those of other accounts must allow it: see `ImagePromotion`. */
  readonly to: readonly PrivateRegistry[];
}

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html */
const MAX_RULES = 10;
const MAX_DESTINATIONS = 25;
const MAX_FILTERS = 100;

export function checkReplication(check: Checks, replications: readonly Replication[], location: PrivateRegistry): void {
  const destinations = new Set(replications.flatMap(({ to }) => to.map(String)));
  check.between('number of replications', replications.length, 0, MAX_RULES);
  check.between('number of destinations of all replications', destinations.size, 0, MAX_DESTINATIONS);
  for (const { prefixes, to } of replications) {
    check.between('number of prefixes of a replication', prefixes.length, 1, MAX_FILTERS);
    check.notEmpty('to', to);
    prefixes.forEach((prefix) => checkTemplatePrefix(check, 'prefixes', prefix));
    for (const registry of to) {
      checkRegistry(check, 'to', registry);
      check.that(() => !registry.equals(location), `\`to\`: the registry ${location.toString()} cannot replicate to itself.`);
    }
  }
}

export const replicationRules = (replications: readonly Replication[]): EcrReplicationConfigurationReplicationConfigurationRule[] =>
  replications.map(({ prefixes, to }) => ({
    destination: to.map(({ region, accountId }) => ({ region, registryId: accountId })),
    // With its slash: a prefix without one also matches names that only begin like it.
    repositoryFilter: prefixes.map((prefix) => ({ filter: `${prefix}/`, filterType: 'PREFIX_MATCH' })),
  }));
