import { type Difference } from '../diff';
import { type Level } from '../levels';
import { type Change, type Check, type OutputChange, type Plan } from '../plan';
import { type PolicyFindings } from '../policy-findings';
import { type Risk } from '../risks';

/** How many resources each thing happens to. A replacement is one replacement, and neither a creation nor a deletion. */
export interface Counts {
  readonly create: number;
  readonly update: number;
  readonly replace: number;
  readonly delete: number;
  readonly forget: number;
  readonly import: number;
  readonly move: number;
  readonly drift: number;
}

export const COUNTED = [
  'create',
  'update',
  'replace',
  'delete',
  'forget',
  'import',
  'move',
  'drift',
] as const satisfies readonly (keyof Counts)[];

export type Verdict =
  /** The plan is a part of one, or a check failed: there is nothing to approve. */
  | 'incomplete'
  /** Something is lost, or a risk of level high: somebody has to answer for it. */
  | 'stop'
  /** A replacement, a deletion without loss, or a risk of level medium. */
  | 'look'
  | 'routine'
  | 'nothing';

export interface ChangeReport {
  readonly change: Change;
  readonly differences: readonly Difference[];
}

/** A deletion, a replacement, or something that is no longer managed. */
export interface Loss {
  readonly stack: string;
  readonly change: Change;
  /** Attributes that force a replacement, with old and new. */
  readonly forcedBy: readonly Difference[];
  /** Paths that force it and whose values do not differ in the plan. */
  readonly forcedByPaths: readonly string[];
  /** In words, where the plan gives a reason. */
  readonly reason?: string;
  readonly lost: string;
  /** True: no data, address or access goes with it. */
  readonly harmless: boolean;
}

export interface OutputReport {
  readonly output: OutputChange;
  readonly differences: readonly Difference[];
}

export interface StackReport {
  readonly stack: string;
  readonly dependencies: readonly string[];
  readonly engine: Plan['engine'];
  readonly counts: Counts;
  readonly changes: readonly ChangeReport[];
  /** What somebody else has changed. */
  readonly drift: readonly ChangeReport[];
  readonly outputs: readonly OutputReport[];
  readonly checks: readonly Check[];
  readonly ephemeral: readonly string[];
  readonly invocations: readonly string[];
  readonly unchanged: number;
  readonly errored: boolean;
  readonly complete: boolean;
}

/** Everything that a report says; each format is a view of it. */
export interface Report {
  readonly verdict: Verdict;
  /** The verdict in a sentence. */
  readonly sentence: string;
  readonly counts: Counts;
  readonly losses: readonly Loss[];
  readonly risks: readonly Risk[];
  /** Undefined: the policy was not asked. */
  readonly policy?: PolicyFindings;
  readonly stacks: readonly StackReport[];
  /** Stacks that are synthesized no more. */
  readonly gone: readonly string[];
  readonly base?: string;
  readonly origin: 'rehearsal' | 'plan';
  readonly notices: readonly string[];
  /** The gravest risk. */
  readonly level?: Level;
}
