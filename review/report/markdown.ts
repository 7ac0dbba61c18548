import { changeText, entryText } from './markdown-change';
import { cell, code, slug } from './markdown-text';
import { entriesOf } from './entries';
import { fit, type Piece } from './fit';
import { COUNTED, type Counts, type Loss, type Report, type StackReport } from './model';
import { policyText } from './markdown-policy';
import { risksText } from './markdown-risks';
import { actionWord, circumstances, VERDICTS } from './words';
import { count } from './verdict';
import { name, visible } from './visible';

export interface MarkdownOptions {
  /** What is reviewed, for the heading: names of environments. */
  readonly title: string;
  /** Most characters. Default: 65,000; GitHub takes comments of up to 65,536. */
  readonly limit?: number;
  /** Where the whole report is, if this one has to be cut: a file name or an https address. */
  readonly full?: string;
}

export const COMMENT_LIMIT = 65_000;

/** First line of a comment about a title: by it the comment is found again, and updated in place. */
export const marker = (title: string): string => `<!-- plan-review: ${slug(title)} -->`;

/** The report as GitHub-flavoured Markdown. What does not fit is cut by importance, and the cut is said. */
export function markdown(report: Report, options: MarkdownOptions): string {
  const limit = options.limit ?? COMMENT_LIMIT;
  const { symbol, word } = VERDICTS[report.verdict];
  const head = [
    marker(options.title),
    `## ${symbol} ${word}: ${code(name(options.title))}`,
    '',
    `**${report.sentence}**`,
    '',
    countsTable(report),
    ...problems(report).flatMap((line) => ['', line]),
    '',
  ].join('\n');
  return fit(head, pieces(report), footer(report), limit, options.full);
}

function pieces(report: Report): Piece[] {
  const losses = report.losses.map((loss) => ({
    importance: loss.harmless ? 4 : 1,
    text: lossText(loss),
    kind: 'deletions and replacements',
  }));
  return [
    ...section('### What is deleted, replaced or let go\n', losses),
    ...section('### Risks\n', risksText(report.risks)),
    ...(report.policy === undefined ? [] : section('### Policy\n', policyText(report.policy))),
    ...report.stacks.flatMap(stackPieces),
  ];
}

const section = (heading: string, pieces: readonly Piece[]): Piece[] =>
  pieces.length === 0 ? [] : [{ importance: 0, text: heading, kind: '' }, ...pieces];

function countsTable({ stacks, counts }: Report): string {
  const row = (title: string, of: Counts, strong = false) =>
    `| ${title} | ${COUNTED.map((key) => (of[key] === 0 ? '·' : strong ? `**${of[key]}**` : of[key])).join(' | ')} |`;
  const shown = stacks.filter((stack) => Object.values(stack.counts).some((each) => each > 0)).slice(0, 60);
  return [
    `| stack | ${COUNTED.join(' | ')} |`,
    `|:--|${COUNTED.map(() => '--:').join('|')}|`,
    ...(shown.length > 1 ? shown.map((stack) => row(cell(stack.stack), stack.counts)) : []),
    row(shown.length === 1 ? cell(shown[0]!.stack) : `**${count(stacks.length, 'stack')}**`, counts, true),
  ].join('\n');
}

function problems({ stacks, gone, notices }: Report): string[] {
  return [
    ...stacks
      .filter(({ errored }) => errored)
      .map(({ stack }) => `⛔ Planning ${code(name(stack))} ended with an error: what is here is a part of it.`),
    ...stacks
      .filter(({ complete, errored }) => !complete && !errored)
      .map(({ stack }) => `⚠️ Applying ${code(name(stack))} will not be enough: a part of it is left for a later run.`),
    ...stacks.flatMap(({ stack, checks }) =>
      checks.map(({ address, status, messages }) => {
        const said = messages.map((message) => `: ${code(visible(message).slice(0, 400))}`).join('');
        const what = {
          fail: '⛔ Check failed',
          error: '⛔ Check could not be evaluated',
          unknown: 'Check known only after apply',
          pass: 'Check passed',
        }[status];
        return `${what} in ${code(name(stack))}: ${code(name(address))}${said}`;
      }),
    ),
    ...gone.map(
      (stack) => `⚠️ ${code(name(stack))} is synthesized no more. Its resources stay as they are: destroy it first, or take them over.`,
    ),
    ...notices.map((notice) => `ℹ️ ${code(visible(notice).slice(0, 400))}`),
  ];
}

