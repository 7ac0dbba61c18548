import { z } from 'zod';
import { extraKeys, retries, safety, timeoutSeconds } from './gateway-requests';
import { resourceName } from './values';

const secretKey = resourceName(60);
const url = z.string().regex(/^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/, 'a URL, e.g. https://collector.example:4318');

const requests = z
  .strictObject({
    timeoutSeconds: timeoutSeconds
      .default(300)
      .describe('Longest time of one try, seconds. It does not end an OpenAI stream that has begun: LiteLLM has nothing that does.'),
    retries: retries.prefault({}).describe('Tries after the first, by class of error. Then comes the fallback.'),
    retryAfterSeconds: z
      .number()
      .min(0)
      .max(30)
      .default(1)
      .describe('Least wait between two tries, seconds. There is none where another deployment of the group is healthy.'),
    cooldownSeconds: z.number().int().min(1).max(600).default(5).describe('How long a deployment that has failed is left alone, seconds.'),
    dropUnsupported: z
      .boolean()
      .default(true)
      .describe('Leave out parameters that a model does not know, instead of answering 400: SDKs send some unasked.'),
    safety: safety
      .prefault({})
      .describe('What Gemini refuses to say. Default of each: what Google decides. A client can send another threshold.'),
  })
  .describe('How requests are tried.');

const usage = z
  .strictObject({
    callbacks: z
      .strictObject({
        prometheus: z.strictObject({}).optional().describe('Metrics under /metrics, for whoever has a key.'),
        otel: z
          .strictObject({
            endpoint: url.describe('Collector, e.g. http://127.0.0.1:4318.'),
            protocol: z.enum(['http/protobuf', 'grpc']).default('http/protobuf').describe('How it is spoken to.'),
            headers: secretKey.optional().describe('Key of secrets with headers, as NAME=VALUE,… Default: none.'),
          })
          .optional()
          .describe('Traces through OpenTelemetry.'),
        langfuse: z
          .strictObject({
            host: url.default('https://cloud.langfuse.com').describe('Where it runs.'),
            publicKey: secretKey.describe('Key of secrets with the public key.'),
            secretKey: secretKey.describe('Key of secrets with the secret key.'),
          })
          .optional()
          .describe('Traces to Langfuse.'),
        gcsBucket: z
          .strictObject({
            bucket: z
              .string()
              .regex(/^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/, 'the name of a bucket')
              .describe('Name of the bucket.'),
          })
          .optional()
          .describe('An object a request in Cloud Storage. LiteLLM asks for an Enterprise licence.'),
        pubSub: z
          .strictObject({
            topic: z
              .string()
              .regex(/^[A-Za-z][\w.~+%-]{2,254}$/, 'the id of a topic')
              .describe("Topic in the environment's project."),
          })
          .optional()
          .describe('A message a request to Pub/Sub. LiteLLM asks for an Enterprise licence.'),
      })
      .prefault({})
      .describe('Where LiteLLM tells of each request.'),
    enterpriseLicence: secretKey
      .optional()
      .describe('Key of secrets with a licence of LiteLLM Enterprise. Default: none, and nothing that needs one.'),
    recordPrompts: z.boolean().default(false).describe('Let callbacks and the database have what is said, not only how much.'),
    spendTagHeaders: z
      .array(z.string().regex(/^x-[a-z0-9-]{1,60}$/, 'the name of a header in lower case, e.g. x-cost-center'))
      .max(10)
      .default([])
      .describe('Request headers that spend is broken down by, beside key, team and model.'),
    spendEverySeconds: z.number().int().min(1).max(300).default(60).describe('How often spend goes to the database, seconds.'),
  })
  .describe('What is told of requests, and to whom.');

/** What the environment file says of requests and their records: read by `stacks/gateway-configuration.ts`. */
export const gatewaySettings = {
  requests: requests.prefault({}),
  usage: usage.prefault({}),
  extra: z
    .strictObject({
      general_settings: extraKeys,
      litellm_settings: extraKeys,
      router_settings: extraKeys,
      secrets: z
        .record(z.string().regex(/^[A-Z][A-Z0-9_]{0,62}$/, 'the name of an environment variable'), secretKey)
        .describe('Environment variables that they refer to as os.environ/NAME, each with a key of secrets.'),
    })
    .partial()
    .optional()
    .describe(
      "Settings of LiteLLM that have no name here, in LiteLLM's spelling. Each must be one that the pinned version knows; reviews list them.",
    ),
};
