import { boundedName, NAME_LIMITS } from '../constructs/core';
import type { Environment } from '../configuration';

/**
 * Names by which stacks find what other stacks have made. They are computed, never read from another stack's state: so each stack can
 * be planned alone, and a plan cannot be wrong about an upstream change that has not been deployed yet.
 */

/** What an environment is made of; a stack each. A concern has no dash: everything before the last dash is the environment. */
export type Concern = 'foundation' | 'inference' | 'identity' | 'gateway' | 'perimeter' | 'registry';

export const stackId = ({ name }: Environment, concern: Concern): string => `${name}-${concern}`;

export const networkName = ({ name }: Environment): string => boundedName([name], NAME_LIMITS.rfc1035);

/** @param project ID; Vertex AI wants the number. Default: the ID. */
export const networkId = (environment: Environment, project = environment.project.id): string =>
  `projects/${project}/global/networks/${networkName(environment)}`;

/** Of the network's subnet in the environment's region, as the construct PrivateNetwork names it. */
export const subnetId = (environment: Environment): string => {
  const name = boundedName([networkName(environment), environment.region], NAME_LIMITS.rfc1035);
  return `projects/${environment.project.id}/regions/${environment.region}/subnetworks/${name}`;
};

/** @param key as in the environment file, under `secrets` */
export const secretId = ({ name }: Environment, key: string): string => boundedName([name, key], NAME_LIMITS.secret);

/** @param key as in the environment file, under `images.repositories` or `images.remotes` */
export const repositoryName = ({ name }: Environment, key: string): string => boundedName([name, key], NAME_LIMITS.repository);

export const keyRingName = ({ name, region }: Environment): string => boundedName([name, region], NAME_LIMITS.kms);

/** Data that has a key of its own. */
export type DataKind = 'secrets' | 'images' | 'endpoints' | 'requests' | 'database' | 'cache';

export const encryptionKeyName = (environment: Environment, kind: DataKind): string =>
  `projects/${environment.project.id}/locations/${environment.region}/keyRings/${keyRingName(environment)}/cryptoKeys/${kind}`;

/** @param key as in the environment file, under `endpoints` or `modelGarden` */
export const endpointName = ({ name }: Environment, key: string): string => boundedName([name, key], NAME_LIMITS.rfc1035);

/** A dataset's id has no dashes. */
export const requestDatasetId = ({ name }: Environment): string => `${name.replaceAll('-', '_')}_endpoint_requests`;

/** Variable that carries a token of a cache. It has the environment's name: so no shell's leftovers go elsewhere. */
export const cacheTokenVariable = ({ name }: Environment, prefix: string): string =>
  `${name}_${prefix}_token`.replace(/[^A-Za-z0-9_]/g, '_');

/** Of the environment's one pool for programs outside Google Cloud; 32 characters, which the construct keeps to. */
export const federationPoolName = ({ name }: Environment): string => `federation-${name}`;

/** Of the service account of a workload, at least 6 and at most 30 characters. @param key as in the environment file, under `identity.workloads` */
export const workloadAccountId = ({ name }: Environment, key: string): string => boundedName([name, key, 'app'], 30);

export const workloadAccountEmail = (environment: Environment, key: string): string =>
  `${workloadAccountId(environment, key)}@${environment.project.id}.iam.gserviceaccount.com`;

/** Beginning of the account ids of the two identities that deploy. */
export const deployerName = ({ name }: Environment): string => boundedName([name], 21);

/** Beginning of the names of what stands before the gateway. */
export const frontDoorName = ({ name }: Environment): string => boundedName([name, 'gateway'], NAME_LIMITS.rfc1035);

/** Of the gateway's Cloud Run service: at most 49 characters, https://cloud.google.com/run/docs/deploying */
export const gatewayServiceName = ({ name }: Environment): string => boundedName([name, 'gateway'], 49);

/** Of the Cloud SQL instance, before its generation. With the project's ID it has at most 97 characters: https://cloud.google.com/sql/docs/postgres/instance-settings */
export const gatewayDatabaseName = ({ name }: Environment): string => boundedName([name, 'gateway'], 40);

/** Of the Redis cluster. */
export const gatewayCacheName = ({ name }: Environment): string => boundedName([name, 'gateway'], 40);

/** Of the service account that the gateway runs as. */
export const gatewayAccountId = ({ name }: Environment): string => boundedName([name, 'gateway'], 30);

/** Of the job that applies teams and keys: at most 49 characters, as a service. */
export const gatewayKeysJobName = ({ name }: Environment): string => boundedName([name, 'gateway', 'keys'], 49);

/** Of the service account that this job runs as. */
export const gatewayKeysAccountId = ({ name }: Environment): string => boundedName([name, 'keys'], 30);

/** Of the identity that plans, as the construct DeployIdentities names it. */
export const viewerEmail = (environment: Environment): string =>
  `${deployerName(environment)}-viewer@${environment.project.id}.iam.gserviceaccount.com`;

/** Of the identity that applies. */
export const deployerEmail = (environment: Environment): string =>
  `${deployerName(environment)}-deployer@${environment.project.id}.iam.gserviceaccount.com`;
