/** A command of a block, as a shell would split it. */
export interface ShellCommand {
  /** Program and arguments, without quotes. */
  readonly words: readonly string[];
  /** As it stands there. */
  readonly source: string;
  /** Within the block, from 0. */
  readonly line: number;
}

/** A block of commands: what a person types, and what the comments say. */
export interface ShellBlock {
  readonly commands: readonly ShellCommand[];
  readonly comments: readonly string[];
}

const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*=/;
const SEPARATORS = /^(&&|\|\||[;|&\n])/;
const REDIRECT = /^\d?(>>?|<)/;

/**
 * Reads the small part of a shell that documentation uses: quotes, comments, continued lines, `VARIABLE=value command`, `&&`, `|`, `;`,
 * redirections and `$(command)`. Anything else (backquotes, sub-shells, loops) is an error: it could not be checked.
 */
export function parseShell(text: string): ShellBlock {
  const commands: ShellCommand[] = [];
  const comments: string[] = [];
  let words: string[] = [];
  let [start, line, begun] = [0, 0, 0];
  let rest = text;
  const at = () => text.length - rest.length;
  const finish = (end: number) => {
    while (words[0] !== undefined && ASSIGNMENT.test(words[0])) words.shift();
    if (words.length > 0) commands.push({ words, source: text.slice(start, end).trim(), line: begun });
    words = [];
  };
  while (rest !== '') {
    const comment = /^#.*/.exec(rest)?.[0];
    const separator = SEPARATORS.exec(rest)?.[0];
    const blank = /^(\\\n|[ \t])+/.exec(rest)?.[0];
    if (comment !== undefined) {
      finish(at());
      comments.push(comment.slice(1).trim());
      rest = rest.slice(comment.length);
      start = at();
    } else if (separator !== undefined) {
      finish(at());
      rest = rest.slice(separator.length);
      if (separator === '\n') line += 1;
      start = at();
    } else if (blank !== undefined) {
      line += blank.split('\n').length - 1;
      rest = rest.slice(blank.length);
    } else if (REDIRECT.test(rest)) {
      rest = rest.replace(REDIRECT, '').trimStart();
      rest = rest.slice(wordOf(rest).length);
    } else {
      if (words.length === 0) begun = line;
      const { value, length } = wordOf(rest);
      for (const [, inner] of value.matchAll(SUBSTITUTION))
        commands.push(...parseShell(inner!).commands.map((each) => ({ ...each, line })));
      words.push(value);
      rest = rest.slice(length);
    }
  }
  finish(text.length);
  return { commands, comments };
}

const SUBSTITUTION = /\$\(([^()]*)\)/g;

/** One word, quotes and all; variables and substitutions stay as they are written. */
function wordOf(text: string): { value: string; length: number } {
  let value = '';
  let index = 0;
  while (index < text.length) {
    const rest = text.slice(index);
    const found =
      /^'([^']*)'/.exec(rest) ??
      /^"((?:[^"\\]|\\[^])*)"/.exec(rest) ??
      /^(\$\([^()]*\))/.exec(rest) ??
      /^\\?([^\s'"`;|&<>()\\])/.exec(rest);
    if (found === null) break;
    value += found[1]!;
    index += found[0].length;
  }
  const next = text[index] ?? '';
  if (`'"\`()`.includes(next) && next !== '')
    throw new Error(`a quote without an end, or a substitution that cannot be checked: ${text.split('\n')[0]}`);
  if (value.includes('`') && text.startsWith('"')) throw new Error(`a substitution that cannot be checked: ${text.split('\n')[0]}`);
  if (index === 0) throw new Error(`not understood: ${text.split('\n')[0]}`);
  return { value, length: index };
}
