import * as fc from 'fast-check';
import type { z } from 'zod';
import type { gateway } from '../../configuration/schema/gateway';

type Input = z.input<typeof gateway>;
type Group = NonNullable<Input['models']>[string];
type Deployment = Group['deployments'][number];

/** What a person writes under `gateway` about models, requests and usage. */
export type ModelsInput = Pick<Input, 'models' | 'aliases' | 'requests' | 'usage' | 'extra'>;

/** The model of every last resort: generally available, and in no other group. */
const STABLE = 'gemini-3.8-flash';
/** Managed models and secrets that the groups below refer to. */
export const MODELS_NEED = {
  managedModels: { [STABLE]: { location: 'global' }, 'gemini-3.5-flash': {}, 'gemini-3.1-pro-preview': {} },
  secrets: { 'model-key': { source: 'provided' as const }, 'callback-key': { source: 'generated' as const } },
};

const share = fc.record({ traffic: fc.constant(100) }, { requiredKeys: [] });
const more = fc.record(
  {
    caps: fc.record({ parallelRequests: fc.integer({ min: 1, max: 500 }) }, { requiredKeys: [] }),
    maxInputTokens: fc.integer({ min: 1, max: 2_000_000 }),
    price: fc.record({ input: fc.integer({ min: 0, max: 90 }), output: fc.integer({ min: 0, max: 90 }) }),
  },
  { requiredKeys: [] },
);

const source: fc.Arbitrary<Deployment> = fc.constantFrom<Deployment>(
  { provider: 'managed', model: 'gemini-3.5-flash' },
  { provider: 'managed', model: 'gemini-3.1-pro-preview' },
  { provider: 'tuned-gemini', endpointId: '1234567890123456789', location: 'europe-west4', baseModel: 'gemini-3.5-flash-lite' },
  { provider: 'partner', model: 'claude-sonnet-5@default', location: 'global' },
  { provider: 'partner', model: 'meta/llama-3.3-70b-instruct-maas', location: 'us-central1' },
  { provider: 'ai-studio', model: 'gemini-4-argon', key: 'model-key' },
  { provider: 'openai-compatible', model: 'llama3:8b', url: 'http://10.0.0.9:11434/v1' },
  { provider: 'openai-compatible', model: 'mistral', url: 'https://vllm.acme.example:8000/v1', key: 'model-key' },
);

const deployment = fc.tuple(source, more, share).map(([given, settings, traffic]): Deployment => ({ ...given, ...settings, ...traffic }));

/** One deployment, or two that share. */
const deployments = fc.oneof(
  deployment.map((only) => [only]),
  fc
    .tuple(
      fc.uniqueArray(deployment, {
        minLength: 2,
        maxLength: 2,
        selector: (each) => JSON.stringify([each.provider, 'model' in each && each.model]),
      }),
      fc.integer({ min: 1, max: 99 }),
    )
    .map(([[one, other], percent]) => [
      { ...one!, traffic: percent },
      { ...other!, traffic: 100 - percent },
    ]),
);

const safety = fc.record(
  { harassment: fc.constantFrom('off' as const, 'only-high' as const), dangerousContent: fc.constant('low-and-above' as const) },
  { requiredKeys: [] },
);
const tries = fc.integer({ min: 0, max: 2 });
const retries = fc.record({ rateLimit: tries, timeout: tries, other: tries, notFound: tries }, { requiredKeys: [] });
const timeoutSeconds = fc.integer({ min: 1, max: 150 });
const name = fc.stringMatching(/^[a-z][a-z0-9.-]{0,14}[a-z0-9]$/);

/** Groups of which each falls back on later ones only, the last on none. */
const models = fc
  .uniqueArray(name, { minLength: 1, maxLength: 4 })
  .chain((names) =>
    fc.tuple(
      ...names.map((group, index) => {
        const later = names.slice(index + 1);
        if (later.length === 0) return fc.constant([group, { deployments: [{ provider: 'managed', model: STABLE }], lastResort: true }]);
        const targets = fc.subarray(later.slice(0, -1)).map((some) => [...some, later.at(-1)!]);
        const settings = { deployments, fallbacks: targets, contextWindowFallbacks: fc.subarray(later), safety, retries, timeoutSeconds };
        return fc.record(settings, { requiredKeys: ['deployments', 'fallbacks'] }).map((given) => [group, given]);
      }),
    ),
  )
  .map((groups) => Object.fromEntries(groups) as Record<string, Group>);

const alias = fc.stringMatching(/^[A-Z][\w./:@-]{0,10}$/);

const aliasesOf = (groups: Record<string, Group>) =>
  fc
    .uniqueArray(
      fc.record({
        alias,
        group: fc.constantFrom(...Object.keys(groups)),
        hidden: fc.boolean(),
      }),
      {
        maxLength: 2,
        selector: ({ alias }) => alias,
      },
    )
    .map((some) => Object.fromEntries(some.map(({ alias, ...settings }) => [alias, settings])));

const usage = fc.record(
  {
    callbacks: fc.record(
      {
        prometheus: fc.constant({}),
        otel: fc.record(
          { endpoint: fc.constant('http://127.0.0.1:4318'), headers: fc.constant('callback-key') },
          { requiredKeys: ['endpoint'] },
        ),
        langfuse: fc.constant({ publicKey: 'callback-key', secretKey: 'model-key' }),
      },
      { requiredKeys: [] },
    ),
    recordPrompts: fc.boolean(),
    spendTagHeaders: fc.subarray(['x-cost-center', 'x-team']),
    spendEverySeconds: fc.integer({ min: 1, max: 300 }),
  },
  { requiredKeys: [] },
);

const requests = fc.record(
  { retries, timeoutSeconds, retryAfterSeconds: fc.integer({ min: 0, max: 9 }), dropUnsupported: fc.boolean(), safety },
  { requiredKeys: ['timeoutSeconds'] },
);

const extra = fc.record(
  {
    general_settings: fc.constant({ user_api_key_cache_ttl: 30 }),
    router_settings: fc.constant({ enable_tag_filtering: true }),
    secrets: fc.constant({ SLACK_TOKEN: 'callback-key' }),
  },
  { requiredKeys: [] },
);

/** It calls a host outside Google, and outside its network. */
export const leavesTheNetwork = (gateway: object): boolean => /"langfuse"|vllm\.acme\.example/.test(JSON.stringify(gateway));

/** Valid model groups and what goes with them, without the escape hatch; the linter finds no error in them. */
export const closedModels: fc.Arbitrary<ModelsInput> = models.chain((groups) =>
  fc.record({ models: fc.constant(groups), aliases: aliasesOf(groups), requests, usage }, { requiredKeys: ['models', 'requests'] }),
);

const deploymentExtra = fc.constantFrom({ litellm_params: { cooldown_time: 3 } }, { model_info: { mode: 'chat' } }, undefined);

/** The same with it. */
export const gatewayModels: fc.Arbitrary<ModelsInput> = fc
  .tuple(closedModels, fc.option(extra, { nil: undefined }), deploymentExtra)
  .map(([given, wide, own]) => ({
    ...given,
    ...(wide && { extra: wide }),
    models: Object.fromEntries(
      Object.entries(given.models!).map(
        ([
          group,
          {
            deployments: [first, ...rest],
            ...settings
          },
        ]) => [group, { ...settings, deployments: [{ ...first!, ...(own && { extra: own }) }, ...rest] }],
      ),
    ),
  }));
