/** What teams and keys should be, as plain data: it travels as JSON into the job, and holds no secret. */
export interface Desired {
  readonly environment: string;
  /** Full name, projects/P/secrets/S. */
  readonly masterKeySecret: string;
  /** By name, which is also LiteLLM's id of the team. */
  readonly teams: Readonly<Record<string, TeamSettings>>;
  /** By name. */
  readonly keys: Readonly<Record<string, KeySettings>>;
}

export interface Limits {
  /** `every` as LiteLLM writes a time: 12h, 7d, 1mo. */
  readonly budget?: { readonly usd: number; readonly every?: string };
  readonly requestsPerMinute?: number;
  readonly tokensPerMinute?: number;
}

export interface TeamSettings extends Limits {
  /** Groups and aliases. */
  readonly models: readonly string[];
}

export interface KeySettings extends Limits {
  /** Full name of the secret that gets the value: projects/P/secrets/S. It exists. */
  readonly secret: string;
  /** Counts up with each rotation, from 1. */
  readonly version: number;
  /** How long the version before works on, hours. */
  readonly overlapHours: number;
  readonly team?: string;
  /** Groups and aliases; none: what the team may. */
  readonly models: readonly string[];
  /** Last day, YYYY-MM-DD, UTC. */
  readonly expires?: string;
  readonly parallelRequests?: number;
}

/** Name that LiteLLM shows; no two keys of a gateway have the same. */
export const aliasOf = (name: string, version: number): string => `${name}-v${version}`;
