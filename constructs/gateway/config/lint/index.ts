import type { Finding, LintSubject, Rule } from './rule';

/** Every rule, in the order in which they are documented. */
export const LINT_RULES: readonly Rule[] = [];

/** All that the rules find, errors first. */
export function lint(subject: LintSubject): Finding[] {
  const order = { error: 0, warning: 1, note: 2 };
  return LINT_RULES.flatMap(({ id, level, check }) => check(subject).map((problem) => ({ level, ...problem, rule: id }))).sort(
    (one, other) => order[one.level] - order[other.level],
  );
}

export type { Finding, Level, LintSubject, Problem, Rule } from './rule';
