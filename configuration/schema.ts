import { z } from 'zod';
import { cidr, environmentName, labelKey, labelValue, projectId, projectNumber, region, resourceName, serviceAccountEmail } from './values';

/**
 * The environment file. This schema is the one source of the types, the defaults, the checks and of the JSON Schema that editors use.
 * What an environment *implies* (sizes, protection, modes) is decided in `stacks/` from its tier; here stands only what a person writes.
 */

const project = z
  .strictObject({
    id: projectId.describe('Project ID, e.g. acme-ai-dev.'),
    number: projectNumber.describe('Project number. Perimeters and service agents are addressed by number, never by ID.'),
  })
  .describe('The Google Cloud project that the environment lives in. It exists already.');

const gcsState = z.strictObject({
  backend: z.literal('gcs'),
  bucket: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/, 'a bucket name: 3 to 63 of a-z, 0-9, dot, dash, underscore')
    .describe('Bucket that holds the state. Versioning on.'),
  prefix: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9/_-]*$/, 'a path without a leading slash')
    .optional()
    .describe('Folder in the bucket. Default: the name of the environment.'),
  kmsKey: z
    .string()
    .regex(/^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/, 'projects/P/locations/L/keyRings/R/cryptoKeys/K')
    .optional()
    .describe('Cloud KMS key that encrypts the state. Default: Google-managed encryption.'),
});

const localState = z.strictObject({
  backend: z.literal('local'),
  directory: z.string().min(1).default('.state').describe('Directory of the state files, relative to the repository.'),
});

const network = z
  .strictObject({
    subnet: cidr(8, 26).describe('Primary range of the subnet. Cloud Run with direct VPC egress needs at least a /26.'),
    nat: z.boolean().default(false).describe('Cloud NAT, for calls to hosts outside Google (models of other vendors).'),
    privateServicesAccess: cidr(16, 24)
      .optional()
      .describe('Range peered with Google producers (Cloud SQL, Memorystore). Default: no peering.'),
    flowLogs: z.boolean().default(false).describe('VPC flow logs of the subnet.'),
  })
  .describe('VPC with private access to Google APIs through the restricted VIP.');

const repository = z.strictObject({
  description: z.string().max(500).optional(),
  immutableTags: z.boolean().default(true).describe('A tag, once pushed, keeps its image.'),
  keepVersions: z.number().int().min(1).max(1000).optional().describe('Clean-up keeps the newest N versions. Default: all are kept.'),
});

const remoteRepository = z.strictObject({
  upstream: z.enum(['docker-hub', 'ghcr.io', 'quay.io', 'registry.k8s.io', 'public.ecr.aws']).describe('Registry that is cached.'),
});

const images = z
  .strictObject({
    repositories: z.record(resourceName(40), repository).default({}).describe('Standard Docker repositories, by name.'),
    remotes: z
      .record(resourceName(40), remoteRepository)
      .default({})
      .describe('Pull-through caches of public registries. Not in the production tier.'),
  })
  .describe('Artifact Registry.');

const encryption = z
  .strictObject({
    rotationDays: z
      .number()
      .int()
      .min(1)
      .max(3650)
      .default(90)
      .describe('Days between automatic key rotations. Default 90, as CIS GCP 1.10 asks.'),
    protectionLevel: z.enum(['software', 'hsm']).default('software'),
  })
  .describe('Customer-managed encryption keys (CMEK). Absent: Google-managed encryption.');

const generatedSecret = z.strictObject({
  source: z.literal('generated'),
  version: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(1)
    .describe('Raise it by one to rotate. The version before is disabled, not destroyed.'),
  length: z.number().int().min(16).max(512).default(32).describe('Generated characters, without the prefix.'),
  prefix: z
    .string()
    .max(32)
    .regex(/^[A-Za-z0-9_-]*$/, 'letters, digits, dash and underscore')
    .default(''),
  alphabet: z.enum(['alphanumeric', 'hex', 'printable']).default('alphanumeric'),
});

const providedSecret = z.strictObject({
  source: z.literal('provided'),
  value: z
    .enum(['variable', 'by-hand'])
    .default('by-hand')
    .describe('variable: written from an ephemeral Terraform variable at deploy. by-hand: somebody adds a version with gcloud.'),
  version: z.number().int().min(1).max(1_000_000).default(1).describe('With value: variable, raise it by one to write a new value.'),
});

const secrets = z
  .record(resourceName(60), z.discriminatedUnion('source', [generatedSecret, providedSecret]))
  .describe('Secrets of the environment, by name. Values never stand in a file, a plan or a state.');

const aws = z
  .strictObject({
    accountId: z.string().regex(/^\d{12}$/, '12 digits, in quotes'),
    region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'an AWS region, e.g. eu-central-1'),
    deployRole: z
      .string()
      .regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/, 'arn:aws:iam::ACCOUNT:role/NAME')
      .optional(),
  })
  .describe('AWS account of the image caches. Absent: no AWS provider.');

export const environmentSchema = z.strictObject({
  tier: z.enum(['development', 'staging', 'production']).describe('Decides protection, sizes and modes.'),
  project,
  region: region.describe('Region of everything regional, e.g. europe-west4.'),
  labels: z.record(labelKey, labelValue).default({}).describe('Labels (and AWS tags) of every resource that takes them.'),
  quotaProject: projectId
    .optional()
    .describe("Project charged for API quota when a person's own credentials are used. Default: the environment's project."),
  deployIdentity: serviceAccountEmail
    .optional()
    .describe('Service account that Terraform impersonates, for resources and state. Default: the caller as is.'),
  state: z.discriminatedUnion('backend', [gcsState, localState]).describe('Where Terraform keeps the state.'),
  network,
  images: images.prefault({}),
  encryption: encryption.optional(),
  secrets: secrets.default({}),
  aws: aws.optional(),
});

export type EnvironmentSettings = z.output<typeof environmentSchema>;

/** A checked environment: its name (that of its file) and its settings with all defaults filled in. */
export interface Environment extends EnvironmentSettings {
  readonly name: string;
}

export { environmentName };
