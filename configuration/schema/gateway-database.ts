import { z } from 'zod';
import { resourceName } from './values';

/** What the gateway keeps, and where: read by `stacks/gateway-database.ts`. */

const proxyImage = z
  .strictObject({
    repository: resourceName(40).describe('Key of images.repositories, or, where the tier allows it, of images.remotes.'),
    name: z
      .string()
      .regex(/^[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/, 'the name of an image in its repository, e.g. cloud-sql-proxy')
      .default('cloud-sql-proxy')
      .describe('Name of the image in the repository.'),
    digest: z
      .string()
      .regex(/^sha256:[0-9a-f]{64}$/, 'a digest: sha256: and 64 hexadecimal digits')
      .describe('What is run. A tag can move.'),
  })
  .describe('Image of the Cloud SQL auth proxy, 2.15 or newer.');

const login = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('iam'), authProxy: proxyImage }),
    z.strictObject({
      kind: z.literal('password'),
      version: z
        .number()
        .int()
        .min(1)
        .max(1_000_000)
        .default(1)
        .describe(
          'Raise it by one to rotate, when the revision before serves alone: two users take turns, and what runs keeps its own. By two after a rotation that failed.',
        ),
      authProxy: proxyImage.optional(),
    }),
  ])
  .describe('iam: with the identity of the gateway, no password anywhere. password: a generated one, that nobody sees.');

const hour = z.number().int().min(0).max(23);

const database = z
  .strictObject({
    connectivity: z
      .enum(['private-service-connect', 'private-services-access'])
      .default('private-service-connect')
      .describe('How it is reached. private-services-access needs the range network.privateServicesAccess. Never from the internet.'),
    login,
    tier: z
      .string()
      .regex(
        /^db-(f1-micro|g1-small|custom-\d+-\d+|perf-optimized-N-\d+|c4a-highmem-\d+)$/,
        'a tier of Cloud SQL: db-custom-VCPUS-MEGABYTES, db-perf-optimized-N-VCPUS, db-c4a-highmem-VCPUS, db-f1-micro or db-g1-small',
      )
      .optional()
      .describe('Size, and with it the number of connections. A change restarts the database. Default: by the tier of the environment.'),
    version: z.enum(['POSTGRES_15', 'POSTGRES_16', 'POSTGRES_17']).default('POSTGRES_17').describe('Of PostgreSQL.'),
    highAvailability: z.boolean().optional().describe('A stand-by in another zone. Default: in the production tier, where it must be.'),
    connectionsPerWorker: z
      .number()
      .int()
      .min(1)
      .max(100)
      .default(8)
      .describe('Pool of each worker; there are as many workers as vCPUs, in each instance, in each revision.'),
    maxConnections: z
      .number()
      .int()
      .min(25)
      .max(262_143)
      .optional()
      .describe('Flag max_connections. A change restarts the database. Default: as the tier has it.'),
    diskGB: z.number().int().min(10).max(65_536).default(20).describe('Disk to begin with; it grows by itself.'),
    diskLimitGB: z.number().int().min(0).max(65_536).default(0).describe('The disk grows no further. 0: no limit.'),
    backups: z.number().int().min(1).max(365).default(14).describe('Daily backups that are kept.'),
    recoveryDays: z.number().int().min(1).max(35).default(7).describe('Days to any second of which it can be brought back.'),
    backupHour: hour.default(2).describe('Hour (UTC) at which backups begin.'),
    maintenance: z
      .strictObject({ day: z.number().int().min(1).max(7).describe('1 is Monday.'), hour: hour.describe('UTC.') })
      .default({ day: 7, hour: 3 })
      .describe('When Google may restart it.'),
    flags: z
      .record(
        z.string().regex(/^[a-z][a-z0-9_.]*$/, 'the name of a flag of Cloud SQL: a-z, 0-9, _ and ., such as log_min_duration_statement'),
        z.string(),
      )
      .default({})
      .describe('Further flags; they win over those that are set anyway.'),
    clientCertificates: z
      .boolean()
      .default(false)
      .describe('Only clients with a certificate, which is the auth proxy. With a password, raise its version when you change this.'),
    deletionProtection: z.boolean().optional().describe('Nobody can delete it. Default: in the production tier.'),
    generation: z
      .number()
      .int()
      .min(1)
      .max(1_000_000)
      .default(1)
      .describe('Raise it for another, empty database: the name of a deleted one is held back for a week.'),
    migrations: z
      .strictObject({
        timeoutSeconds: z.number().int().min(60).max(86_400).default(1800).describe('Seconds of one attempt.'),
        memoryGiB: z.number().int().min(2).max(32).default(4).describe('Memory of the job.'),
        attempt: z.number().int().min(1).max(1_000_000).default(1).describe('Raise it to migrate once more, e.g. after a restore.'),
      })
      .prefault({})
      .describe('The job that migrates before a revision with another image serves.'),
  })
  .describe('Cloud SQL for PostgreSQL: keys, teams, budgets, spend.');

const redis = z
  .strictObject({
    node: z
      .enum(['nano', 'small', 'medium', 'large'])
      .optional()
      .describe('1.4 GB without a service level, 6.5, 13 or 58 GB. Default: nano in the development tier, small elsewhere.'),
    replicas: z.number().int().min(0).max(2).optional().describe('Copies in other zones. Default: 1 in the production tier, 0 elsewhere.'),
    shards: z.number().int().min(1).max(125).default(1).describe('Parts that counters are spread over.'),
  })
  .describe('Redis that the instances share: limits, cooldowns and budgets then hold for all of them together.');

export const gatewayDatabase = {
  database: database.optional().describe('Default: none. Then only the master key gets in: no keys, budgets or spend.'),
  redis: redis.optional().describe('Default: none. Limits then hold for each instance by itself.'),
};
