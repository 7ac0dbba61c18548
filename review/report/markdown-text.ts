import { name } from './visible';

/**
 * A text as an inline code span: nothing in it is Markdown, HTML, a link or a mention. The fence is longer than any run of backticks inside;
 * `visible` has taken out the line ends. Not for tables: see `cell`.
 */
export function code(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const padded = text === '' || /^`|`$|^ .* $/.test(text) ? ` ${text || ' '} ` : text;
  return fence + padded + fence;
}

/** Characters that mean something to Markdown or HTML, as numbers: no parser, at whatever stage, sees them. */
const entities = (text: string): string => text.replace(/[^\p{L}\p{N} ]/gu, (character) => `&#${character.codePointAt(0)};`);

/** A text as code where a bar or a backtick ends more than the text: in tables and summaries. */
export const cell = (text: string): string => `<code>${entities(name(text))}</code>`;

/** Lines as a fenced block. */
export function fenced(lines: readonly string[], language = ''): string {
  const runs = lines.join('\n').match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return `${fence}${language}\n${lines.join('\n')}\n${fence}`;
}

/** A word that goes into a comment of HTML: letters, digits and single dashes only, so that it cannot end it. */
export const slug = (text: string): string =>
  text
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 100);
