import type { Finding, Judgement } from './judge';
import type { Level } from './rule';

/** Somebody answers for a breach. Stands in the environment file, under `policy.suppressions`. */
export interface Suppression {
  /** Its name there. */
  readonly name: string;
  /** Id of the rule, e.g. `IAM-007`. */
  readonly rule: string;
  /** Path of the construct. `*` stands for any text without a slash, `**` for any text; a path of stars only matches nothing. */
  readonly path: string;
  /** Why it may be so. */
  readonly reason: string;
  /** Who answers for it: an email address. */
  readonly owner: string;
  /** Last day on which it holds, as 2026-12-31. Default: it holds until the breach is gone. */
  readonly expires?: string;
}

export interface SuppressedFinding extends Finding {
  readonly suppression: Suppression;
}

/** What is left to say, what was suppressed, and what is wrong with the suppressions themselves. */
export interface Report extends Judgement {
  readonly suppressed: readonly SuppressedFinding[];
}

/** Findings about suppressions cannot be suppressed. */
export const SUPPRESSION_RULES = {
  unused: { id: 'POL-001', level: 'warning', title: 'A suppression suppresses something' },
  // What it was about is a finding again, with a level of its own.
  expired: { id: 'POL-002', level: 'warning', title: 'A suppression has not expired' },
  unknown: { id: 'POL-003', level: 'error', title: 'A suppression names a rule that exists' },
} as const satisfies Record<string, { id: string; level: Level; title: string }>;

const ADVICE = {
  unused: 'Remove it: the next breach at this place would be suppressed unseen.',
  expired: 'Put right what it is about, or give it another day and say why.',
  unknown: 'Correct the id: `npm run policy -- rules` lists them.',
} as const;

const escaped = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');

/** The glob as a pattern, or undefined where it would match every construct. */
function patternOf(path: string): RegExp | undefined {
  if (/^[*/]*$/.test(path)) return undefined;
  const source = path.split(/(\*\*|\*)/).map((part) => (part === '**' ? '[^]*' : part === '*' ? '[^/]*' : escaped(part)));
  return new RegExp(`^${source.join('')}$`);
}

/**
 * Takes what is suppressed out of a judgement. `today` is a day like 2026-11-21; on the last day a suppression still holds. `source` is
 * where the suppressions stand, for the messages: `environments/prod.yaml`. An unknown outcome is suppressed like a breach.
 */
export function suppress(
  judgement: Judgement,
  suppressions: readonly Suppression[],
  { today, source, rules }: { readonly today: string; readonly source: string; readonly rules: readonly string[] },
): Report {
  const own: Finding[] = [];
  const suppressed = new Map<Finding, Suppression>();
  suppressions.forEach((suppression) => {
    const say = (kind: keyof typeof SUPPRESSION_RULES, message: string): void => {
      const { id, level } = SUPPRESSION_RULES[kind];
      const place = `policy.suppressions.${suppression.name}`;
      const subject = { stack: source, path: source, address: place, place };
      own.push({ rule: id, level, outcome: 'failed', ...subject, message, fix: ADVICE[kind] });
    };
    const { rule, path, expires } = suppression;
    if (!rules.includes(rule)) return say('unknown', `names ${rule}, which is no rule`);
    const pattern = patternOf(path);
    const matching = judgement.findings.filter((finding) => finding.rule === rule && pattern?.test(finding.path));
    if (matching.length === 0) return say('unused', `suppresses nothing: ${rule} has nothing to say at ${path}`);
    if (expires !== undefined && expires < today) return say('expired', `of ${rule} at ${path} has expired on ${expires}`);
    for (const finding of matching) if (!suppressed.has(finding)) suppressed.set(finding, suppression);
  });
  return {
    passed: judgement.passed,
    findings: [...judgement.findings.filter((finding) => !suppressed.has(finding)), ...own],
    suppressed: [...suppressed].map(([finding, suppression]) => ({ ...finding, suppression })),
  };
}
