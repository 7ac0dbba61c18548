import { resource, type Rule } from '../rule';

const CLUSTER = 'google_redis_cluster';
const INSTANCE = 'google_redis_instance';

const cluster = (settings: object) => resource(CLUSTER, { name: 'limits', shard_count: 3, ...settings });
const instance = (settings: object) => resource(INSTANCE, { name: 'limits', memory_size_gb: 1, ...settings });

/** Memorystore for Redis, where the gateway counts requests and keeps keys for a while. */
export const REDIS: readonly Rule[] = [
  {
    id: 'RED-001',
    level: 'error',
    title: 'Connections to Redis are encrypted',
    reason: 'What the gateway keeps of keys and answers would cross the network as it is.',
    fix: 'Set `transit_encryption_mode`: TRANSIT_ENCRYPTION_MODE_SERVER_AUTHENTICATION (cluster), SERVER_AUTHENTICATION (instance).',
    types: [CLUSTER, INSTANCE],
    maps: {},
    check: (element, judge) => {
      const mode = element.text('transit_encryption_mode');
      if (!mode?.is('TRANSIT_ENCRYPTION_MODE_SERVER_AUTHENTICATION', 'SERVER_AUTHENTICATION'))
        judge('is not set', 'transit_encryption_mode');
    },
    good: cluster({ transit_encryption_mode: 'TRANSIT_ENCRYPTION_MODE_SERVER_AUTHENTICATION' }),
    bad: cluster({ transit_encryption_mode: 'TRANSIT_ENCRYPTION_MODE_DISABLED' }),
  },
  {
    id: 'RED-002',
    level: 'error',
    title: 'Redis asks who is there',
    reason: 'Everything in the network could otherwise read what the gateway keeps, and reset its limits.',
    fix: 'Set `authorization_mode = "AUTH_MODE_IAM_AUTH"` (cluster) or `auth_enabled = true` (instance).',
    types: [CLUSTER, INSTANCE],
    maps: {},
    check: (element, judge) => {
      if (element.type === INSTANCE && !element.flag('auth_enabled')) judge('is not true', 'auth_enabled');
      if (element.type === CLUSTER && !element.text('authorization_mode')?.is('AUTH_MODE_IAM_AUTH'))
        judge('is not AUTH_MODE_IAM_AUTH', 'authorization_mode');
    },
    good: instance({ auth_enabled: true }),
    bad: instance({}),
  },
  {
    id: 'RED-003',
    level: 'warning',
    title: 'In production Redis survives the loss of a node',
    reason: 'While it is away, limits and budgets are not shared: every instance of the gateway allows all of them.',
    fix: 'Set `replica_count` to 1 or more (cluster), `tier = "STANDARD_HA"` (instance).',
    types: [CLUSTER, INSTANCE],
    when: 'production',
    maps: {},
    check: (element, judge) => {
      if (element.type === CLUSTER && (element.number('replica_count') ?? 0) < 1) judge('is 0', 'replica_count');
      if (element.type === INSTANCE && !element.text('tier')?.is('STANDARD_HA')) judge('is not STANDARD_HA', 'tier');
    },
    good: cluster({ replica_count: 1 }),
    bad: cluster({}),
  },
];
