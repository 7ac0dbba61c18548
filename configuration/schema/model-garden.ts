import { z } from 'zod';
import { autoscaling, machine, replicas } from './serving';
import { resourceName } from './values';

const openModel = z.string().superRefine((value, context) => {
  if (/(^|\/)gemini-/.test(value)) {
    const message = 'a model for machines: Gemini is served by Google and called directly; list it under managedModels';
    context.addIssue({ code: 'custom', message });
  } else if (!/^publishers\/[^/]+\/models\/[^/@]+@[^/@]+$/.test(value) && !/^(?!publishers\/)[\w.-]+\/[\w.-]+$/.test(value)) {
    const message = 'an open model: publishers/PUBLISHER/models/MODEL@VERSION, or AUTHOR/MODEL on Hugging Face';
    context.addIssue({ code: 'custom', message });
  }
});

export const modelGarden = z
  .record(
    resourceName(50),
    z.strictObject({
      model: openModel.describe('publishers/PUBLISHER/models/MODEL@VERSION, or AUTHOR/MODEL on Hugging Face.'),
      acceptEula: z.boolean().default(false).describe('That you accept the licence of the model; some are refused without.'),
      machine,
      replicas: replicas.prefault({}),
      autoscaling: autoscaling.optional(),
    }),
  )
  .describe('Open-weight models of Model Garden, each on an endpoint of its own, by name. Every change makes another endpoint.');

export const managedModels = z
  .record(
    z.string().regex(/^[a-z0-9][a-z0-9.-]{0,62}$/, 'the id of a model, e.g. gemini-3.8-flash'),
    z.strictObject({
      location: z
        .string()
        .regex(/^(global|us|eu|[a-z]+-[a-z]+\d{1,2})$/, 'global, us, eu or a region, e.g. europe-west4')
        .default('global')
        .describe('Where it is called: a region, us, eu, or global, which has the most capacity and keeps data nowhere in particular.'),
    }),
  )
  .describe('Models that Google serves and that this environment calls, by id, e.g. gemini-3.8-flash. A retired one is an error.');

export const acceleratorQuota = z
  .strictObject({
    contactEmail: z
      .string()
      .regex(/^[^@\s]+@[^@\s]+\.[^@\s]+$/, 'an email address')
      .optional()
      .describe('Whom Google asks about the request. Default: whoever deploys.'),
  })
  .describe('Ask Google for the accelerators that all models need at their most replicas. Absent: nothing is asked for.');
