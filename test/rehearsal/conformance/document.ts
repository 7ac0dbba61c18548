import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACCEPTED, type CaseComparison, type Difference, SECOND_PLAN } from './compare';
import type { KnownDifference } from './known-differences';

const FILE = join(__dirname, '../../../docs/rehearsal.md');
const SECTION = /(<!-- conformance: written by npm run conformance -->\n)([\s\S]*?)(<!-- conformance: end -->)/;
const MEASURED = /^Measured on .*$/m;

export const readDocument = (): string => readFileSync(FILE, 'utf8');

/** The generated part of the document. */
export function sectionOf(document: string): string {
  const section = SECTION.exec(document)?.[2];
  if (section === undefined) throw new Error(`${FILE} has lost the markers between which the conformance table stands.`);
  return section;
}

/** Writes the section, and when and with what it was measured. */
export function updateDocument(section: string, measured: string): void {
  const document = readDocument();
  sectionOf(document);
  writeFileSync(
    FILE,
    document.replace(SECTION, (_, begin, __, end) => `${begin}${section}${end}`).replace(MEASURED, `Measured on ${measured}`),
  );
}

/** Aligned as Prettier does it, so that formatting the document changes nothing. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows];
  const widths = head.map((_, column) => Math.max(3, ...lines.map((line) => line[column]!.length)));
  const line = (cells: readonly string[]) => `| ${cells.map((text, column) => text.padEnd(widths[column]!)).join(' | ')} |`;
  return [line(lines[0]!), line(widths.map((width) => '-'.repeat(width))), ...lines.slice(1).map(line)].join('\n') + '\n';
}

/** `differing / total`. */
const share = (differing: number, total: number): string => (total === 0 ? '–' : `${differing} / ${total}`);

function leaves(some: readonly CaseComparison[]): string {
  const inLeaves = some.flatMap(({ differences }) => differences).filter(({ what }) => what !== SECOND_PLAN);
  return share(inLeaves.length, some.reduce((sum, each) => sum + each.leaves, 0)); // prettier-ignore
}

const without = (some: readonly CaseComparison[], kind: Difference['what']): number =>
  some.filter(({ differences }) => differences.every(({ what }) => what !== kind)).length;

function row(title: string, comparisons: readonly CaseComparison[]): string[] {
  const refused = comparisons.filter((each) => each.case.invalid !== undefined);
  const valid = comparisons.filter((each) => each.case.invalid === undefined);
  const created = valid.filter((each) => each.case.before === undefined);
  const changed = valid.filter((each) => each.case.before !== undefined);
  return [
    title,
    share(without(refused, ACCEPTED), refused.length),
    share(created.length, created.length),
    leaves(created),
    share(without(created, SECOND_PLAN), created.length),
    share(changed.length, changed.length),
    leaves(changed),
  ];
}

const HEAD = ['', 'refused by both', 'created alike', 'leaves that differ', 'second plan empty', 'changed alike', 'leaves that differ'];

/** Figures by service, and the known differences. That actions are alike is not counted here: the tests allow nothing else. */
export function generatedSection(comparisons: readonly CaseComparison[], known: readonly KnownDifference[]): string {
  const services = [...new Set(comparisons.map((each) => each.case.service))];
  const rows = services.map((service) => row(service, comparisons.filter((each) => each.case.service === service))); // prettier-ignore
  const listed = known.map((each) => `- \`${each.case}\`, ${each.what} (\`${each.where}\`): ${each.why}\n`);
  return `\n${table(HEAD, [...rows, row('all', comparisons)])}\nKnown differences:\n\n${listed.join('') || 'None.\n'}\n`;
}
