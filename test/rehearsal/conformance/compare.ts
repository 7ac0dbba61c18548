import type { Case } from './cases';
import { differenceOf, type LeafDifference, leavesOf } from './leaves';
import { actionOf, type Observation, type Observations } from './observe';
import type { Change } from './workspace';

export const SECOND_PLAN = 'second plan not empty';
export const ACCEPTED = 'accepted by the embedded provider';

/** One thing that the two providers say differently. */
export interface Difference {
  readonly case: string;
  readonly what: LeafDifference | typeof SECOND_PLAN | typeof ACCEPTED;
  /** Address inside the case, then the path of the argument where there is one. */
  readonly where: string;
  readonly embedded: string;
  readonly real: string;
}

export interface CaseComparison {
  readonly case: Case;
  /** Leaves of all planned resources of the case, each path counted once. */
  readonly leaves: number;
  readonly differences: readonly Difference[];
}

/** Why an observation is not what the case file says; empty when it is. */
export function contradictions(each: Case, observed: Observation): string[] {
  const found: string[] = [];
  const messages = observed.errors.map(({ summary, detail }) => `${summary} ${detail}`.trim());
  if (each.invalid !== undefined) {
    const about = observed.errors.some(({ summary, detail, snippet }) => `${summary} ${detail} ${snippet?.code}`.includes(each.invalid!));
    if (messages.length === 0) found.push(`${each.invalid} should be refused, but the configuration is accepted`);
    else if (!about) found.push(`the error should be about ${each.invalid}, but is: ${messages.join('; ')}`);
    return found;
  }
  if (messages.length > 0) return [`should be accepted, but is refused: ${messages.join('; ')}`];
  for (const [address, expected] of Object.entries(each.actions)) {
    const change = observed.changes[address];
    const planned = change ? actionOf(change) : { action: 'nothing', replacePaths: [] };
    const [wanted, got] = [expected, planned].map(({ action, replacePaths }) => [action, ...replacePaths].join(' '));
    if (wanted !== got) found.push(`${address}: planned ${got}, expected ${wanted}`);
  }
  return found;
}

/** What a second plan would still change, as `address path path…`. */
export function leftToDo({ afterApply }: Observation): string[] {
  return Object.entries(afterApply).flatMap(([address, change]) => {
    const { action } = actionOf(change);
    return action === 'no-op' ? [] : [`${address} ${action} ${changedPaths(change).join(' ')}`.trim()];
  });
}

function changedPaths(change: Change): string[] {
  const after = leavesOf(change);
  const before = leavesOf({ ...change, after: change.before, after_unknown: {}, after_sensitive: change.before_sensitive });
  return [...new Set([...before.keys(), ...after.keys()])].filter((path) => differenceOf(before.get(path), after.get(path)));
}

/** The embedded provider may know less than the real one, never more: what it refuses without need fails the test of that case. */
function compareVerdicts(each: Case, embedded: Observation): CaseComparison {
  const accepted = { case: each.name, what: ACCEPTED, where: each.invalid ?? '', embedded: 'accepted', real: 'refused' } as const;
  return { case: each, leaves: 0, differences: embedded.errors.length > 0 ? [] : [accepted] };
}

function compareCase(each: Case, embedded: Observation, real: Observation): CaseComparison {
  if (each.invalid !== undefined) return compareVerdicts(each, embedded);
  const differences: Difference[] = [];
  let leaves = 0;
  for (const [address, change] of Object.entries(real.changes)) {
    const theirs = leavesOf(change);
    const ours = embedded.changes[address] ? leavesOf(embedded.changes[address]) : new Map();
    for (const path of new Set([...theirs.keys(), ...ours.keys()])) {
      leaves += 1;
      const what = differenceOf(ours.get(path), theirs.get(path));
      if (!what) continue;
      const text = (side: typeof theirs) => `${side.get(path)?.value ?? 'null'}${side.get(path)?.sensitive ? ' (sensitive)' : ''}`;
      differences.push({ case: each.name, what, where: `${address} ${path}`, embedded: text(ours), real: text(theirs) });
    }
  }
  for (const where of leftToDo(real)) differences.push({ case: each.name, what: SECOND_PLAN, where, embedded: 'empty', real: 'not empty' });
  return { case: each, leaves, differences };
}

export const compare = (cases: readonly Case[], embedded: Observations, real: Observations): CaseComparison[] =>
  cases.map((each) => compareCase(each, embedded.get(each.name)!, real.get(each.name)!));
