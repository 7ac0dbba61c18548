import { boundedName, NAME_LIMITS } from '../constructs/core';
import type { Environment } from '../configuration';

/**
 * Names by which stacks find what other stacks have made. They are computed, never read from another stack's state: so each stack can
 * be planned alone, and a plan cannot be wrong about an upstream change that has not been deployed yet.
 */

/** What an environment is made of; a stack each. A concern has no dash: everything before the last dash is the environment. */
export type Concern = 'foundation';

export const stackId = ({ name }: Environment, concern: Concern): string => `${name}-${concern}`;

export const networkName = ({ name }: Environment): string => boundedName([name], NAME_LIMITS.rfc1035);

/** @param key as in the environment file, under `secrets` */
export const secretId = ({ name }: Environment, key: string): string => boundedName([name, key], NAME_LIMITS.secret);

/** @param key as in the environment file, under `images.repositories` or `images.remotes` */
export const repositoryName = ({ name }: Environment, key: string): string => boundedName([name, key], NAME_LIMITS.repository);

export const keyRingName = ({ name, region }: Environment): string => boundedName([name, region], NAME_LIMITS.kms);
