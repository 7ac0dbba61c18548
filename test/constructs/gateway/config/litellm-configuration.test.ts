import { parse } from 'yaml';
import {
  DEFAULT_REQUESTS,
  DEFAULT_USAGE,
  type LiteLlmConfig,
  LiteLlmConfiguration,
  ModelSource,
} from '../../../../constructs/gateway/config';
import { configurationOf, environmentWithGateway } from '../../../support/model-groups';

const LIGHT = { deployments: [{ provider: 'managed', model: 'gemini-3.5-flash-lite' }], lastResort: true };
const ASSISTANT = { deployments: [{ provider: 'managed', model: 'gemini-3.8-flash' }], fallbacks: ['light'] };
const BOTH = { assistant: ASSISTANT, light: LIGHT };

const written = (given: object, options = {}): LiteLlmConfig => parse(configurationOf(given, options).yaml) as LiteLlmConfig;

describe('config.yaml', () => {
  it('has the master key where LiteLLM reads it, and the name of its secret beside', () => {
    const configuration = configurationOf({ models: BOTH, masterKey: 'gateway-master-key' });
    expect(parse(configuration.yaml).general_settings.master_key).toBe('os.environ/LITELLM_MASTER_KEY');
    expect(configuration.secrets).toEqual({ LITELLM_MASTER_KEY: 'gateway-master-key' });
  });

  it('keeps to itself what is said', () => {
    const { general_settings, litellm_settings } = written({ models: BOTH });
    expect(litellm_settings.turn_off_message_logging).toBe(true);
    expect(general_settings).toMatchObject({
      store_prompts_in_spend_logs: false,
      disable_error_logs: true,
      background_health_checks: false,
    });
  });

  it('writes every class of error into the retry policy, also for a group that differs in one', () => {
    const { router_settings } = written({
      models: { assistant: { ...ASSISTANT, retries: { rateLimit: 0 } }, light: LIGHT },
      requests: { retries: { timeout: 3 } },
    });
    const policy = {
      RateLimitErrorRetries: 2,
      TimeoutErrorRetries: 3,
      ServiceUnavailableErrorRetries: 2,
      DefaultRetries: 1,
      NotFoundErrorRetries: 0,
    };
    expect(router_settings.retry_policy).toMatchObject(policy);
    expect(router_settings.model_group_retry_policy).toEqual({ assistant: { ...router_settings.retry_policy, RateLimitErrorRetries: 0 } });
    expect(Object.keys(router_settings.retry_policy)).toHaveLength(9);
  });

  it('turns caps into limits, which LiteLLM else takes for weights', () => {
    const caps = { requestsPerMinute: 60, tokensPerMinute: 9000, parallelRequests: 5 };
    const capped = { ...LIGHT, deployments: [{ ...LIGHT.deployments[0], caps }] };
    const configuration = configurationOf({ models: { light: capped } }, { redis: true });
    const config = parse(configuration.yaml) as LiteLlmConfig;
    expect(config.model_list[0]!.litellm_params).toMatchObject({ rpm: 60, tpm: 9000, max_parallel_requests: 5, weight: 100 });
    expect(config.router_settings.optional_pre_call_checks).toEqual(['enforce_model_rate_limits']);
    expect(config.router_settings).toMatchObject({ redis_host: 'os.environ/REDIS_HOST', redis_port: 'os.environ/REDIS_PORT' });
    expect(configuration.needsRedis).toEqual(['gemini-3.5-flash-lite of group `light`: 60 requests a minute, 9000 tokens a minute']);
    expect(written({ models: BOTH }).router_settings).not.toHaveProperty('optional_pre_call_checks');
  });

  it('says safety settings twice, once a route, and to Gemini only', () => {
    const { model_list } = written({
      models: {
        assistant: { ...ASSISTANT, safety: { harassment: 'off' } },
        light: LIGHT,
        claude: { deployments: [{ provider: 'partner', model: 'claude-sonnet-5', location: 'global' }], fallbacks: ['light'] },
      },
      requests: { safety: { harassment: 'only-high', dangerousContent: 'low-and-above' } },
    });
    const settings = [
      { category: 'HARM_CATEGORY_HARASSMENT', threshold: 'OFF' },
      { category: 'HARM_CATEGORY_DANGEROUS_CONTENT', threshold: 'BLOCK_LOW_AND_ABOVE' },
    ];
    expect(model_list[0]!.litellm_params).toMatchObject({ safety_settings: settings, safetySettings: settings });
    expect(model_list[1]!.litellm_params.safety_settings![0]!.threshold).toBe('BLOCK_ONLY_HIGH');
    expect(model_list[2]!.litellm_params).not.toHaveProperty('safety_settings');
  });

  it('counts tokens beforehand only where there is somewhere else to go', () => {
    const models = { assistant: { ...ASSISTANT, contextWindowFallbacks: ['light'], contentPolicyFallbacks: ['light'] }, light: LIGHT };
    expect(written({ models }).router_settings).toMatchObject({
      enable_pre_call_checks: true,
      fallbacks: [{ assistant: ['light'] }],
      context_window_fallbacks: [{ assistant: ['light'] }],
      content_policy_fallbacks: [{ assistant: ['light'] }],
    });
    expect(written({ models: BOTH }).router_settings).not.toHaveProperty('enable_pre_call_checks');
  });

  it('lists aliases, or hides them', () => {
    const aliases = { chat: { group: 'assistant' }, 'gemini-pro': { group: 'assistant', hidden: true } };
    expect(written({ models: BOTH, aliases }).router_settings.model_group_alias).toEqual({
      chat: { model: 'assistant', hidden: false },
      'gemini-pro': { model: 'assistant', hidden: true },
    });
  });

  it('takes prices a million tokens, and LiteLLM a token', () => {
    const deployment = { ...LIGHT.deployments[0], price: { input: 0.5, output: 3 }, maxInputTokens: 4096 };
    const [entry] = written({ models: { light: { ...LIGHT, deployments: [deployment] } } }).model_list;
    expect(entry!.litellm_params).toMatchObject({ input_cost_per_token: 0.000_000_5, output_cost_per_token: 0.000_003 });
    expect(entry!.model_info.max_input_tokens).toBe(4096);
  });

  it('has what came through the escape hatch, at its place', () => {
    const deployment = { ...LIGHT.deployments[0], extra: { litellm_params: { cooldown_time: 3 }, model_info: { mode: 'chat' } } };
    const config = written({
      models: { light: { ...LIGHT, deployments: [deployment] } },
      extra: { general_settings: { user_api_key_cache_ttl: 30 }, router_settings: { enable_tag_filtering: true } },
    });
    expect(config.model_list[0]).toMatchObject({ litellm_params: { cooldown_time: 3 }, model_info: { mode: 'chat' } });
    expect(config).toMatchObject({ general_settings: { user_api_key_cache_ttl: 30 }, router_settings: { enable_tag_filtering: true } });
  });
});

