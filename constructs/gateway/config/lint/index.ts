import { ALIAS_RULES } from './alias-rules';
import { FALLBACK_RULES } from './fallback-rules';
import { KEY_RULES } from './key-rules';
import { MODEL_RULES } from './model-rules';
import { OPERATION_RULES } from './operation-rules';
import type { Finding, LintSubject, Rule } from './rule';
import { SECRET_RULES } from './secret-rules';
import { TRAFFIC_RULES } from './traffic-rules';

/** Every rule, in the order in which they are documented. */
export const LINT_RULES: readonly Rule[] = [
  ...FALLBACK_RULES,
  ...TRAFFIC_RULES,
  ...ALIAS_RULES,
  ...MODEL_RULES,
  ...SECRET_RULES,
  ...KEY_RULES,
  ...OPERATION_RULES,
];

/** All that the rules find, errors first. */
export function lint(subject: LintSubject): Finding[] {
  const order = { error: 0, warning: 1, note: 2 };
  return LINT_RULES.flatMap(({ id, level, check }) => check(subject).map((problem) => ({ level, ...problem, rule: id }))).sort(
    (one, other) => order[one.level] - order[other.level],
  );
}

export { EXTRA_KEY_RULE } from './key-rules';
export type { Finding, Level, LintSubject, Problem, Rule } from './rule';
