import type { LiteLlmConfig } from './litellm-config';
import type { ExtraKeys, ModelAliases, ModelGroup, ModelGroups, Requests } from './model-group';
import { modelList } from './model-list';
import { retryPolicy } from './retry-policy';
import { type Usage, usageSettings } from './usage';
import { mostFallbacks } from './walk';

/** Keys beside those that are typed, by the block of config.yaml that they go to. */
export interface Extra {
  /**
   * Environment variables that those keys refer to as os.environ/NAME: name → secret, as `ModelKey.secret` names it.
   * @default none
   */
  readonly secrets?: Readonly<Record<string, string>>;
  /**
   * Keys of that block, in LiteLLM's spelling.
   * @default none
   */
  readonly general_settings?: ExtraKeys;
  /**
   * Keys of that block, in LiteLLM's spelling.
   * @default none
   */
  readonly litellm_settings?: ExtraKeys;
  /**
   * Keys of that block, in LiteLLM's spelling.
   * @default none
   */
  readonly router_settings?: ExtraKeys;
}

export interface ConfigSettings {
  readonly models: ModelGroups;
  readonly aliases: ModelAliases;
  readonly requests: Requests;
  readonly usage: Usage;
  readonly extra: Extra;
  readonly connectionsPerWorker: number;
  /** Limits are counted over all instances: REDIS_HOST and REDIS_PORT are among the service's variables. */
  readonly redis: boolean;
}

/** Where the gateway finds its master key. LiteLLM reads it here, and nowhere else in the file. */
export const MASTER_KEY_VARIABLE = 'LITELLM_MASTER_KEY';

/** The whole config.yaml, as data. */
export const buildConfig = (settings: ConfigSettings): LiteLlmConfig => ({
  model_list: modelList(settings.models, settings.requests),
  router_settings: { ...routerSettings(settings), ...settings.extra.router_settings },
  litellm_settings: {
    drop_params: settings.requests.dropUnsupported,
    request_timeout: settings.requests.timeoutSeconds,
    ...usageSettings(settings.usage),
    // For Llama and some others, LiteLLM would get a tokenizer from a host on the internet, in the middle of a stream.
    disable_hf_tokenizer_download: true,
    json_logs: true,
    ...settings.extra.litellm_settings,
  },
  general_settings: { ...generalSettings(settings), ...settings.extra.general_settings },
});

function routerSettings({ models, aliases, requests, redis }: ConfigSettings): LiteLlmConfig['router_settings'] {
  const own = Object.entries(models).filter(([, { retries }]) => retries !== undefined);
  const policies = own.map(([name, { retries }]) => [name, retryPolicy({ ...requests.retries, ...retries })] as const);
  const shown = Object.entries(aliases).map(([name, { group, hidden }]) => [name, { model: group, hidden: hidden ?? false }] as const);
  const all = Object.values(models);
  return {
    routing_strategy: 'simple-shuffle',
    num_retries: requests.retries.other,
    retry_after: requests.retryAfterSeconds,
    cooldown_time: requests.cooldownSeconds,
    retry_policy: retryPolicy(requests.retries),
    ...(policies.length > 0 ? { model_group_retry_policy: Object.fromEntries(policies) } : {}),
    ...fallbacksOf(models),
    max_fallbacks: mostFallbacks(models),
    ...(shown.length > 0 ? { model_group_alias: Object.fromEntries(shown) } : {}),
    // Counts the tokens of every prompt beforehand, so only where something comes of it.
    ...(all.some(({ contextWindowFallbacks }) => contextWindowFallbacks?.length) ? { enable_pre_call_checks: true } : {}),
    // Without it, LiteLLM takes rpm and tpm for weights and refuses nothing.
    ...(all.some(hasMinuteCaps) ? { optional_pre_call_checks: ['enforce_model_rate_limits' as const] } : {}),
    // Not redis_url, which is slower. How to log in, LiteLLM takes from further REDIS_… variables.
    ...(redis ? { redis_host: 'os.environ/REDIS_HOST', redis_port: 'os.environ/REDIS_PORT' } : {}),
  };
}

const generalSettings = ({ usage, connectionsPerWorker, redis }: ConfigSettings): LiteLlmConfig['general_settings'] => ({
  master_key: `os.environ/${MASTER_KEY_VARIABLE}`,
  database_connection_pool_limit: connectionsPerWorker,
  proxy_batch_write_at: usage.spendEverySeconds,
  // The file is the one source: models that somebody adds by hand would be gone from review.
  store_model_in_db: false,
  store_prompts_in_spend_logs: usage.recordPrompts,
  // Error logs hold requests.
  disable_error_logs: !usage.recordPrompts,
  // Each check is a paid request to each model.
  background_health_checks: false,
  // Or whoever can disturb the database would get in without a key.
  allow_requests_on_db_unavailable: false,
  ...(redis ? { use_redis_transaction_buffer: true } : {}),
});

const FALLBACKS = {
  fallbacks: 'fallbacks',
  contextWindowFallbacks: 'context_window_fallbacks',
  contentPolicyFallbacks: 'content_policy_fallbacks',
} as const;

function fallbacksOf(groups: ModelGroups): Partial<Record<(typeof FALLBACKS)[keyof typeof FALLBACKS], Record<string, string[]>[]>> {
  const kinds = Object.entries(FALLBACKS).map(([ours, theirs]) => {
    const lists = Object.entries(groups).map(([name, group]) => [name, [...(group[ours as keyof typeof FALLBACKS] ?? [])]] as const);
    return [theirs, lists.filter(([, targets]) => targets.length > 0).map(([name, targets]) => ({ [name]: targets }))] as const;
  });
  return Object.fromEntries(kinds.filter(([, lists]) => lists.length > 0));
}

export const hasMinuteCaps = ({ deployments }: ModelGroup): boolean =>
  deployments.some(({ caps }) => caps?.requestsPerMinute !== undefined || caps?.tokensPerMinute !== undefined);
