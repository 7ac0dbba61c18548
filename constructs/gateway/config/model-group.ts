import type { ModelSource } from './model-source';

/** What the gateway sends a deployment at most. LiteLLM counts minutes over all instances with Redis, and else in each for itself. */
export interface Caps {
  readonly requestsPerMinute?: number;
  /** In and out. */
  readonly tokensPerMinute?: number;
  /** At a time, of each worker: this one is never shared. */
  readonly parallelRequests?: number;
}

/** US dollars a million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
}

/** Keys of LiteLLM that have no name here. */
export type ExtraKeys = Readonly<Record<string, unknown>>;

export interface ModelDeployment {
  readonly source: ModelSource;
  /** Share of the group's requests, per cent. */
  readonly traffic: number;
  readonly caps?: Caps;
  /**
   * Context window, tokens.
   * @default what LiteLLM's list says
   */
  readonly maxInputTokens?: number;
  /**
   * What its tokens cost. A model that LiteLLM's list does not have needs it: else spend is 0, and budgets never end.
   * @default what LiteLLM's list says
   */
  readonly price?: Price;
  readonly extra?: { readonly litellm_params?: ExtraKeys; readonly model_info?: ExtraKeys };
}

/** Tries after the first, by class of error, see `retry-policy.ts`. */
export interface Retries {
  readonly rateLimit: number;
  readonly timeout: number;
  readonly serverError: number;
  readonly unavailable: number;
  readonly other: number;
  readonly authentication: number;
  readonly notFound: number;
  readonly badRequest: number;
  readonly contentPolicy: number;
}

export type SafetyThreshold = 'off' | 'only-high' | 'medium-and-above' | 'low-and-above';

/** What Gemini refuses to say. Absent: what Google decides. */
export interface Safety {
  readonly harassment?: SafetyThreshold;
  readonly hateSpeech?: SafetyThreshold;
  readonly sexuallyExplicit?: SafetyThreshold;
  readonly dangerousContent?: SafetyThreshold;
}

/** Something that clients ask for by name, and what answers. */
export interface ModelGroup {
  readonly deployments: readonly ModelDeployment[];
  /** Groups, in order. */
  readonly fallbacks?: readonly string[];
  readonly contextWindowFallbacks?: readonly string[];
  readonly contentPolicyFallbacks?: readonly string[];
  /**
   * Others fall back on it, and nothing comes after it.
   * @default false
   */
  readonly lastResort?: boolean;
  /**
   * Of one try.
   * @default `Requests.timeoutSeconds`
   */
  readonly timeoutSeconds?: number;
  /** Where they differ from `Requests.retries`. */
  readonly retries?: Partial<Retries>;
  /** Where it differs from `Requests.safety`. */
  readonly safety?: Safety;
  /** What clients need a minute at the busiest. */
  readonly expected?: { readonly requestsPerMinute?: number; readonly tokensPerMinute?: number };
}

/** A further name of a group. */
export interface ModelAlias {
  readonly group: string;
  /**
   * Not among the models that the gateway lists.
   * @default false
   */
  readonly hidden?: boolean;
}

export type ModelGroups = Readonly<Record<string, ModelGroup>>;
export type ModelAliases = Readonly<Record<string, ModelAlias>>;

/** How requests are tried, in every group. */
export interface Requests {
  /** Longest time of one try. It does not end an OpenAI stream that has begun. */
  readonly timeoutSeconds: number;
  readonly retries: Retries;
  /** Least wait between two tries; LiteLLM leaves it out where another deployment of the group is healthy. */
  readonly retryAfterSeconds: number;
  /** How long a deployment that has failed is left alone. */
  readonly cooldownSeconds: number;
  /** Leave out parameters that a model does not know. */
  readonly dropUnsupported: boolean;
  readonly safety?: Safety;
}