/** Most arguments that are named for one replacement: a script that runs again may have dozens. */
const FORCING = 6;

function lossText({ change, forcedBy, forcedByPaths, reason, lost }: Loss): string {
  const { entries } = entriesOf(forcedBy);
  const forced = entries.slice(0, FORCING).flatMap((entry) => {
    const [first, ...rest] = entryText({ ...entry, forces: false }, '  ');
    return [first!.replace('- ', '- forced by '), ...rest];
  });
  const more = entries.length > FORCING ? [`  - and by ${entries.length - FORCING} more`] : [];
  return [
    `- **${actionWord(change)}** ${code(name(change.construct))} (${code(name(change.type))})${circumstances(change)
      .map((each) => `, ${each}`)
      .join('')}`,
    ...forced,
    ...more,
    ...forcedByPaths.map((path) => `  - forced by ${code(name(path))}`),
    ...(reason === undefined || forced.length > 0 ? [] : [`  - because ${reason}`]),
    `  - lost: ${lost}`,
    '',
  ].join('\n');
}

function stackPieces(report: StackReport): Piece[] {
  const { stack, changes, drift, outputs } = report;
  const details: Piece[] = [
    ...changes.map((each) => ({
      importance: importanceOf(each.change.action),
      text: changeText(each, stack),
      kind: `${actionWord(each.change)}s`,
    })),
    ...outputs.map(({ output, differences }) => ({
      importance: 6,
      kind: 'outputs',
      text: `**output** ${code(name(output.name))}\n${entriesOf(differences)
        .entries.flatMap((entry) => entryText(entry, ''))
        .join('\n')}\n`,
    })),
    ...section(
      '**Changed outside Terraform since the last apply**\n',
      drift.map((each) => ({ importance: 5, text: changeText(each, stack), kind: 'drifted resources' })),
    ),
    ...asides(report).map((text) => ({ importance: 7, text: `${text}\n`, kind: '' })),
  ];
  if (details.length === 0) return [];
  const open = `<details><summary>${cell(stack)} ${summaryOf(report)}</summary>\n`;
  return [{ importance: 0, text: open, kind: '' }, ...details, { importance: 0, text: '</details>\n', kind: '' }];
}

export function asides({ ephemeral, invocations }: StackReport): string[] {
  const list = (names: readonly string[]) =>
    names
      .slice(0, 20)
      .map((each) => code(name(each)))
      .join(', ') + (names.length > 20 ? ` and ${names.length - 20} more` : '');
  return [
    ...(ephemeral.length > 0 ? [`opened while it is applied, and stored nowhere: ${list(ephemeral)}`] : []),
    ...(invocations.length > 0 ? [`invokes: ${list(invocations)}`] : []),
  ];
}

/** Update first, then what comes anew: a reviewer has seen the latter in the code. */
const importanceOf = (action: string): number =>
  ({ delete: 2, replace: 2, unknown: 2, forget: 3, update: 3, create: 6, read: 8 })[action] ?? 5;

export const summaryOf = ({ counts, unchanged }: StackReport): string => {
  const parts = COUNTED.filter((key) => counts[key] > 0).map((key) => `${counts[key]} ${key}`);
  return `${parts.join(', ') || 'no resource changes'} · ${unchanged.toLocaleString('en')} stay`;
};

function footer({ origin, base, stacks }: Report): string {
  const engines = [...new Set(stacks.map(({ engine }) => `${engine.name === 'tofu' ? 'OpenTofu' : 'Terraform'} ${engine.version}`))].join(
    ', ',
  );
  const against = base === undefined ? '' : ` against ${code(name(base))}`;
  return origin === 'rehearsal'
    ? `_Rehearsed${against} with ${engines}, without credentials: what a cloud computes, and drift, are not known here._\n`
    : `_Planned with ${engines}${against}. Sensitive values are masked._\n`;
}
