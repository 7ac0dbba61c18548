import type { Environment } from '../configuration';
import { boundedName, NAME_LIMITS } from '../constructs/core/names';
import type { Desired, KeySettings, Limits, TeamSettings } from './settings';

type Gateway = NonNullable<Environment['gateway']>;

/** Short name of the secret that holds a key. @param key as in the environment file, under `gateway.keys` */
export const keySecretId = ({ name }: Environment, key: string): string => boundedName([name, 'key', key], NAME_LIMITS.secret);

/** Teams and keys as the environment file has them; undefined without a gateway. */
export function desiredOf(environment: Environment): Desired | undefined {
  const { gateway, project } = environment;
  if (!gateway) return undefined;
  const secret = (id: string) => `projects/${project.id}/secrets/${id}`;
  return {
    environment: environment.name,
    masterKeySecret: secret(boundedName([environment.name, gateway.masterKey], NAME_LIMITS.secret)),
    teams: mapValues(gateway.teams, teamOf),
    keys: mapValues(gateway.keys, (key, name) => keyOf(key, secret(keySecretId(environment, name)))),
  };
}

const limitsOf = ({ budget, requestsPerMinute, tokensPerMinute }: Limits): Limits => ({ budget, requestsPerMinute, tokensPerMinute });

const teamOf = (team: Gateway['teams'][string]): TeamSettings => ({ models: team.models, ...limitsOf(team) });

const keyOf = (key: Gateway['keys'][string], secret: string): KeySettings => {
  const { version, overlapHours, team, models, expires, parallelRequests } = key;
  return { secret, version, overlapHours, team, models, expires, parallelRequests, ...limitsOf(key) };
};

const mapValues = <T, U>(record: Readonly<Record<string, T>>, change: (value: T, name: string) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, name)]));