describe('what nobody says', () => {
  it('is the same in an environment file and in the construct', () => {
    const { requests, usage } = environmentWithGateway({ models: BOTH }).gateway!;
    const { safety, ...tries } = requests;
    expect(tries).toEqual(DEFAULT_REQUESTS);
    expect(safety).toEqual({});
    expect(usage).toEqual(DEFAULT_USAGE);
  });

  it('may be left out', () => {
    const source = ModelSource.gemini('gemini-3.5-flash-lite', { projectId: 'acme-ai-dev', location: 'global' });
    const models = { light: { deployments: [{ source, traffic: 100 }], lastResort: true } };
    expect(new LiteLlmConfiguration({ models, masterKeySecret: 'gateway-master-key' }).yaml).toBe(
      configurationOf({ models: { light: LIGHT } }).yaml,
    );
  });
});

describe('callbacks', () => {
  it('bring the variables and secrets that they read', () => {
    const configuration = configurationOf({
      models: BOTH,
      usage: {
        callbacks: {
          prometheus: {},
          otel: { endpoint: 'https://otel.acme.example:4318', headers: 'alert-webhook' },
          langfuse: { publicKey: 'ai-studio-key', secretKey: 'anthropic-api-key' },
          gcsBucket: { bucket: 'acme-requests' },
          pubSub: { topic: 'requests' },
        },
        enterpriseLicence: 'alert-webhook',
        spendTagHeaders: ['x-cost-center'],
      },
    });
    expect(parse(configuration.yaml).litellm_settings).toMatchObject({
      callbacks: ['prometheus', 'otel', 'gcs_bucket', 'gcs_pubsub'],
      success_callback: ['langfuse'],
      failure_callback: ['langfuse'],
      extra_spend_tag_headers: ['x-cost-center'],
    });
    expect(configuration.variables).toEqual({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'https://otel.acme.example:4318',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      LANGFUSE_HOST: 'https://cloud.langfuse.com',
      GCS_BUCKET_NAME: 'acme-requests',
      GCS_PUBSUB_TOPIC_ID: 'requests',
      GCS_PUBSUB_PROJECT_ID: 'acme-ai-dev',
    });
    expect(configuration.secrets).toEqual({
      LITELLM_MASTER_KEY: 'gateway-master-key',
      LITELLM_LICENSE: 'alert-webhook',
      OTEL_EXPORTER_OTLP_HEADERS: 'alert-webhook',
      LANGFUSE_PUBLIC_KEY: 'ai-studio-key',
      LANGFUSE_SECRET_KEY: 'anthropic-api-key',
    });
    expect(configuration.calls).toEqual({
      apis: ['aiplatform.googleapis.com', 'pubsub.googleapis.com', 'storage.googleapis.com'],
      hosts: ['cloud.langfuse.com', 'otel.acme.example:4318'],
    });
    expect(configuration.findings.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

describe('the longest request', () => {
  const timed = (timeoutSeconds: number, more: object = {}) => ({ ...LIGHT, timeoutSeconds, ...more });

  it('is every try of every group that it can get to, with the longest waits between', () => {
    // 1 + 2 tries of 100 s and two waits of 60 s.
    expect(configurationOf({ models: { light: timed(100) } }).longestRequestSeconds).toBe(420);
    const chain = { assistant: { ...ASSISTANT, timeoutSeconds: 10 }, light: timed(100) };
    expect(configurationOf({ models: chain }).longestRequestSeconds).toBe(420 + 3 * 10 + 120);
  });

  it('has no wait without a retry', () => {
    const none = { rateLimit: 0, timeout: 0, serverError: 0, unavailable: 0, other: 0 };
    expect(configurationOf({ models: { light: timed(100, { retries: none }) } }).longestRequestSeconds).toBe(100);
  });

  it('visits a group once, however many chains lead there', () => {
    const models = {
      a: { ...ASSISTANT, fallbacks: ['b', 'light'], contextWindowFallbacks: ['light'] },
      b: { deployments: [{ provider: 'managed', model: 'gemini-4-argon' }], fallbacks: ['light'] },
      light: LIGHT,
    };
    const configuration = configurationOf({ models, requests: { timeoutSeconds: 10 } });
    expect(configuration.longestRequestSeconds).toBe(3 * (3 * 10 + 120));
    expect(parse(configuration.yaml).router_settings.max_fallbacks).toBe(2);
  });
});
