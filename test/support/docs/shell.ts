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
 * Reads the small part of a shell that documentation uses: quotes, comments, continued lines, `VARIABLE=value command`, `&&`, `|`, `;`
 * and redirections. Anything else (substitution, loops) is an error: it could not be checked.
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
      words.push(value);
      rest = rest.slice(length);
    }
  }
  finish(text.length);
  return { commands, comments };
}

/** One word, quotes and all; variables stay as they are written. */
function wordOf(text: string): { value: string; length: number } {
  let value = '';
  let index = 0;
  while (index < text.length) {
    const rest = text.slice(index);
    const quoted = /^(?:'([^']*)'|"((?:[^"\\]|\\[^])*)")/.exec(rest);
    if (/^["']/.test(rest) && quoted === null) throw new Error(`a quote that has no end: ${rest.split('\n')[0]}`);
    if (/^(`|\$\()/.test(rest) || /^["][^"]*(\$\(|`)/.test(quoted?.[0] ?? ''))
      throw new Error(`substitution cannot be checked: ${rest.split('\n')[0]}`);
    const plain = quoted ? undefined : /^(?:\\[^]|[^\s'"`;|&<>\\])/.exec(rest)?.[0];
    if (quoted === null && plain === undefined) break;
    value += quoted ? (quoted[1] ?? quoted[2] ?? '') : plain!.replace(/^\\/, '');
    index += quoted ? quoted[0].length : plain!.length;
  }
  if (index === 0) throw new Error(`not understood: ${text.split('\n')[0]}`);
  return { value, length: index };
}
