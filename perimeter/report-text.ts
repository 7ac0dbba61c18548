import { createColors } from 'picocolors';
import { printable } from './printable';
import type { ReportedGroup, ViolationReport } from './report';

/** Groups that are shown; `--json` has all. */
const SHOWN = 30;

export interface ReportTextOptions {
  /** Default: no colour. */
  readonly color?: boolean;
}

/** A report for people: what was read, what would be denied and what to do about it, in the order of how often it happened. */
export function reportAsText(report: ViolationReport, { color = false }: ReportTextOptions = {}): string {
  const colors = createColors(color);
  const { environment, perimeter, mode, window, counts, log, groups, denials, unreadable } = report;
  const open = groups.filter(({ state }) => state === 'open');
  const rest = groups.filter(({ state }) => state !== 'open');
  const read = [
    colors.bold(`${environment}: perimeter ${perimeter}, ${mode}`),
    `${count(log.entries, 'entry', 'entries')} read: ${count(counts.requests, 'call')} in ${count(window.days, 'day')}` +
      (window.from === undefined ? '' : ` (${window.from} to ${window.to})`),
    ...(counts.before > 0 ? [`${count(counts.before, 'entry', 'entries')} from before ${report.triedSince} left out`] : []),
    ...(counts.elsewhere > 0 ? [`${count(counts.elsewhere, 'violation')} of other perimeters left out`] : []),
    ...(log.broken === undefined ? [] : [colors.red(`The log is not complete: ${printable(log.broken)}`)]),
    ...(counts.unreadable > 0
      ? [colors.red(`${count(counts.unreadable, 'entry', 'entries')} could not be read`), ...unreadable.map((why) => `  ${printable(why)}`)]
      : []),
  ];
  const verdict =
    open.length === 0
      ? colors.green(groups.length === 0 ? 'Nothing would be denied.' : 'Nothing would be denied that is not settled or waived.')
      : colors.red(`${count(open.length, 'rule')} would be broken by ${count(sum(open), 'call')}.`);
  return [
    read.join('\n'),
    ...(open.length > 0 ? [colors.bold('Would be denied'), ...shown(open, describeOpen)] : []),
    ...(rest.length > 0 ? [colors.bold('Settled or waived'), ...shown(rest, describeRest)] : []),
    ...(denials.length > 0 ? [colors.bold('Denied, by what is enforced'), ...shown(denials, describeOpen)] : []),
    `${verdict}\n`,
  ].join('\n\n');
}

const count = (number: number, noun: string, nouns = `${noun}s`): string => `${number} ${number === 1 ? noun : nouns}`;
const sum = (groups: readonly ReportedGroup[]): number => groups.reduce((total, { denied }) => total + denied, 0);

function shown(groups: readonly ReportedGroup[], describe: (group: ReportedGroup) => string): string[] {
  const left = groups.length - SHOWN;
  return [...groups.slice(0, SHOWN).map(describe), ...(left > 0 ? [`… and ${left} more: --json shows all`] : [])];
}

function head({ id, principal, service, method, count: calls, first, last }: ReportedGroup): string {
  return [
    `${id}  ${printable(principal ?? 'nobody in particular')}`,
    `  ${printable(service)}  ${printable(method)}`,
    `  ${count(calls, 'call')}, ${first} to ${last}`,
  ].join('\n');
}

function describeOpen(group: ReportedGroup): string {
  const { reasons, targets, sourceProjects, sourceNetworks, callerIps, proposal } = group;
  const facts = [
    ['why', reasons],
    ['to', targets],
    ['from project', sourceProjects],
    ['from network', sourceNetworks],
    ['from address', callerIps],
  ] as const;
  const lines = facts
    .filter(([, { values }]) => values.length > 0)
    .map(
      ([what, { values, more }]) => `  ${what} ${values.slice(0, 5).map(printable).join(', ')}${more || values.length > 5 ? ', …' : ''}`,
    );
  return [head(group), ...lines, ...proposalLines(proposal)].join('\n');
}

function proposalLines(proposal: ReportedGroup['proposal']): string[] {
  if (!proposal) return [];
  if ('none' in proposal) return [`  no proposal: ${proposal.none}`];
  const note = proposal.note === undefined ? '' : ` (${proposal.note})`;
  return [
    `  to allow it, merge into the environment file${note}:`,
    ...proposal.yaml
      .trimEnd()
      .split('\n')
      .map((line) => `    ${line}`),
  ];
}

function describeRest(group: ReportedGroup): string {
  const { state, waiver } = group;
  const why = waiver
    ? `waived by ${printable(waiver.owner)} until ${waiver.expires}: ${printable(waiver.reason)}`
    : `${state}: the file allows it now`;
  return `${head(group)}\n  ${why}`;
}
