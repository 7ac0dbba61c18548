import type { ModelSource } from './model-source';

/** What the gateway sends a deployment at most. LiteLLM counts minutes over all instances with Redis, and else in each for itself. */
export interface Caps {
  /**
   * Requests a minute.
   * @default no limit
   */
  readonly requestsPerMinute?: number;
  /**
   * Tokens a minute, in and out.
   * @default no limit
   */
  readonly tokensPerMinute?: number;
  /**
   * Requests at a time, of each worker: this one is never shared.
   * @default no limit
   */
  readonly parallelRequests?: number;
}

/** US dollars a million tokens. */
export interface Price {
  /** Of what is sent. */
  readonly input: number;
  /** Of what comes back. */
  readonly output: number;
}

/** Keys of LiteLLM that have no name here. */
export type ExtraKeys = Readonly<Record<string, unknown>>;

export interface ModelDeployment {
  /** The model, and how LiteLLM reaches it. */
  readonly source: ModelSource;
  /** Share of the group's requests, per cent. */
  readonly traffic: number;
  /**
   * What it is sent at most.
   * @default no limit
   */
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
  /**
   * Keys of LiteLLM for this deployment that have no name here.
   * @default none
   */
  readonly extra?: {
    /** Keys of that block. */
    readonly litellm_params?: ExtraKeys;
    /** Keys of that block. */
    readonly model_info?: ExtraKeys;
  };
}

/** Tries after the first, by class of error, see `retry-policy.ts`. */
export interface Retries {
  /** 429. */
  readonly rateLimit: number;
  /** A try that took too long, 408, 504. */
  readonly timeout: number;
  /** 500. */
  readonly serverError: number;
  /** 503. */
  readonly unavailable: number;
  /** What has no class of its own: 502, a lost connection. */
  readonly other: number;
  /** 401. */
  readonly authentication: number;
  /** 404. */
  readonly notFound: number;
  /** 400, 403, 409, 413, 422. */
  readonly badRequest: number;
  /** Refused for what it says. */
  readonly contentPolicy: number;
}

export type SafetyThreshold = 'off' | 'only-high' | 'medium-and-above' | 'low-and-above';

/** What Gemini refuses to say. Absent: what Google decides. */
export interface Safety {
  /**
   * From which probability on an answer is refused.
   * @default what Google decides
   */
  readonly harassment?: SafetyThreshold;
  /**
   * From which probability on an answer is refused.
   * @default what Google decides
   */
  readonly hateSpeech?: SafetyThreshold;
  /**
   * From which probability on an answer is refused.
   * @default what Google decides
   */
  readonly sexuallyExplicit?: SafetyThreshold;
  /**
   * From which probability on an answer is refused.
   * @default what Google decides
   */
  readonly dangerousContent?: SafetyThreshold;
}

/** Something that clients ask for by name, and what answers. */
export interface ModelGroup {
  /** What answers; the shares of all sum to 100. */
  readonly deployments: readonly ModelDeployment[];
  /**
   * Groups that are asked after the last try, in order.
   * @default none; then it must be a `lastResort`
   */
  readonly fallbacks?: readonly string[];
  /**
   * Groups that are asked when a prompt is too long for this one.
   * @default none
   */
  readonly contextWindowFallbacks?: readonly string[];
  /**
   * Groups that are asked when this one refuses to answer.
   * @default none
   */
  readonly contentPolicyFallbacks?: readonly string[];
  /**
   * Others fall back on it, and nothing comes after it.
   * @default false
   */
  readonly lastResort?: boolean;
  /**
   * Seconds that one try may take.
   * @default `Requests.timeoutSeconds`
   */
  readonly timeoutSeconds?: number;
  /**
   * Where they differ from `Requests.retries`.
   * @default those of `Requests`
   */
  readonly retries?: Partial<Retries>;
  /**
   * Where it differs from `Requests.safety`.
   * @default that of `Requests`
   */
  readonly safety?: Safety;
  /**
   * What clients need a minute at the busiest.
   * @default not said, and not held against the caps
   */
  readonly expected?: {
    /** Requests a minute. */
    readonly requestsPerMinute?: number;
    /** Tokens a minute, in and out. */
    readonly tokensPerMinute?: number;
  };
}

/** A further name of a group. */
export interface ModelAlias {
  /** The group that answers. */
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
  /** Seconds that one try may take. It does not end an OpenAI stream that has begun. */
  readonly timeoutSeconds: number;
  /** Tries after the first, by class of error. */
  readonly retries: Retries;
  /** Seconds between two tries at least; LiteLLM leaves it out where another deployment of the group is healthy. */
  readonly retryAfterSeconds: number;
  /** Seconds for which a deployment that has failed is left alone. */
  readonly cooldownSeconds: number;
  /** Leave out parameters that a model does not know. */
  readonly dropUnsupported: boolean;
  /**
   * What Gemini refuses to say.
   * @default what Google decides
   */
  readonly safety?: Safety;
}
