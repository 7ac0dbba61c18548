import type { StackElement } from '../../policy/stack';
import { blockOf, flagOf, numberOf, shownOf, textOf } from '../value';
import type { MainType } from './main-type';

const name = (resource: StackElement): string => shownOf(resource, 'name') ?? resource.address;

/** POSTGRES_17 → PostgreSQL 17 */
const engine = (version: string): string =>
  version
    .replace('POSTGRES', 'PostgreSQL')
    .replace('MYSQL', 'MySQL')
    .replace(/_/g, (_, at: number) => (version.startsWith('POSTGRES') || at < 6 ? ' ' : '.'));

const SQL: MainType = {
  kind: 'database',
  what: () => 'Cloud SQL',
  title: name,
  lines: (resource) => [
    `${engine(textOf(resource, 'database_version') ?? '…')}, ${textOf(resource, 'settings.availability_type') === 'REGIONAL' ? 'two zones' : 'one zone'}`,
  ],
  names: (resource, project) => [
    `${project}:${textOf(resource, 'region') ?? '…'}:${name(resource)}`,
    `projects/${project}/instances/${name(resource)}`,
  ],
};

const count = (number: number | undefined, one: string): string => `${number ?? 1} ${one}${(number ?? 1) === 1 ? '' : 's'}`;

const REDIS_CLUSTER: MainType = {
  kind: 'cache',
  what: () => 'Memorystore for Redis',
  title: name,
  lines: (resource) => [
    `${count(numberOf(resource, 'shard_count'), 'shard')}, ${count(numberOf(resource, 'replica_count') ?? 0, 'replica')}`.replace(
      ', 0 replicas',
      '',
    ),
  ],
  names: (resource, project) => [`projects/${project}/locations/${textOf(resource, 'region') ?? '…'}/clusters/${name(resource)}`],
};

const REDIS: MainType = {
  ...REDIS_CLUSTER,
  lines: (resource) => [(textOf(resource, 'tier') ?? 'BASIC') === 'BASIC' ? 'one zone' : 'two zones'],
  names: (resource, project) => [`projects/${project}/locations/${textOf(resource, 'region') ?? '…'}/instances/${name(resource)}`],
};

const REGIONS: MainType['lines'] = (resource) => {
  const location = textOf(resource, 'location');
  return location === undefined ? [] : [location.toLowerCase()];
};

export const DATA: Readonly<Record<string, MainType>> = {
  google_sql_database_instance: SQL,
  google_redis_cluster: REDIS_CLUSTER,
  google_redis_instance: REDIS,
  google_bigquery_dataset: {
    kind: 'storage',
    what: () => 'BigQuery dataset',
    title: (resource) => shownOf(resource, 'dataset_id') ?? resource.address,
    lines: REGIONS,
    names: (resource, project) => {
      const id = textOf(resource, 'dataset_id') ?? '…';
      return [`bq://${project}.${id}`, `projects/${project}/datasets/${id}`, `bigquery.googleapis.com/projects/${project}/datasets/${id}`];
    },
  },
  google_storage_bucket: {
    kind: 'storage',
    what: () => 'Cloud Storage bucket',
    title: name,
    lines: REGIONS,
    names: (resource) => [`gs://${name(resource)}`, `buckets/${name(resource)}`],
  },
  google_pubsub_topic: {
    kind: 'storage',
    what: () => 'Pub/Sub topic',
    title: name,
    names: (resource, project) => [`projects/${project}/topics/${name(resource)}`],
  },
  google_secret_manager_secret: {
    kind: 'secret',
    what: () => 'Secret',
    title: (resource) => shownOf(resource, 'secret_id') ?? resource.address,
    names: (resource, project) => [`projects/${project}/secrets/${textOf(resource, 'secret_id') ?? '…'}`],
  },
  google_kms_crypto_key: {
    kind: 'key',
    what: () => 'Encryption key',
    title: name,
    lines: (resource) => (textOf(resource, 'version_template.protection_level') === 'HSM' ? ['in hardware'] : []),
    names: (resource, project) => {
      const ring = resource.target('key_ring');
      const of = ring
        ? `projects/${project}/locations/${textOf(ring, 'location') ?? '…'}/keyRings/${name(ring)}`
        : textOf(resource, 'key_ring');
      return of === undefined ? [] : [`${of}/cryptoKeys/${name(resource)}`];
    },
  },
  google_artifact_registry_repository: {
    kind: 'images',
    what: (resource) => (textOf(resource, 'mode') === 'REMOTE_REPOSITORY' ? 'Remote image repository' : 'Image repository'),
    title: (resource) => shownOf(resource, 'repository_id') ?? resource.address,
    lines: (resource) => {
      const upstream = blockOf(resource, 'remote_repository_config');
      const uri = upstream && (textOf(upstream, 'docker_repository.custom_repository.uri') ?? textOf(upstream, 'common_repository.uri'));
      return [
        ...(uri === undefined ? [] : [`of ${uri.replace(/^https:\/\//, '')}`]),
        ...(flagOf(resource, 'docker_config.immutable_tags') ? ['tags do not move'] : []),
      ];
    },
    names: (resource, project) => {
      const [location, id] = [textOf(resource, 'location') ?? '…', textOf(resource, 'repository_id') ?? '…'];
      return [`${location}-docker.pkg.dev/${project}/${id}`, `projects/${project}/locations/${location}/repositories/${id}`];
    },
  },
};
