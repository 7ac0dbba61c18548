import Table from 'cli-table3';
import { createColors } from 'picocolors';
import type { Finding } from '../judge';
import type { Report, SuppressedFinding } from '../suppression';
import { counts, SEVERITIES, severityOf, type Severity, type Subject } from './subject';
import { sentence } from './text';

export interface TableOptions {
  /** Columns of the terminal: findings stand in a table of that width. Default: plain lines, for logs and files. */
  readonly width?: number;
  readonly color?: boolean;
}

const SMALLEST_WIDTH = 80;

const plural = (number: number, noun: string): string => `${number} ${noun}${number === 1 || noun === 'unknown' ? '' : 's'}`;

const byLevel = (one: Finding, other: Finding): number =>
  SEVERITIES.indexOf(severityOf(one)) - SEVERITIES.indexOf(severityOf(other)) || one.rule.localeCompare(other.rule);

/** The findings of each subject, worst first; what is suppressed, and by whom; and the counts. */
export function reportAsTable(subjects: readonly Subject[], rules: number, { width, color = false }: TableOptions = {}): string {
  const colors = createColors(color);
  const paint: Record<Severity, (text: string) => string> = {
    error: colors.red,
    warning: colors.yellow,
    note: colors.cyan,
    unknown: colors.magenta,
  };
  const parts = subjects.flatMap(({ name, report }) => {
    const findings = [...report.findings].sort(byLevel);
    const shown = width === undefined ? findings.flatMap(asLines) : findings.length > 0 ? [asTable(findings, width, paint)] : [];
    return [...shown, ...suppressedLines(report.suppressed).map(colors.dim), colors.bold(summary(name, report)), ''];
  });
  return [...parts, plural(rules, 'rule'), ''].join('\n');
}

function asLines(finding: Finding): string[] {
  return [`${severityOf(finding).padEnd(7)}  ${finding.rule}  ${finding.path}: ${sentence(finding)}`, `                  ${finding.fix}`];
}

function asTable(findings: readonly Finding[], width: number, paint: Record<Severity, (text: string) => string>): string {
  // Borders and padding take three characters a column, and one at the end.
  const rest = Math.max(width, SMALLEST_WIDTH) - 9 - 9 - 5;
  const where = Math.floor(rest * 0.4);
  const table = new Table({
    head: ['', 'rule', 'where', 'what, and what to do'],
    colWidths: [9, 9, where, rest - where],
    style: { head: [], border: [] },
  });
  for (const finding of findings) {
    const severity = severityOf(finding);
    const what = `${wrapped(sentence(finding), rest - where - 2)}\n${wrapped(finding.fix, rest - where - 2)}`;
    table.push([paint[severity](severity), finding.rule, wrapped(finding.path, where - 2), what]);
  }
  return table.toString();
}

/** Lines of at most so many characters, broken at spaces and before slashes: cli-table3 breaks paths anywhere, or cuts them off. */
function wrapped(text: string, width: number): string {
  const lines = [''];
  for (const piece of text.split(/(?<= )|(?=\/)/).flatMap((long) => long.match(new RegExp(`[^]{1,${width}}`, 'g')) ?? [])) {
    const longer = `${lines.at(-1)!}${piece}`;
    if (longer.trimEnd().length <= width) lines[lines.length - 1] = longer;
    else lines.push(piece);
  }
  return lines.map((line) => line.trimEnd()).join('\n');
}

function suppressedLines(suppressed: readonly SuppressedFinding[]): string[] {
  // By what it says: a report that was read from a file has an object for each finding.
  const bySuppression = new Map<string, number>();
  for (const { suppression } of suppressed) {
    const { rule, path, reason, owner, expires } = suppression;
    const until = expires === undefined ? '' : `, until ${expires}`;
    const said = `${rule} at ${path}: ${reason} (${owner}${until})`;
    bySuppression.set(said, (bySuppression.get(said) ?? 0) + 1);
  }
  return [...bySuppression].map(([said, number]) => `suppressed ${plural(number, 'finding')} of ${said}`);
}

function summary(name: string, report: Report): string {
  const found = Object.entries(counts(report))
    .filter(([, number]) => number > 0)
    .map(([severity, number]) => plural(number, severity));
  const said = found.length > 0 ? found.join(', ') : 'nothing to say';
  return `${name}: ${said}; ${report.suppressed.length} suppressed, ${report.passed} passed`;
}
