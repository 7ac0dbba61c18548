import { type ReviewInput } from '../input';
import { type Level } from '../levels';
import { type Change } from '../plan';

/** What a rule says of one change. */
export interface RuleFinding {
  readonly stack: string;
  /** Construct path, or the stack itself. */
  readonly construct: string;
  /** One sentence: what happens, from what to what. */
  readonly message: string;
  /** Default: the rule's. */
  readonly level?: Level;
  /** The plan does not tell whether it happens: the sentence says what is not known. Never the same as "does not happen". */
  readonly unknown?: true;
}

/** A finding as a report has it. */
export interface Risk extends RuleFinding {
  readonly rule: string;
  readonly title: string;
  readonly level: Level;
  readonly reason: string;
  readonly remedy: string;
}

export interface RiskRule {
  /** Never changes, and is never given to another rule. */
  readonly id: string;
  readonly title: string;
  /** The level of most of its findings. */
  readonly level: Level;
  /** Why it matters: what can go wrong. Whole sentences. */
  readonly reason: string;
  /** What to do before merging. Whole sentences. */
  readonly remedy: string;
  /** For the page: what it looks at, and when its level is another. */
  readonly looksAt: string;
  check(input: ReviewInput): RuleFinding[];
}

/** A change, and the stack whose plan it is in. */
export interface Located {
  readonly stack: string;
  readonly change: Change;
}

/** The managed resources of these types that change. */
export function changesOf(input: ReviewInput, ...types: readonly string[]): Located[] {
  return input.stacks.flatMap(({ plan }) =>
    plan.changes
      .filter(({ mode, type }) => mode === 'managed' && (types.length === 0 || types.includes(type)))
      .map((change) => ({ stack: plan.stack, change })),
  );
}

/** Those, and the ones that stay as they are. */
export function allOf(input: ReviewInput, ...types: readonly string[]): Located[] {
  const standing = input.stacks.flatMap(({ plan }) =>
    plan.standing.filter(({ type }) => types.includes(type)).map((change) => ({ stack: plan.stack, change })),
  );
  return [...changesOf(input, ...types), ...standing];
}

export const place = ({ stack, change }: Located): Pick<RuleFinding, 'stack' | 'construct'> => ({ stack, construct: change.construct });

/** The object goes away: deleted, or replaced by a new one. */
export const goes = ({ action }: Change): boolean => action === 'delete' || action === 'replace';

/** "is deleted" or "is replaced (name)". */
export const going = ({ action }: Change): string => (action === 'delete' ? 'is deleted' : 'is deleted and made anew');
