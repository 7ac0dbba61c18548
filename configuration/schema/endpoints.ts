import { z } from 'zod';
import { autoscaling, machine, replicas } from './serving';
import { projectId, resourceName, serviceAccountEmail } from './values';

/** https://docs.cloud.google.com/vertex-ai/docs/predictions/choose-endpoint-type */
const network = z
  .discriminatedUnion('mode', [
    z.strictObject({ mode: z.literal('dedicated-public') }),
    z.strictObject({ mode: z.literal('shared-public') }),
    z.strictObject({
      mode: z.literal('private-service-connect'),
      allowlist: z
        .array(projectId)
        .default([])
        .describe('Further projects whose networks may connect. Vertex AI cannot change the list: another list is another endpoint.'),
      serviceAttachment: z
        .string()
        .regex(
          /^projects\/[^/]+\/regions\/[^/]+\/serviceAttachments\/[^/]+$/,
          'a service attachment: projects/PROJECT/regions/REGION/serviceAttachments/NAME',
        )
        .optional()
        .describe(
          "What the endpoint is reached through, known after its first deploy. With it, the environment's network gets an address and a name for it.",
        ),
    }),
    z.strictObject({ mode: z.literal('private-services-access') }),
  ])
  .describe('How clients reach it. Another mode is another endpoint.');

const registryModel = z.string().superRefine((value, context) => {
  const allowed = modelProblem(value);
  if (allowed !== undefined) context.addIssue({ code: 'custom', message: allowed });
});

/** As a noun phrase: "<given> is not …". */
function modelProblem(value: string): string | undefined {
  if (/(^|\/)gemini-/.test(value)) {
    return 'a model for machines: Gemini is served by Google and called directly; list it under managedModels, and split its requests in the gateway';
  }
  if (value.startsWith('publishers/')) return 'a model of the registry: open models of other publishers stand under modelGarden';
  if (!/^projects\/[^/]+\/locations\/[^/]+\/models\/[^/@]+@[1-9]\d*$/.test(value)) {
    return 'a version of a model in the registry: projects/PROJECT/locations/LOCATION/models/MODEL@VERSION, with a number as version';
  }
  return undefined;
}

const model = z.strictObject({
  model: registryModel.describe('Version in the model registry: projects/PROJECT/locations/LOCATION/models/MODEL@VERSION.'),
  machine,
  replicas: replicas.prefault({}),
  autoscaling: autoscaling.optional(),
  servingIdentity: serviceAccountEmail.optional().describe('Account that the containers run as. Default: the service agent of Vertex AI.'),
  accessLog: z.boolean().default(false).describe('One log line a request.'),
  containerLog: z.boolean().default(true).describe('What the containers print.'),
  traffic: z
    .number()
    .int()
    .min(0)
    .max(100)
    .describe('Share of the requests in per cent. All models of an endpoint sum to 100; 0 keeps one warm.'),
});

const endpoint = z.strictObject({
  description: z.string().max(500).optional().describe('What it is for. Default: none.'),
  network,
  models: z.record(resourceName(40), model).describe('Models that it serves, by a name of your own.'),
  rollout: z
    .enum(['surge', 'recreate'])
    .default('surge')
    .describe('How a model is replaced: beside the old one, which needs machines for both (surge), or after it (recreate).'),
  allowOutage: z.boolean().default(false).describe('Let recreate take down the only model that serves.'),
  requestLogging: z
    .strictObject({ samplingPercent: z.number().gt(0).max(100).describe('Share of the requests, in per cent.') })
    .optional()
    .describe('Requests and responses into BigQuery. Default: none.'),
  generation: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(1)
    .describe('Raise it for another endpoint with the same settings: Vertex AI holds the id of a deleted one back for up to 7 days.'),
});

export const endpoints = z.record(resourceName(50), endpoint).describe('Endpoints for models of your own, by name.');
