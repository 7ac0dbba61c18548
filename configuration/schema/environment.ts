import { z } from 'zod';
import { aws } from './aws';
import { encryption } from './encryption';
import { endpoints } from './endpoints';
import { gateway } from './gateway';
import { identity } from './identity';
import { images } from './images';
import { acceleratorQuota, managedModels, modelGarden } from './model-garden';
import { network } from './network';
import { policy } from './policy';
import { registry } from './registry';
import { perimeter } from './perimeter';
import { secrets } from './secrets';
import { machinePrices } from './serving';
import { state } from './state';
import { labelKey, labelValue, projectId, projectNumber, region, serviceAccountEmail } from './values';

/**
 * The environment file. This schema is the one source of the types, the defaults, the checks of single values and of the JSON Schema
 * that editors use; what spans several values is in `rules.ts`. What an environment *implies* (sizes, protection, modes) is decided in
 * `stacks/` from its tier; here stands only what a person writes.
 */

const project = z
  .strictObject({
    id: projectId.describe('Project ID, e.g. acme-ai-dev.'),
    number: projectNumber.describe('Project number, in quotes. Perimeters and service agents are addressed by number, never by ID.'),
  })
  .describe('The Google Cloud project that the environment lives in. It exists already.');

/** AWS allows 50 tags a resource, Google Cloud 64 labels; one is the name of the environment. */
const MAX_LABELS = 49;

const labels = z
  .record(labelKey, labelValue)
  .refine((given) => Object.keys(given).length <= MAX_LABELS, `a map of at most ${MAX_LABELS} labels: AWS allows no more`)
  .default({})
  .describe('Labels (and AWS tags) of every resource that takes them, beside `environment`, which is the name of this one.');

export const environmentSchema = z.strictObject({
  tier: z.enum(['development', 'staging', 'production']).describe('Decides protection, sizes and modes.'),
  project,
  region: region.describe('Region of everything regional, e.g. europe-west4.'),
  labels,
  quotaProject: projectId
    .optional()
    .describe("Project charged for API quota when a person's own credentials are used. Default: the environment's project."),
  deployAs: serviceAccountEmail
    .optional()
    .describe('Service account that Terraform impersonates, for resources and state. Not with identity.deploy. Default: the caller as is.'),
  state,
  network,
  images: images.prefault({}),
  encryption: encryption.optional(),
  secrets: secrets.default({}),
  endpoints: endpoints.default({}),
  modelGarden: modelGarden.default({}),
  managedModels: managedModels.default({}),
  acceleratorQuota: acceleratorQuota.optional(),
  gateway: gateway.optional(),
  perimeter: perimeter.optional(),
  machinePrices,
  identity: identity.prefault({}),
  aws: aws.optional(),
  registry: registry.optional(),
  policy: policy.prefault({}),
});

/** What tells environments apart: only in an environment's own file, never in shared.yaml. */
export const OWN_KEYS: readonly string[] = ['tier', 'project'];

export type EnvironmentSettings = z.output<typeof environmentSchema>;

/** A checked environment: its name (that of its file) and its settings with all defaults filled in. */
export interface Environment extends EnvironmentSettings {
  readonly name: string;
}
