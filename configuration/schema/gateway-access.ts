import { z } from 'zod';
import { resourceName } from './values';

/** Who may ask the gateway for what: read by `keys/desired.ts`, which the command `npm run keys` and the stack share. */

const modelName = z.string().regex(/^[\w][\w./:@-]{0,127}$/, 'the name of a group or an alias, e.g. assistant');

const count = (unit: string) => z.number().int().min(1).max(2_000_000_000).optional().describe(`${unit} Default: no limit.`);

const budget = z
  .strictObject({
    usd: z.number().positive().max(100_000_000).describe('US dollars. The gateway counts with list prices, not with the bill.'),
    every: z
      .string()
      .regex(/^([1-9]\d{0,3})(h|d|mo)$/, 'a time after which it is full again: hours, days or months, e.g. 12h, 7d, 1mo')
      .optional()
      .describe('When it is full again: 12h, 1d, 7d, 1mo. Months begin on the first, days at midnight UTC. Default: never.'),
  })
  .describe('What may be spent. Requests beyond it are refused. Default: no limit.');

const limits = {
  budget: budget.optional(),
  requestsPerMinute: count('Requests a minute.'),
  tokensPerMinute: count('Tokens a minute, in and out.'),
};

/** LiteLLM 1.106.2 refuses these without a licence: https://docs.litellm.ai/docs/proxy/enterprise */
const withLicence = (what: string) =>
  z
    .unknown()
    .refine((given) => given === undefined, `a setting without a licence: LiteLLM has ${what} only in its Enterprise edition`)
    .optional()
    .describe('Refused: LiteLLM has it only with an Enterprise licence.');

const enterpriseOnly = {
  tags: withLicence('tags of keys and teams'),
  guardrails: withLicence('guardrails of keys and teams'),
  modelBudgets: withLicence('budgets for single models'),
};

const team = z.strictObject({
  description: z.string().max(500).optional().describe('What it does. Default: none.'),
  models: z.array(modelName).min(1).max(200).describe('Groups and aliases that its keys may ask for.'),
  ...limits,
  ...enterpriseOnly,
});

const key = z.strictObject({
  description: z.string().max(500).optional().describe('What it is for. Default: none.'),
  version: z
    .number()
    .int()
    .min(1)
    .max(9999)
    .default(1)
    .describe('Raise it by one to rotate: a new key comes into the secret, and the one before ends after overlapHours.'),
  overlapHours: z
    .number()
    .int()
    .min(0)
    .max(2160)
    .default(24)
    .describe('How long the key before still works after a rotation, hours. 0: it is blocked at once.'),
  team: resourceName(50).optional().describe('Key of gateway.teams: its models and limits hold too. Default: none.'),
  owner: resourceName(40)
    .optional()
    .describe("Key of identity.invokers: who may read the key's secret. Default: nobody but whoever applies keys."),
  models: z.array(modelName).max(200).default([]).describe("Groups and aliases that it may ask for. Default: its team's."),
  expires: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'a date in quotes, e.g. "2027-06-30"')
    .refine((date) => !Number.isNaN(Date.parse(date)) && new Date(date).toISOString().startsWith(date), 'a date that the calendar has')
    .optional()
    .describe('Last day on which it works, UTC. Default: it does not end.'),
  ...limits,
  parallelRequests: count('Requests at a time.'),
  ...enterpriseOnly,
  autoRotate: withLicence('rotation by itself'),
});

const image = z
  .strictObject({
    repository: resourceName(40).describe('Key of images.repositories, or, where the tier allows it, of images.remotes.'),
    name: z
      .string()
      .regex(/^[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/, 'the name of an image in its repository, e.g. node')
      .default('node')
      .describe('Name of the image in the repository.'),
    digest: z
      .string()
      .regex(/^sha256:[0-9a-f]{64}$/, 'a digest: sha256: and 64 hexadecimal digits')
      .describe('What is run. A tag can move.'),
  })
  .describe('Image with Node 20.9 or newer, by digest. Nothing else of it is used.');

export const gatewayAccess = {
  teams: z.record(resourceName(50), team).default({}).describe('Teams, by name: what all of their keys may do together.'),
  keys: z.record(resourceName(50), key).default({}).describe('Virtual keys, by name. Their values are in Secret Manager only.'),
  keysJob: z
    .strictObject({ image })
    .optional()
    .describe('Applies keys from inside the network, where nobody else reaches administration. Default: only the command does it.'),
};
