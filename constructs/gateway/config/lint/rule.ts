import type { Extra } from '../build-config';
import type { LiteLlmConfig } from '../litellm-config';
import type { ModelAliases, ModelGroups, Requests } from '../model-group';
import type { Usage } from '../usage';

/** What the rules look at. */
export interface LintSubject {
  /** Model groups by name. */
  readonly models: ModelGroups;
  /** Further names of groups. */
  readonly aliases: ModelAliases;
  /** How requests are tried. */
  readonly requests: Requests;
  /** What is told of requests. */
  readonly usage: Usage;
  /** Keys that have no name here. */
  readonly extra: Extra;
  /** What would be written. */
  readonly config: LiteLlmConfig;
  /** All environment variables of the gateway's containers. */
  readonly variables: readonly string[];
  /** Why instances must share a count, each as a phrase; empty where they need not. */
  readonly needsRedis: readonly string[];
  /** Redis is there. */
  readonly redis: boolean;
  /**
   * Most instances that run at a time.
   * @default 1
   */
  readonly instances?: number;
  /**
   * Version of LiteLLM in the image.
   * @default the pinned one
   */
  readonly imageVersion?: string;
  /**
   * ISO date.
   * @default today
   */
  readonly today?: string;
}

export type Level = 'error' | 'warning' | 'note';

/** Something wrong, at a place: `models.assistant.fallbacks`. */
export interface Problem {
  /** Path of the setting, e.g. `models.assistant.fallbacks`. */
  readonly place: string;
  /** What is wrong, and what to do. */
  readonly message: string;
  /**
   * How bad it is.
   * @default that of the rule
   */
  readonly level?: Level;
}

export interface Rule {
  /** Stable: it is in messages, documentation and tests. */
  readonly id: string;
  /** error: nothing is built; warning and note: said, in `cdktf synth` and in the review. */
  readonly level: Level;
  /** What would happen without the rule. */
  readonly why: string;
  /** Who says so. */
  readonly link: string;
  /** Part of an environment file, under `gateway`, that the rule finds something in; what it needs beside is in the test. */
  readonly bad: string;
  /** The same put right. */
  readonly good: string;
  /** Finds what breaks the rule. */
  readonly check: (subject: LintSubject) => readonly Problem[];
}

export interface Finding extends Required<Problem> {
  /** Id of the rule. */
  readonly rule: string;
}
