import { type Finding } from '../../policy';
import { type Difference } from '../diff';
import { type Change } from '../plan';
import { type PolicyFindings } from '../policy-findings';
import { type ChangeReport, type Report, type StackReport } from './model';

/** Raised when a field is removed or changes its meaning; fields may come without. `schema.json` is of this version. */
export const JSON_VERSION = 1;

/** The report for programs. Values are as in the plan, masked; nothing is shortened. */
export const jsonDocument = (report: Report, title: string): string => `${JSON.stringify(documentOf(report, title), undefined, 2)}\n`;

export function documentOf(report: Report, title: string): object {
  const { verdict, sentence, counts, origin, base, notices, gone, risks } = report;
  return {
    schema: 'plan-review',
    version: JSON_VERSION,
    title,
    origin,
    base: base ?? null,
    verdict,
    sentence,
    counts,
    losses: report.losses.map(({ stack, change, forcedBy, forcedByPaths, reason, lost, harmless }) => ({
      stack,
      construct: change.construct,
      address: change.address,
      type: change.type,
      action: change.action,
      order: change.order ?? null,
      forcedBy: [...forcedBy.map(({ path }) => path), ...forcedByPaths],
      reason: reason ?? null,
      lost,
      harmless,
    })),
    risks: risks.map(({ rule, level, title: what, stack, construct, message, unknown, reason, remedy }) => ({
      rule,
      level,
      title: what,
      stack,
      construct,
      message: message.replaceAll(/[«»]/g, '`'),
      unknown: unknown ?? false,
      reason,
      remedy,
    })),
    policy: report.policy === undefined ? null : policyOf(report.policy),
    gone,
    notices,
    stacks: report.stacks.map(stackOf),
  };
}

const policyOf = ({ findings, suppressed }: PolicyFindings): object => ({
  findings: findings.map((each) => ({ ...aboutFinding(each), isNew: each.isNew ?? null })),
  suppressed: suppressed.map((each) => ({
    ...aboutFinding(each),
    suppression: { reason: each.suppression.reason, owner: each.suppression.owner, expires: each.suppression.expires ?? null },
  })),
});

const aboutFinding = ({ rule, level, outcome, stack, path, address, place, message, fix }: Finding): object => ({
  rule,
  level,
  outcome,
  stack,
  construct: path,
  address,
  place,
  message,
  fix,
});

function stackOf({ stack, dependencies, engine, counts, unchanged, errored, complete, ...rest }: StackReport): object {
  return {
    stack,
    dependencies,
    engine,
    counts,
    unchanged,
    errored,
    complete,
    changes: rest.changes.map(changeOf),
    drift: rest.drift.map(changeOf),
    outputs: rest.outputs.map(({ output, differences }) => ({
      name: output.name,
      action: output.action,
      differences: differences.map(differenceOf),
    })),
    checks: rest.checks,
    ephemeral: rest.ephemeral,
    invocations: rest.invocations,
  };
}

const changeOf = ({ change, differences }: ChangeReport): object => ({ ...about(change), differences: differences.map(differenceOf) });

const about = (change: Change): object => ({
  construct: change.construct,
  address: change.address,
  type: change.type,
  provider: change.provider,
  mode: change.mode,
  action: change.action,
  order: change.order ?? null,
  reason: change.reason ?? null,
  movedFrom: change.movedFrom ?? null,
  importing: change.importing === undefined ? null : { id: change.importing.id ?? null },
  deposed: change.deposed ?? null,
  deferred: change.deferred ?? null,
});

const differenceOf = ({ path, before, after, forces, note, inside }: Difference): object => ({
  path,
  before: before ?? null,
  after: after ?? null,
  forces,
  ...(note !== undefined && { note }),
  ...(inside !== undefined && { inside: { format: inside.format, differences: inside.differences.map(differenceOf) } }),
});
