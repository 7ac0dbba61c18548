import { type Report, type StackReport, type Verdict } from './model';

type Judged = Pick<Report, 'counts' | 'losses' | 'risks' | 'policy' | 'stacks' | 'gone'>;

/** What a reviewer has to do, and why, in a sentence. */
export function verdictOf(report: Judged): { readonly verdict: Verdict; readonly sentence: string } {
  const broken = brokenParts(report.stacks);
  if (broken.length > 0) return { verdict: 'incomplete', sentence: `Do not merge on this: ${broken.join('; ')}.` };
  const reasons = [
    ...atStake(report),
    ...risksAt(report, 'high'),
    ...risksAt(report, 'medium'),
    ...newBreaches(report),
    ...(report.gone.length > 0 ? [`${count(report.gone.length, 'stack')} no longer synthesized`] : []),
    ...unknownActions(report.stacks),
    ...openChecks(report.stacks),
  ];
  if (
    report.losses.some(({ harmless }) => !harmless) ||
    report.risks.some(({ level }) => level === 'high') ||
    unknownActions(report.stacks).length > 0
  ) {
    return { verdict: 'stop', sentence: `Somebody has to answer for this: ${reasons.join(', ')}.` };
  }
  if (reasons.length > 0 || report.losses.length > 0) {
    const harmless = report.losses.length > 0 && reasons.length === 0 ? ['what is deleted or made anew loses nothing'] : [];
    return { verdict: 'look', sentence: `Look at it closely: ${[...reasons, ...harmless].join(', ')}.` };
  }
  if (isNothing(report)) return { verdict: 'nothing', sentence: `Nothing changes${unjudged(report)}.` };
  const drifted = report.counts.drift > 0 ? `, but for ${count(report.counts.drift, 'resource')} that somebody else has changed` : '';
  return { verdict: 'routine', sentence: `Nothing is lost and ${small(report)}${drifted}${unjudged(report)}.` };
}

function brokenParts(stacks: readonly StackReport[]): string[] {
  const errored = stacks.filter((stack) => stack.errored).length;
  const failed = stacks.flatMap(({ checks }) => checks).filter(({ status }) => status === 'fail' || status === 'error').length;
  return [
    ...(errored > 0 ? [`planning ended with an error in ${count(errored, 'stack')}, so that this is a part only`] : []),
    ...(failed > 0 ? [`${count(failed, 'check')} failed`] : []),
  ];
}

function atStake({ losses }: Judged): string[] {
  const grave = losses.filter(({ harmless }) => !harmless);
  const deleted = grave.filter(({ change }) => change.action === 'delete').length;
  const replaced = grave.filter(({ change }) => change.action === 'replace').length;
  return [
    ...(deleted > 0 ? [`${count(deleted, 'resource')} deleted`] : []),
    ...(replaced > 0 ? [`${count(replaced, 'resource')} replaced`] : []),
  ];
}

function risksAt({ risks }: Judged, level: 'high' | 'medium'): string[] {
  const of = risks.filter((risk) => risk.level === level);
  return of.length > 0 ? [`${count(of.length, 'risk')} of level ${level}`] : [];
}

function newBreaches({ policy }: Judged): string[] {
  const breaches = (policy?.findings ?? []).filter(
    ({ isNew, level, outcome }) => isNew === true && level === 'error' && outcome === 'failed',
  );
  return breaches.length > 0 ? [`${count(breaches.length, 'new error')} of the policy`] : [];
}

function unknownActions(stacks: readonly StackReport[]): string[] {
  const unknown = stacks.flatMap(({ changes }) => changes).filter(({ change }) => change.action === 'unknown').length;
  return unknown > 0 ? [`${count(unknown, 'change')} of a kind that this program does not know`] : [];
}

function openChecks(stacks: readonly StackReport[]): string[] {
  const open = stacks.flatMap(({ checks }) => checks).filter(({ status }) => status === 'unknown').length;
  return open > 0 ? [`${count(open, 'check')} known only after apply`] : [];
}

function small({ risks }: Judged): string {
  const low = risks.filter((risk) => risk.level === 'low' && !risk.unknown).length;
  return low > 0 ? `no more than ${count(low, 'risk')} of level low ${low === 1 ? 'is' : 'are'} known` : 'no risk is known';
}

/** What no rule could look at is not "fine". */
function unjudged({ risks }: Judged): string {
  const unknown = risks.filter((risk) => risk.unknown).length;
  return unknown > 0 ? `; ${count(unknown, 'thing')} could not be judged` : '';
}

const isNothing = ({ counts, stacks, gone }: Judged): boolean =>
  Object.values(counts).every((each) => each === 0) &&
  gone.length === 0 &&
  stacks.every(({ changes, outputs }) => changes.length + outputs.length === 0);

/** "1 stack", "2 stacks". */
export const count = (number: number, noun: string): string => `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
