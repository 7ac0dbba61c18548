import { z } from 'zod';
import { resourceName } from './values';

const repository = z.strictObject({
  description: z.string().max(500).optional().describe('What the images are for. Default: none.'),
  immutableTags: z.boolean().default(true).describe('A tag, once pushed, keeps its image. Always so in the production tier.'),
  keepVersions: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe('Clean-up keeps the newest N versions; with immutable tags only untagged ones are cleaned up. Default: all are kept.'),
});

const remoteRepository = z.strictObject({
  upstream: z.enum(['docker-hub', 'ghcr.io', 'quay.io', 'registry.k8s.io', 'public.ecr.aws']).describe('Registry that is cached.'),
});

export const images = z
  .strictObject({
    repositories: z.record(resourceName(40), repository).default({}).describe('Standard Docker repositories, by name.'),
    remotes: z
      .record(resourceName(40), remoteRepository)
      .default({})
      .describe('Pull-through caches of public registries, by name. Not in the production tier.'),
  })
  .describe('Artifact Registry.');
