import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Case } from './cases';
import { type CaseComparison, type Difference, SECOND_PLAN } from './compare';
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

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('*', '\\*');

/** Aligned as Prettier does it, so that formatting the document changes nothing. */
function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const lines = [head, ...rows].map((row) => row.map((each) => String(each)));
  const widths = head.map((_, column) => Math.max(3, ...lines.map((line) => line[column]!.length)));
  const line = (cells: readonly string[]) => `| ${cells.map((text, column) => text.padEnd(widths[column]!)).join(' | ')} |`;
  return [line(lines[0]!), line(widths.map((width) => '-'.repeat(width))), ...lines.slice(1).map(line)].join('\n') + '\n';
}

const leavesIn = (some: readonly CaseComparison[]): string => {
  const leaves = some.reduce((sum, each) => sum + each.leaves, 0);
  return leaves === 0 ? '–' : `${some.flatMap(differencesInLeaves).length} / ${leaves}`;
};

const differencesInLeaves = ({ differences }: CaseComparison): Difference[] => differences.filter(({ what }) => what !== SECOND_PLAN);

function row(title: string, cases: readonly Case[], comparisons: readonly CaseComparison[]): (string | number)[] {
  const mine = comparisons.filter((each) => cases.includes(each.case));
  const [changes, creates] = [true, false].map((change) => mine.filter((each) => (each.case.before !== undefined) === change));
  const untidy = mine.filter(({ differences }) => differences.some(({ what }) => what === SECOND_PLAN));
  const invalid = cases.filter((each) => each.invalid !== undefined).length;
  return [
    title,
    invalid,
    creates!.length,
    changes!.length,
    leavesIn(creates!),
    leavesIn(changes!),
    `${creates!.length - untidy.length} / ${creates!.length}`,
  ];
}

/** The table of figures by service, and the list of known differences. Assumes that verdicts and actions are the same: the tests see to that. */
export function generatedSection(
  cases: readonly Case[],
  comparisons: readonly CaseComparison[],
  known: readonly KnownDifference[],
): string {
  const services = [...new Set(cases.map(({ service }) => service))];
  const head = ['', 'refused', 'created', 'changed', 'leaves that differ, created', 'leaves that differ, changed', 'empty second plan'];
  const rows = services.map((service) => row(service, cases.filter((each) => each.service === service), comparisons)); // prettier-ignore
  const figures = table(head, [...rows, row('all', cases, comparisons)]);
  const listed = known.map(({ case: name, what, where, why }) => [name, what, where, why].map(cell));
  const differences = known.length === 0 ? 'None.\n' : table(['case', 'what', 'where', 'why'], listed);
  return `\n${figures}\nKnown differences:\n\n${differences}\n`;
}
