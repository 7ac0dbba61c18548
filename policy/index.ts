import { judge, type Circumstances } from './judge';
import { RULES } from './rules';
import type { StackDocument } from './stack';
import { suppress, type Report, type Suppression } from './suppression';

export { judge, type Circumstances, type Finding, type Judgement } from './judge';
export { advice, errorsOf, PolicyError } from './report/text';
export { type Level, type Mappings, type Rule } from './rule';
export { DOMAINS, RULES, ruleOf } from './rules';
export type { StackDocument } from './stack';
export { SUPPRESSION_RULES, type Report, type SuppressedFinding, type Suppression } from './suppression';

export interface PolicyOptions extends Circumstances {
  /** What somebody answers for. Default: nothing. */
  readonly suppressions?: readonly Suppression[];
  /** Where the suppressions stand, for messages. Default: `suppressions`. */
  readonly source?: string;
  /** A day like 2026-11-21: suppressions expire. Default: today, in UTC. */
  readonly today?: string;
}

/**
 * Holds synthesized stacks to every rule. Give all stacks that share suppressions at once: one that none of them needs is a finding.
 *
 *     checkPolicy([{ name: 'my-stack', json: stack.toTerraform() }], { production: true, perimeter: false })
 */
export function checkPolicy(stacks: readonly StackDocument[], options: PolicyOptions): Report {
  const { suppressions = [], source = 'suppressions', today = new Date().toISOString().slice(0, 10), ...circumstances } = options;
  const ids = RULES.map(({ id }) => id);
  return suppress(judge(stacks, RULES, circumstances), suppressions, { today, source, rules: ids });
}
