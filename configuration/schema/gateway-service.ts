import { z } from 'zod';
import { resourceName } from './values';

const image = z
  .strictObject({
    repository: resourceName(40).describe('Key of images.repositories, or, where the tier allows it, of images.remotes.'),
    name: z
      .string()
      .regex(/^[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/, 'the name of an image in its repository, e.g. litellm')
      .describe('Name of the image in the repository, e.g. litellm, or berriai/litellm in a cache of ghcr.io.'),
    digest: z
      .string()
      .regex(/^sha256:[0-9a-f]{64}$/, 'a digest: sha256: and 64 hexadecimal digits')
      .describe('What is run. A tag can move.'),
    version: z
      .string()
      .regex(/^\d+\.\d+\.\d+$/, 'the version of LiteLLM in the image, e.g. 1.106.2')
      .describe('Version of LiteLLM in the image: those known to be bad are refused.'),
  })
  .describe('Image of LiteLLM, by digest.');

const secretKey = resourceName(60);

/** What the environment file says of the gateway's service: read by `stacks/gateway.ts`. */
export const gatewayService = {
  image,
  masterKey: secretKey
    .default('gateway-master-key')
    .describe('Key of `secrets` with the key that may do everything. Its value begins with sk-.'),
  saltKey: z
    .strictObject({
      secret: secretKey.default('gateway-salt-key').describe('Key of `secrets`.'),
      confirmed: z
        .string()
        .regex(/^[a-z][a-z0-9-]{0,59}\/\d+$/, 'a secret and its version, e.g. gateway-salt-key/1')
        .describe(
          'The secret and the version of it that is meant to be in use, e.g. gateway-salt-key/1: so nobody changes it by accident.',
        ),
    })
    .describe('Encrypts what the gateway keeps in its database. With another one, that cannot be read any more.'),
  secretVersions: z
    .record(secretKey, z.number().int().min(1))
    .default({})
    .describe('Versions of secrets that are added by hand, by the key of the secret. Default of each: 1, the first.'),
  size: z
    .strictObject({
      cpu: z.union([z.literal(1), z.literal(2), z.literal(4), z.literal(8)]).describe('vCPUs of an instance; each runs one worker.'),
      memoryGiB: z.number().int().min(1).max(32).describe('Memory of an instance, GiB; at least 1 a worker.'),
    })
    .optional()
    .describe('Size of an instance. Default: by the tier.'),
  scale: z
    .strictObject({
      min: z.number().int().min(1).max(100).describe('Instances that always run; a start takes 40 seconds.'),
      max: z.number().int().min(1).max(100).describe('Instances at most: each has connections to the database.'),
      concurrency: z.number().int().min(1).max(1000).optional().describe('Requests at a time in an instance. Default: 40 a vCPU.'),
    })
    .optional()
    .describe('How many instances. Default: by the tier.'),
  canary: z
    .strictObject({
      stable: z
        .string()
        .regex(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, 'the name of a revision')
        .describe('Revision that keeps the rest of the traffic: the one that served before this file changed.'),
      percent: z.number().int().min(0).max(99).describe('Share of the revision that this file describes. 0: only by its tag.'),
      tag: z
        .string()
        .regex(/^[a-z]([a-z0-9-]{0,44}[a-z0-9])?$/, 'a tag: at most 46 of a-z, 0-9 and dash')
        .default('canary')
        .describe('Name under which the revision is reached whatever its share.'),
    })
    .optional()
    .describe('Tries a revision on part of the traffic. Remove it to promote. Default: the newest revision gets everything.'),
  attempt: z
    .number()
    .int()
    .min(1)
    .default(1)
    .describe('Raise it to make the same revision once more, after one that failed for a reason outside of it.'),
};
