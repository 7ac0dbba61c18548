import Table from 'cli-table3';
import pc from 'picocolors';
import { byOutcome, summary } from './changes';
import { type Deployed } from './deploy';
import { type Leftover } from './destroy';
import { indent } from './diagnostics';
import { type ExecReport } from './exec';
import { type Report } from './report';

/** The report for people: a table of the stacks, and below it everything that they should know. */
export function renderReport(report: Report, colors: boolean): string {
  const paint = pc.createColors(colors);
  const lines = [
    tableOf(report, colors),
    ...differencesOf(report).map(paint.red),
    ...report.violations.map((line) => paint.red(`must never be: ${line}`)),
    ...upgradeOf(report),
    ...faultsOf(report, paint),
    ...destroyedOf(report, paint),
    ...secretsOf(report, paint),
    ...report.warnings.map((warning) => paint.yellow(`warning: ${warning}`)),
    whereTheFilesAre(report),
  ];
  return `${lines.join('\n')}\n`;
}

/** What is told after `exec`, below what the command said. */
export function renderExecReport({ secrets, directory }: ExecReport): string {
  return `${[...secretsOf({ secrets }, pc.createColors(false)), `states and cloud: ${directory}`].join('\n')}\n`;
}

const seconds = (value: number): string => value.toFixed(1);

function tableOf({ stacks, seconds: total, engine, upgradedFrom }: Report, colors: boolean): string {
  const style = colors ? {} : { head: [], border: [] };
  const upgrade = upgradedFrom !== undefined;
  const table = new Table({
    head: ['stack', 'resources', ...(upgrade ? ['upgrade'] : []), 'seconds', 'second plan'],
    colAligns: ['left', 'right', ...(upgrade ? (['left'] as const) : []), 'right', 'left'],
    style,
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
  });
  for (const stack of stacks) {
    table.push([stack.stack, stack.resources, ...(upgrade ? [summary(stack)] : []), seconds(stack.seconds), secondPlanOf(stack)]);
  }
  const resources = stacks.reduce((sum, stack) => sum + stack.resources, 0);
  const count = stacks.length === 1 ? '1 stack' : `${stacks.length} stacks`;
  return `${table.toString()}\n${count}, ${resources} resources, ${seconds(total)} s with ${engine.name} ${engine.version}`;
}

const secondPlanOf = ({ differences = [] }: Deployed): string => (differences.length === 0 ? 'empty' : `${differences.length} to change`);

function differencesOf({ stacks }: Report): string[] {
  return stacks.flatMap(({ stack, differences = [] }) =>
    differences.map(({ address, action, attributes }) => `${stack}: the second plan would ${action} ${address}: ${attributes.join(', ')}`),
  );
}

function upgradeOf({ stacks, upgradedFrom }: Report): string[] {
  if (upgradedFrom === undefined) return [];
  const changed = stacks.filter(({ changes }) => changes.length > 0);
  const each = changed.flatMap(({ stack, changes }) => [
    `${stack}: ${summary({ changes })}`,
    ...byOutcome(changes).flatMap(([outcome, group]) => group.map(({ address }) => `  ${outcome} ${address}`)),
  ]);
  return [`upgraded from ${upgradedFrom}: ${changed.length === 0 ? 'nothing changed' : ''}`.trimEnd(), ...each.map((line) => indent(line))];
}

function faultsOf({ faults }: Report, paint: ReturnType<typeof pc.createColors>): string[] {
  if (faults === undefined) return [];
  const { recoveries, differences } = faults;
  return [
    ...recoveries.map(({ stack, faults: met, adopted }) => {
      const how = adopted.length === 0 ? 'run again' : `adopted ${adopted.join(', ')} and run again`;
      return `${stack}: ${met.join(', ')} struck; ${how}`;
    }),
    ...(differences.length === 0 ? ['the end is that of an undisturbed run'] : differences.map(paint.red)),
  ];
}

function destroyedOf({ destroyed }: Report, paint: ReturnType<typeof pc.createColors>): string[] {
  if (destroyed === undefined) return [];
  const { refused, leftovers } = destroyed;
  const kept = leftovers.filter(({ keptBy }) => keptBy !== undefined);
  const left = leftovers.filter(({ keptBy }) => keptBy === undefined);
  return [
    ...(refused.length === 0 ? [] : [`deletion protection refused the destruction of ${refused.join(', ')}; it was lifted`]),
    ...(kept.length === 0 ? [] : ['destroyed; kept on purpose:', ...grouped(kept).map((line) => indent(line))]),
    ...left.map(({ type, id }) => paint.red(`left behind: ${type} ${id}`)),
    ...(leftovers.length === 0 ? ['destroyed; nothing is left'] : []),
  ];
}

/** `google_project_service (disable_on_destroy = false): a, b`, a line for each type and setting. */
function grouped(leftovers: readonly Leftover[]): string[] {
  const groups = new Map<string, string[]>();
  for (const { type, id, keptBy } of leftovers) {
    const title = `${type} (${keptBy})`;
    groups.set(title, [...(groups.get(title) ?? []), id]);
  }
  return [...groups].map(([title, ids]) => `${title}: ${few(ids.sort())}`).sort();
}

/** `--json` has them all. */
const few = (ids: readonly string[]): string =>
  ids.length <= 4 ? ids.join(', ') : `${ids.slice(0, 3).join(', ')} and ${ids.length - 3} more`;

function secretsOf({ secrets }: Pick<Report, 'secrets'>, paint: ReturnType<typeof pc.createColors>): string[] {
  const { secrets: count, files, leaks, tooShort } = secrets;
  const short = tooShort.map((address) => paint.yellow(`not looked for, too short to tell from chance: ${address}`));
  if (leaks.length > 0) return [...leaks.map(({ file, secret }) => paint.red(`a secret is in a file: ${secret} in ${file}`)), ...short];
  return [`${count} secret ${count === 1 ? 'value' : 'values'} looked for in ${files} files: none found`, ...short];
}

function whereTheFilesAre({ directory }: Report): string {
  return directory === undefined ? 'files: removed (--keep DIR keeps states, plans and logs)' : `files: ${directory}`;
}
