import * as fc from 'fast-check';
import type { GatewayInput } from './gateway';

type DatabaseInput = NonNullable<GatewayInput['database']>;
type RedisInput = NonNullable<GatewayInput['redis']>;

const authProxy = fc.record({
  repository: fc.constant('gateway'),
  digest: fc.stringMatching(/^[0-9a-f]{64}$/).map((hex) => `sha256:${hex}`),
});

const iam = authProxy.map((image) => ({ kind: 'iam' as const, authProxy: image }));
const password = fc.record(
  { kind: fc.constant('password' as const), version: fc.integer({ min: 1, max: 1_000_000 }), authProxy },
  { requiredKeys: ['kind'] },
);

const hour = fc.nat({ max: 23 });

/** Every kind of valid database, within the rules of its tier, and large enough for the largest gateway of `gateways`. */
export const databases = (production: boolean): fc.Arbitrary<DatabaseInput> =>
  fc
    .record(
      {
        login: fc.oneof(iam, password),
        tier: fc.constantFrom('db-custom-32-122880', 'db-perf-optimized-N-16'),
        version: fc.constantFrom('POSTGRES_15' as const, 'POSTGRES_16' as const, 'POSTGRES_17' as const),
        highAvailability: production ? fc.constant(true) : fc.boolean(),
        connectionsPerWorker: fc.integer({ min: 1, max: 8 }),
        maxConnections: fc.integer({ min: 1000, max: 262_143 }),
        diskGB: fc.integer({ min: 10, max: 1000 }),
        diskLimitGB: fc.oneof(fc.constant(0), fc.integer({ min: 1000, max: 65_536 })),
        backups: fc.integer({ min: 7, max: 365 }),
        recoveryDays: fc.integer({ min: 1, max: 7 }),
        backupHour: hour,
        maintenance: fc.record({ day: fc.integer({ min: 1, max: 7 }), hour }),
        flags: fc.constantFrom<Record<string, string>>({}, { log_min_duration_statement: '5000' }),
        deletionProtection: fc.boolean(),
        generation: fc.integer({ min: 1, max: 99 }),
        migrations: fc.record({ timeoutSeconds: fc.integer({ min: 60, max: 86_400 }), memoryGiB: fc.integer({ min: 2, max: 32 }) }),
      },
      { requiredKeys: ['login', 'tier'] },
    )
    .chain((database) =>
      // Only the auth proxy has a certificate.
      (database.login.authProxy ? fc.boolean() : fc.constant(false)).map((clientCertificates) => ({ ...database, clientCertificates })),
    );

/** Every kind of valid Redis, within the rules of its tier. */
export const caches = (production: boolean): fc.Arbitrary<RedisInput> =>
  fc.record(
    {
      node: fc.constantFrom('nano' as const, 'small' as const, 'medium' as const, 'large' as const),
      replicas: fc.integer({ min: production ? 1 : 0, max: 2 }),
      shards: fc.integer({ min: 1, max: 125 }),
    },
    { requiredKeys: [] },
  );
