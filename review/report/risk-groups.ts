import { type Risk } from '../risks';

/** The findings of a rule. */
export interface RuleGroup {
  readonly rule: Pick<Risk, 'rule' | 'title' | 'level' | 'reason' | 'remedy'>;
  readonly findings: readonly Risk[];
}

export interface RiskGroups {
  readonly rules: readonly RuleGroup[];
  /** What could not be judged, and is of the lowest level: a line each is enough. */
  readonly open: readonly Risk[];
}

/** Each rule once, the gravest first. */
export function groupsOf(risks: readonly Risk[]): RiskGroups {
  const isOpen = ({ unknown, level }: Risk) => unknown === true && level === 'low';
  const rules = new Map<string, Risk[]>();
  for (const risk of risks) if (!isOpen(risk)) rules.set(risk.rule, [...(rules.get(risk.rule) ?? []), risk]);
  return { rules: [...rules.values()].map((findings) => ({ rule: findings[0]!, findings })), open: risks.filter(isOpen) };
}
