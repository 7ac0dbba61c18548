import { z } from 'zod';
import { capSettings, extraKeys, groupRetries, price, safety, timeoutSeconds } from './gateway-requests';
import { resourceName } from './values';

/** What clients ask for. A slash would be taken for a provider, an asterisk for a wildcard. */
const groupName = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?$/, 'a name of at most 64 of a-z, 0-9, dot, dash and underscore, e.g. assistant');

const location = z
  .string()
  .regex(/^(global|us|eu|[a-z]+-[a-z]+\d{1,2})$/, 'global, us, eu or a region, e.g. europe-west4')
  .describe('Where it is called: a region, us, eu or global.');

const geminiId = z.string().regex(/^gemini-[a-z0-9.-]{1,55}$/, 'the id of a Gemini model, e.g. gemini-3.8-flash');
const endpointId = z.string().regex(/^\d{1,19}$/, 'the id of an endpoint, in quotes: up to 19 digits');
const secretKey = resourceName(60);

const everyDeployment = {
  traffic: z
    .number()
    .int()
    .min(0)
    .max(100)
    .default(100)
    .describe('Share of the requests in per cent. All deployments of a group sum to 100.'),
  caps: z.strictObject(capSettings).optional().describe('What the gateway sends it at most. Default: no cap of our own.'),
  maxInputTokens: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe('Context window, where LiteLLM does not know it. Default: what LiteLLM knows.'),
  price,
  extra: z
    .strictObject({ litellm_params: extraKeys, model_info: extraKeys })
    .partial()
    .optional()
    .describe("Settings of LiteLLM that have no name here, in LiteLLM's spelling; each must be one that the pinned version knows."),
};

const servedModel = z.string().regex(/^[A-Za-z0-9][\w./:@-]{0,127}$/, 'the name of a model, as its server knows it');

const deployment = z
  .discriminatedUnion('provider', [
    z.strictObject({
      provider: z.literal('managed'),
      model: z.string().describe('Key of managedModels, which says where it is called.'),
      ...everyDeployment,
    }),
    z.strictObject({
      provider: z.literal('endpoint'),
      endpoint: resourceName(50).describe('Key of endpoints. Its containers answer on the OpenAI chat route, as vLLM does.'),
      ...everyDeployment,
    }),
    z.strictObject({
      provider: z.literal('model-garden'),
      endpoint: resourceName(50).describe('Key of modelGarden.'),
      endpointId: endpointId.describe('Id of the endpoint, known after its first deploy: Vertex AI chooses it.'),
      ...everyDeployment,
    }),
    z.strictObject({
      provider: z.literal('tuned-gemini'),
      endpointId: endpointId.describe('Id of the endpoint that the tuning job has made.'),
      location,
      baseModel: geminiId.describe('What it was tuned from: it ends with it.'),
      ...everyDeployment,
    }),
    z.strictObject({
      provider: z.literal('partner'),
      model: z
        .string()
        .regex(
          /^(claude-|mistral|codestral|jamba|(meta|deepseek-ai|qwen|mistralai|minimaxai|moonshotai|zai-org|xai)\/|openai\/gpt-oss-|google\/gemma-)[\w.@/-]+$/,
          'a model of another vendor on Vertex AI as LiteLLM spells it, e.g. claude-sonnet-5 or meta/llama-3.3-70b-instruct-maas',
        )
        .describe('Model of another vendor that Vertex AI serves, e.g. claude-sonnet-5, meta/llama-3.3-70b-instruct-maas.'),
      location,
      ...everyDeployment,
    }),
    z.strictObject({
      provider: z.literal('ai-studio'),
      model: geminiId,
      key: secretKey.describe('Key of secrets with an API key of AI Studio.'),
      ...everyDeployment,
    }),
    z.strictObject({
      provider: z.literal('openai-compatible'),
      model: servedModel,
      url: z
        .string()
        .regex(/^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/, 'the base URL of an OpenAI API, e.g. http://10.10.0.8:11434/v1')
        .describe('Base URL of the API: of Ollama, vLLM, LM Studio or another vendor, mostly ending in /v1.'),
      key: secretKey.optional().describe('Key of secrets with its API key. Default: it asks for none.'),
      ...everyDeployment,
    }),
  ])
  .describe('Something that answers.');

const targets = z.array(groupName).max(5).default([]);

const group = z.strictObject({
  description: z.string().max(500).optional().describe('What it is for. Default: none.'),
  deployments: z.array(deployment).min(1).max(20).describe('What answers, and with which share.'),
  fallbacks: targets.describe('Groups that are asked, in order, when all tries have failed.'),
  contextWindowFallbacks: targets.describe('Groups that are asked when a prompt is too long for this one.'),
  contentPolicyFallbacks: targets.describe('Groups that are asked when this one refuses what is said.'),
  lastResort: z
    .boolean()
    .default(false)
    .describe(
      'That others fall back on it and nothing comes after it: so chains of fallbacks end, and two groups in trouble do not load each other.',
    ),
  timeoutSeconds: timeoutSeconds.optional().describe('Longest time of one try, seconds. Default: requests.timeoutSeconds.'),
  retries: groupRetries.optional().describe('Tries after the first, where it differs from requests.retries.'),
  safety: safety.optional().describe('What Gemini refuses to say, where it differs from requests.safety.'),
  expected: z
    .strictObject({
      requestsPerMinute: z.number().int().min(1).describe('Requests a minute at the busiest.').optional(),
      tokensPerMinute: z.number().int().min(1).describe('Tokens a minute at the busiest, in and out.').optional(),
    })
    .optional()
    .describe('What clients are expected to need; caps below it are refused. Default: not known.'),
});

const alias = z.strictObject({
  group: groupName.describe('Group that answers.'),
  hidden: z.boolean().default(false).describe('Not among the models that the gateway lists.'),
});

/** What the environment file says of models: read by `stacks/gateway-configuration.ts`. */
export const gatewayModels = {
  models: z.record(groupName, group).default({}).describe('Model groups, by the name that clients ask for.'),
  aliases: z
    .record(z.string().regex(/^[\w][\w./:@-]{0,127}$/, 'a name that clients ask for'), alias)
    .default({})
    .describe('Further names of groups, e.g. the model names that a client has built in.'),
};
