import { z } from 'zod';
import { projectId, resourceName } from './values';

/** A predefined role or one of one's own. Whether it exists is told when the stacks are built. */
const role = z
  .string()
  .regex(
    /^(roles\/[A-Za-z0-9]+(\.[A-Za-z0-9]+)*|(projects\/[a-z0-9-]+|organizations\/\d+)\/roles\/[\w.]+)$/,
    'a role: roles/SERVICE.NAME, or projects/PROJECT/roles/ID',
  );

export const access = z
  .array(
    z.strictObject({
      role: role.describe('What it may do, e.g. roles/aiplatform.user.'),
      secret: resourceName(60).optional().describe('On one secret of this environment, by its name under secrets.'),
      bucket: z
        .string()
        .regex(/^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/, 'a bucket name')
        .optional()
        .describe('On one bucket.'),
      service: resourceName(49).optional().describe("On one Cloud Run service in the environment's region."),
      endpoint: z.string().min(1).optional().describe('On one endpoint of this environment, by its name under endpoints.'),
      project: projectId.optional().describe('On another project.'),
    }),
  )
  .min(1)
  .describe("What it may do: a role each, on one thing. Without one, on the environment's project.");
