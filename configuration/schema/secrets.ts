import { z } from 'zod';
import { resourceName } from './values';

const version = z.number().int().min(1).max(1_000_000).default(1);

const generatedSecret = z.strictObject({
  source: z.literal('generated'),
  version: version.describe('Raise it by one to rotate. The version before is disabled, not destroyed.'),
  length: z.number().int().min(16).max(512).default(32).describe('Generated characters, without the prefix.'),
  prefix: z
    .string()
    .regex(/^[A-Za-z0-9_-]{0,32}$/, 'at most 32 letters, digits, dashes and underscores')
    .default('')
    .describe('Put before the generated characters, e.g. sk- for a gateway key.'),
  alphabet: z
    .enum(['alphanumeric', 'hex', 'printable'])
    .default('alphanumeric')
    .describe('Characters to choose from: letters and digits; 0-9 and a-f; or these and punctuation.'),
});

const providedSecret = z.strictObject({
  source: z.literal('provided'),
  value: z
    .enum(['variable', 'by-hand'])
    .default('by-hand')
    .describe('variable: written from an ephemeral Terraform variable at deploy. by-hand: somebody adds a version with gcloud.'),
  version: version.describe('Only with value: variable. Raise it by one to write a new value.'),
});

export const secrets = z
  .record(resourceName(60), z.discriminatedUnion('source', [generatedSecret, providedSecret]))
  .describe('Secrets of the environment, by name. Values never stand in a file, a plan or a state.');
