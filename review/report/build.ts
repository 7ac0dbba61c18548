import { differencesOf, outputDifferences, pathOf } from '../diff';
import { type ReviewInput, type StackPlan } from '../input';
import { reasonInWords, type Change, type Plan } from '../plan';
import { policyFindings } from '../policy-findings';
import { findRisks } from '../risks';
import { lostWith } from './losses';
import { COUNTED, type ChangeReport, type Counts, type Loss, type Report, type StackReport } from './model';
import { verdictOf } from './verdict';

/** Makes the report of plans: what happens, what is lost, what is risky. */
export function buildReport(input: ReviewInput): Report {
  const stacks = input.stacks.map((stack) => stackReport(stack, input.origin));
  const losses = stacks.flatMap((stack) => lossesOf(stack));
  const risks = findRisks(input);
  const counts = sum(stacks.map((stack) => stack.counts));
  const body = {
    counts,
    losses: [...losses].sort((one, other) => weight(one) - weight(other)),
    risks,
    policy: policyFindings(input),
    stacks,
    gone: (input.gone ?? []).map(({ id }) => id),
    base: input.base,
    origin: input.origin,
    notices: input.notices ?? [],
    level: risks[0]?.level,
  };
  return { ...verdictOf(body), ...body };
}

function stackReport({ plan, head, base }: StackPlan, origin: ReviewInput['origin']): StackReport {
  const report = (change: Change): ChangeReport => ({ change, differences: differencesOf(change, plan.redact) });
  // In a rehearsal nobody else is there: what a read finds is what the stack's own scripts have done.
  const drift = origin === 'rehearsal' ? [] : plan.drift.map(report);
  return {
    stack: plan.stack,
    dependencies: (head ?? base)?.dependencies ?? [],
    engine: plan.engine,
    counts: countsOf(plan, drift.length),
    changes: plan.changes.map(report).sort((one, other) => rank(one.change) - rank(other.change) || byConstruct(one, other)),
    drift,
    outputs: plan.outputs.map((output) => ({ output, differences: outputDifferences(output, plan.redact) })),
    checks: plan.checks,
    ephemeral: plan.ephemeral,
    invocations: plan.invocations,
    unchanged: plan.standing.length,
    errored: plan.errored,
    complete: plan.complete,
  };
}

const RANK: Readonly<Record<Change['action'], number>> = {
  delete: 0,
  replace: 1,
  unknown: 2,
  forget: 3,
  update: 4,
  create: 5,
  'no-op': 6,
  read: 7,
};

const rank = ({ action }: Change): number => RANK[action];

const byConstruct = (one: ChangeReport, other: ChangeReport): number =>
  one.change.construct < other.change.construct ? -1 : one.change.construct > other.change.construct ? 1 : 0;

function countsOf({ changes }: Plan, drift: number): Counts {
  const managed = changes.filter(({ mode, deferred }) => mode === 'managed' && deferred === undefined);
  const count = (is: (change: Change) => boolean) => managed.filter(is).length;
  const acting = (action: Change['action']) => count((change) => change.action === action);
  return {
    create: acting('create'),
    update: acting('update'),
    replace: acting('replace'),
    delete: acting('delete'),
    forget: acting('forget'),
    import: count(({ importing }) => importing !== undefined),
    move: count(({ movedFrom }) => movedFrom !== undefined),
    drift,
  };
}

const sum = (all: readonly Counts[]): Counts =>
  Object.fromEntries(COUNTED.map((key) => [key, all.reduce((total, counts) => total + counts[key], 0)])) as unknown as Counts;

function lossesOf({ stack, changes }: StackReport): Loss[] {
  return changes
    .filter(({ change: { mode, action } }) => mode === 'managed' && ['delete', 'replace', 'forget'].includes(action))
    .map(({ change, differences }) => {
      const forcedBy = differences.filter(({ forces }) => forces);
      const named = change.replacePaths.map(pathOf);
      return {
        stack,
        change,
        forcedBy,
        forcedByPaths: [...new Set(named)].filter(
          (path) => !forcedBy.some((difference) => difference.path.startsWith(path) || path.startsWith(difference.path)),
        ),
        reason: reasonInWords(change.reason),
        ...lostWith(change),
      };
    });
}

const weight = ({ harmless, change }: Loss): number => (harmless ? 2 : 0) + (change.action === 'delete' ? 0 : 1);
