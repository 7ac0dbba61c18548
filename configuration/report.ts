import { createColors } from 'picocolors';
import { location, type ConfigurationError, type Problem, type Span } from './problem';
import { visible } from './visible';

/** Longer lines are shown in part, around what is meant. */
const MAX_WIDTH = 110;

export interface ReportOptions {
  /** Default: no colour. */
  readonly color?: boolean;
}

/**
 * All problems for people: a line that can be searched for (`file:line:column  path  message`), the line of the file with what is meant
 * underlined, and what to do.
 */
export function reportConfigurationError(error: ConfigurationError, options: ReportOptions = {}): string {
  const files = new Set(error.problems.map(({ place }) => place.file)).size;
  const count = `${error.problems.length} ${error.problems.length === 1 ? 'problem' : 'problems'} in ${files} ${files === 1 ? 'file' : 'files'}`;
  const colors = createColors(options.color ?? false);
  return [...error.problems.map((problem) => reportProblem(problem, options)), colors.red(count)].join('\n\n');
}

export function reportProblem(problem: Problem, { color = false }: ReportOptions = {}): string {
  const colors = createColors(color);
  const { place, path, message, help, environments } = problem;
  const where = environments ? ` (in ${environments.join(', ')})` : '';
  const first = [colors.bold(location(place)), path && colors.cyan(path), shown(message) + where].filter(Boolean).join('  ');
  const lines = place.span ? excerpt(place.span, problem.confidential ?? false, colors) : [];
  return [first, ...lines, ...(help ? [`  ${shown(help)}`] : [])].join('\n');
}

/** What follows on the line is left out: behind a key that is meant stands a value that is not. */
function excerpt(span: Span, confidential: boolean, colors: ReturnType<typeof createColors>): string[] {
  const { line, column, width } = span;
  const hidden = confidential ? '***' : undefined;
  const meant = hidden ?? span.text.slice(column - 1, column - 1 + width);
  const before = span.text.slice(0, column - 1);
  if (before + meant === '') return [];
  const shownBefore = before.length > MAX_WIDTH / 2 ? `…${before.slice(-MAX_WIDTH / 2)}` : before;
  const shownMeant = meant.slice(0, MAX_WIDTH - shownBefore.length);
  const gutter = String(line).padStart(5);
  return [
    colors.dim(`${gutter} | `) + shown(shownBefore + shownMeant),
    colors.dim(`${' '.repeat(gutter.length)} | `) + ' '.repeat(shownBefore.length) + colors.red('^'.repeat(Math.max(1, shownMeant.length))),
  ];
}

/** A tab is seen for what it is. */
const shown = (text: string): string => visible(text.replace(/\t/g, '→'));
