import { z } from 'zod';

/**
 * `terraform show -json` of a plan, as far as a report reads it (format 1.x: more properties may come, and are ignored).
 * Source: Terraform's docs "JSON Output Format", and internal/command/jsonplan; OpenTofu writes the same.
 */
const mark = z.unknown().optional();

const change = z.object({
  actions: z.array(z.string()),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  after_unknown: mark,
  before_sensitive: mark,
  after_sensitive: mark,
  replace_paths: z.array(z.array(z.union([z.string(), z.number()])).catch([])).nullish(),
  importing: z.object({ id: z.string().nullish(), identity: z.unknown().optional() }).nullish(),
});

const resourceChange = z.object({
  address: z.string(),
  previous_address: z.string().nullish(),
  module_address: z.string().nullish(),
  mode: z.string().catch('managed'),
  type: z.string(),
  name: z.string(),
  index: z.union([z.string(), z.number()]).nullish().catch(undefined),
  provider_name: z.string().nullish(),
  deposed: z.string().nullish(),
  action_reason: z.string().nullish(),
  change,
});

const check = z.object({
  address: z.object({ kind: z.string().nullish(), to_display: z.string() }),
  status: z.string(),
  instances: z
    .array(
      z.object({
        address: z.object({ to_display: z.string().nullish() }).nullish(),
        status: z.string().nullish(),
        problems: z.array(z.object({ message: z.string() })).nullish(),
      }),
    )
    .nullish(),
});

export const planSchema = z.object({
  format_version: z.string(),
  terraform_version: z.string().nullish(),
  resource_changes: z.array(resourceChange).nullish(),
  resource_drift: z.array(resourceChange).nullish(),
  deferred_changes: z.array(z.object({ reason: z.string().nullish(), resource_change: resourceChange })).nullish(),
  action_invocations: z
    .array(z.object({ address: z.string() }))
    .nullish()
    .catch(undefined),
  output_changes: z.record(z.string(), change).nullish(),
  relevant_attributes: z
    .array(z.object({ resource: z.string(), attribute: z.array(z.union([z.string(), z.number()])).nullish() }))
    .nullish()
    .catch(undefined),
  checks: z.array(check).nullish(),
  errored: z.boolean().nullish(),
  complete: z.boolean().nullish(),
  applyable: z.boolean().nullish(),
  // These three hold literals and values in clear. Only the reader sees them: to know what is secret, and what is opened at apply.
  configuration: z.unknown().optional(),
  variables: z.unknown().optional(),
  prior_state: z.unknown().optional(),
});

export type PlanJson = z.infer<typeof planSchema>;
export type ResourceChangeJson = z.infer<typeof resourceChange>;
export type ChangeJson = z.infer<typeof change>;
