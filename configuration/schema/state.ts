import { z } from 'zod';

const gcsState = z.strictObject({
  backend: z.literal('gcs'),
  bucket: z
    .string()
    .regex(
      /^(?!goog)[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/,
      'a bucket name: 3 to 63 of a-z, 0-9, dot, dash and underscore, not starting with goog',
    )
    .describe('Bucket that holds the state. It exists already and keeps versions: they are the only way back from a broken state.'),
  prefix: z
    .string()
    .regex(/^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/, 'a path of letters, digits, dash and underscore, without a slash at either end')
    .optional()
    .describe('Folder in the bucket. Default: the name of the environment.'),
  kmsKey: z
    .string()
    .regex(
      /^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/,
      'the full name of a key: projects/P/locations/L/keyRings/R/cryptoKeys/K',
    )
    .optional()
    .describe('Cloud KMS key that encrypts the state. Default: Google-managed encryption.'),
});

const localState = z.strictObject({
  backend: z.literal('local'),
  directory: z
    .string()
    .min(1, 'a directory')
    .default('.state')
    .describe('Directory of the state files, absolute or relative to the repository.'),
});

export const state = z
  .discriminatedUnion('backend', [gcsState, localState])
  .describe('Where Terraform keeps the state: in a bucket (gcs), or on this machine (local; not in the production tier).');
