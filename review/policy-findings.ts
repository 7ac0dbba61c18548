import { judge, RULES, SUPPRESSION_RULES, type Finding, type SuppressedFinding } from '../policy';
import { SEVERITIES, severityOf, type Subject } from '../policy/report/subject';
import { type ReviewInput } from './input';

export interface PolicyFinding extends Finding {
  /** True: the base does not have it. Undefined: there is no base to compare with, or it is about a suppression. */
  readonly isNew?: boolean;
}

/** What the policy says of the stacks that are reviewed. */
export interface PolicyFindings {
  /** New ones first, then the gravest. */
  readonly findings: readonly PolicyFinding[];
  readonly suppressed: readonly SuppressedFinding[];
  /** The same by environment. */
  readonly subjects: readonly Subject[];
}

/** Everything applies: what is found now, and was not found under any circumstances, is new. */
const STRICTEST = { production: true, perimeter: true };

const ABOUT_SUPPRESSIONS: readonly string[] = Object.values(SUPPRESSION_RULES).map(({ id }) => id);

/** The findings in the stacks that are reviewed, without the secrets of their plans, compared with the base. Undefined: the policy was not asked. */
export function policyFindings({ policy, stacks, base }: ReviewInput): PolicyFindings | undefined {
  if (policy === undefined) return undefined;
  const plans = new Map(stacks.map(({ plan }) => [plan.stack, plan]));
  const isReviewed = ({ stack, rule }: Finding) => plans.has(stack) || ABOUT_SUPPRESSIONS.includes(rule);
  const redacted = <T extends Finding>(finding: T): T => {
    const redact = plans.get(finding.stack)?.redact ?? ((text: string) => text);
    const { path, address, place, message } = finding;
    return { ...finding, path: redact(path), address: redact(address), place: redact(place), message: redact(message) };
  };
  const subjects = policy.map(({ name, artifact, report }) => ({
    name,
    artifact,
    report: {
      ...report,
      findings: report.findings.filter(isReviewed).map(redacted),
      suppressed: report.suppressed.filter(isReviewed).map(redacted),
    },
  }));
  const before = base === undefined ? undefined : new Set(atBase(stacks).map(redacted).map(identity));
  const findings = subjects
    .flatMap(({ report }) => report.findings)
    .map((finding): PolicyFinding => {
      const comparable = before !== undefined && !ABOUT_SUPPRESSIONS.includes(finding.rule);
      return comparable ? { ...finding, isNew: !before.has(identity(finding)) } : finding;
    });
  return {
    findings: findings.sort((one, other) => rank(one) - rank(other)),
    suppressed: subjects.flatMap(({ report }) => report.suppressed),
    subjects,
  };
}

/** Whatever is suppressed there counts too: a breach does not become new when nobody answers for it any more. */
function atBase(stacks: ReviewInput['stacks']): readonly Finding[] {
  const documents = stacks.flatMap(({ base, plan }) =>
    base === undefined ? [] : [{ name: plan.stack, json: base.configuration as Parameters<typeof judge>[0][number]['json'] }],
  );
  return judge(documents, RULES, STRICTEST).findings;
}

const identity = ({ rule, path, place, outcome }: Finding): string => JSON.stringify([rule, path, place, outcome]);

const rank = (finding: PolicyFinding): number =>
  (finding.isNew === false ? SEVERITIES.length : 0) + SEVERITIES.indexOf(severityOf(finding));
