import { z } from 'zod';

/**
 * The part of LiteLLM's config.yaml that is written here, and nothing else: LiteLLM swallows every key that it does not know, so each object
 * is closed. That the pinned version knows each of these keys is a test; keys beside them come through `extra`, against the same list.
 */

/** A value that LiteLLM replaces by an environment variable; the group is its name. */
export const REFERENCE = /^os\.environ\/([A-Za-z_][A-Za-z0-9_]*)$/;
const fromEnvironment = z.string().regex(REFERENCE, 'os.environ/NAME');

const retryPolicy = z.strictObject({
  BadRequestErrorRetries: z.int(),
  AuthenticationErrorRetries: z.int(),
  TimeoutErrorRetries: z.int(),
  RateLimitErrorRetries: z.int(),
  ContentPolicyViolationErrorRetries: z.int(),
  InternalServerErrorRetries: z.int(),
  ServiceUnavailableErrorRetries: z.int(),
  NotFoundErrorRetries: z.int(),
  DefaultRetries: z.int(),
});

const safetySettings = z.array(
  z.strictObject({
    category: z.enum([
      'HARM_CATEGORY_HARASSMENT',
      'HARM_CATEGORY_HATE_SPEECH',
      'HARM_CATEGORY_SEXUALLY_EXPLICIT',
      'HARM_CATEGORY_DANGEROUS_CONTENT',
    ]),
    threshold: z.enum(['OFF', 'BLOCK_ONLY_HIGH', 'BLOCK_MEDIUM_AND_ABOVE', 'BLOCK_LOW_AND_ABOVE']),
  }),
);

const litellmParams = z.strictObject({
  model: z.string(),
  vertex_project: z.string().optional(),
  vertex_location: z.string().optional(),
  api_base: z.string().optional(),
  api_key: z.union([fromEnvironment, z.literal('none')]).optional(),
  weight: z.int().min(0).max(100),
  rpm: z.int().optional(),
  tpm: z.int().optional(),
  max_parallel_requests: z.int().optional(),
  timeout: z.number(),
  max_retries: z.literal(0),
  input_cost_per_token: z.number().optional(),
  output_cost_per_token: z.number().optional(),
  safety_settings: safetySettings.optional(),
  safetySettings: safetySettings.optional(),
});

const modelInfo = z.strictObject({
  id: z.string(),
  base_model: z.string().optional(),
  max_input_tokens: z.int().optional(),
});

/** Group → groups; LiteLLM wants a list of maps with one key each. */
const fallbacks = z.array(z.record(z.string(), z.array(z.string())));

const routerSettings = z.strictObject({
  routing_strategy: z.literal('simple-shuffle'),
  num_retries: z.int(),
  retry_after: z.number(),
  cooldown_time: z.number(),
  retry_policy: retryPolicy,
  model_group_retry_policy: z.record(z.string(), retryPolicy).optional(),
  fallbacks: fallbacks.optional(),
  context_window_fallbacks: fallbacks.optional(),
  content_policy_fallbacks: fallbacks.optional(),
  max_fallbacks: z.int(),
  model_group_alias: z.record(z.string(), z.strictObject({ model: z.string(), hidden: z.boolean() })).optional(),
  enable_pre_call_checks: z.boolean().optional(),
  optional_pre_call_checks: z.array(z.literal('enforce_model_rate_limits')).optional(),
  redis_host: fromEnvironment.optional(),
  redis_port: fromEnvironment.optional(),
});

const litellmSettings = z.strictObject({
  drop_params: z.boolean(),
  request_timeout: z.number(),
  callbacks: z.array(z.enum(['prometheus', 'otel', 'gcs_bucket', 'gcs_pubsub'])).optional(),
  success_callback: z.array(z.literal('langfuse')).optional(),
  failure_callback: z.array(z.literal('langfuse')).optional(),
  turn_off_message_logging: z.boolean(),
  extra_spend_tag_headers: z.array(z.string()).optional(),
  disable_hf_tokenizer_download: z.boolean(),
  json_logs: z.boolean(),
});

const generalSettings = z.strictObject({
  master_key: fromEnvironment,
  database_connection_pool_limit: z.int(),
  proxy_batch_write_at: z.int(),
  store_model_in_db: z.boolean(),
  store_prompts_in_spend_logs: z.boolean(),
  disable_error_logs: z.boolean(),
  background_health_checks: z.boolean(),
  allow_requests_on_db_unavailable: z.boolean(),
  use_redis_transaction_buffer: z.boolean().optional(),
});

export const BLOCKS = {
  litellm_params: litellmParams,
  model_info: modelInfo,
  router_settings: routerSettings,
  litellm_settings: litellmSettings,
  general_settings: generalSettings,
} as const;

export const liteLlmConfig = z.strictObject({
  model_list: z.array(z.strictObject({ model_name: z.string(), litellm_params: litellmParams, model_info: modelInfo })),
  router_settings: routerSettings,
  litellm_settings: litellmSettings,
  general_settings: generalSettings,
});

/** A part of the file whose keys LiteLLM does not check. */
export type Block = keyof typeof BLOCKS;
export type LiteLlmConfig = z.infer<typeof liteLlmConfig>;
export type ModelEntry = LiteLlmConfig['model_list'][number];
export type RetryPolicy = z.infer<typeof retryPolicy>;
