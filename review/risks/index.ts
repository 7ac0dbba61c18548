import { type ReviewInput } from '../input';
import { LEVELS } from '../levels';
import { type Risk, type RiskRule } from './rule';
import { RULES } from './rules';

/** What the rules find, the gravest first. A rule that fails is reported as unknown: it has not looked, so nothing has passed it. */
export function findRisks(input: ReviewInput, rules: readonly RiskRule[] = RULES): Risk[] {
  const found = rules.flatMap((rule) => findingsOf(rule, input));
  return found.sort(
    (one, other) => LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level) || Number(one.unknown ?? 0) - Number(other.unknown ?? 0),
  );
}

function findingsOf(rule: RiskRule, input: ReviewInput): Risk[] {
  const { id, title, level, reason, remedy } = rule;
  const record = { rule: id, title, level, reason, remedy };
  try {
    return rule.check(input).map((finding) => ({ ...record, ...finding, level: finding.level ?? level }));
  } catch (error) {
    const stack = input.stacks.map(({ plan }) => plan.stack).join(', ');
    // The kind of error only: its message may quote a value.
    const kind = error instanceof Error ? error.name : 'error';
    return [
      {
        ...record,
        stack,
        construct: stack,
        unknown: true,
        message: `Not known: the rule itself failed (${kind}). This is a bug; look for yourself.`,
      },
    ];
  }
}

export { riskPages } from './pages';
export { RULES } from './rules';
export type { Risk, RiskRule, RuleFinding } from './rule';
