import type { StackElement } from './stack';

/** How bad a breach is. What follows from it is decided by whoever judges: an error stops the synthesis of production. */
export type Level = 'error' | 'warning' | 'note';

/** The same demand elsewhere. Only ids that were looked up; where there is none, the others are blind here. */
export interface Mappings {
  /** CIS Google Cloud Platform Foundation Benchmark v5.0.0, section. */
  readonly cis?: readonly string[];
  readonly checkov?: readonly string[];
  /** Ids of trivy-checks, without the prefix AVD-. */
  readonly trivy?: readonly string[];
  /** Google's: controls of its guidance for generative AI, organization policies, custom constraints of its hardened set. */
  readonly google?: readonly string[];
}

/** A part of a stack, as Terraform's JSON. */
export interface Example {
  readonly [kind: string]: unknown;
}

/** What a rule does with what it found. */
export interface Judge {
  /** A breach. `message` completes "<place> …"; it names settings and never repeats a value that may be a secret. */
  (message: string, place?: string): void;
  /** Looks at each; one that cannot be decided does not keep the others from being looked at. */
  each<T>(items: readonly T[], look: (item: T) => void): void;
}

/** One demand on synthesized stacks. */
export interface Rule {
  /** Stable: suppressions and dashboards refer to it. A rule that goes takes its id with it. */
  readonly id: string;
  readonly level: Level;
  /** What holds when it is kept. */
  readonly title: string;
  /** What happens otherwise. */
  readonly reason: string;
  /** What to write instead. */
  readonly fix: string;
  /** Types of the blocks that it looks at, as in `StackElement.type`. */
  readonly types: readonly (string | RegExp)[];
  /** Only where customers depend on the stack, or where a service perimeter surrounds it. Default: everywhere. */
  readonly when?: 'production' | 'perimeter';
  readonly maps: Mappings;
  readonly check: (element: StackElement, judge: Judge) => void;
  readonly good: Example;
  readonly bad: Example;
}

/** An example of one resource. */
export const resource = (type: string, block: object, others: object = {}): Example => ({
  resource: { [type]: { example: block }, ...others },
});

export const looksAt = (rule: Rule, type: string): boolean =>
  rule.types.some((each) => (typeof each === 'string' ? each === type : each.test(type)));
