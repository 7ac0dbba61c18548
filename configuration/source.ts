import { readFileSync, statSync } from 'node:fs';
import type { Place, Problem } from './problem';

/** A real environment file has some 5 KiB. A larger one is a mistake, or an attack on whoever checks a pull request. */
const MAX_BYTES = 256 * 1024;

/** The text of a file, and the way from an offset in it to a place that people can find. */
export class Source {
  private readonly lineStarts: readonly number[];

  constructor(
    readonly file: string,
    readonly text: string,
  ) {
    this.lineStarts = [0, ...[...text.matchAll(/\n/g)].map((newline) => newline.index + 1)];
  }

  /** What lies between two offsets, up to the end of the first line. */
  place(start: number, end = start + 1): Place {
    let line = this.lineStarts.filter((lineStart) => lineStart <= start).length - 1;
    // A parser that misses something reports the end of the file; people look for it where the text ends.
    if (start > 0 && start >= this.text.length && this.text.slice(this.lineStarts[line]).length === 0) line -= 1;
    const lineStart = this.lineStarts[line]!;
    const text = this.text.slice(lineStart, this.lineStarts[line + 1]).replace(/\r?\n$/, '');
    const column = Math.min(start - lineStart, text.length);
    const width = Math.max(1, Math.min(end - lineStart, text.length) - column);
    return { file: this.file, span: { line: line + 1, column: column + 1, width, text } };
  }

  /** From an offset to the next space. */
  placeOfWord(start: number): Place {
    return this.place(start, start + /^\S*/.exec(this.text.slice(start))![0].length);
  }
}

export type ReadResult = { readonly source: Source } | { readonly problems: readonly Problem[] };

/** Reads a file as UTF-8 text. */
export function readSource(file: string): ReadResult {
  const problem = (message: string, help: string): ReadResult => ({ problems: [{ place: { file }, path: '', message, help }] });
  let bytes: Buffer;
  try {
    const stats = statSync(file);
    // Before it is opened: reading a pipe would wait for ever.
    if (!stats.isFile()) return problem('is not a file', 'An environment is a file with the ending .yaml.');
    if (stats.size > MAX_BYTES) {
      return problem(`has ${Math.ceil(stats.size / 1024)} KiB, at most ${MAX_BYTES / 1024} are read`, 'Is it really an environment file?');
    }
    bytes = readFileSync(file);
  } catch (error) {
    return problem(`cannot be read: ${systemReason(error)}`, 'Check the name and the permissions.');
  }
  if (/^(\xff\xfe|\xfe\xff)/.test(bytes.toString('latin1', 0, 2))) return problem('is in UTF-16', 'Save it as UTF-8.');
  // A byte order mark is harmless at the start of a file: it is taken off, so that the columns of the first line stay right.
  const text = bytes.toString('utf8').replace(/^\ufeff/, '');
  const source = new Source(file, text);
  const problems = [...badBytes(bytes, file), ...badCharacters(source)];
  return problems.length > 0 ? { problems } : { source };
}

/** What the operating system said, in words where it is usual. */
export function systemReason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const words: Record<string, string> = { ENOENT: 'it does not exist', EACCES: 'permission denied', ENOTDIR: 'it is not a directory' };
  return words[code ?? ''] ?? message;
}

/** One problem for each line that is not UTF-8. */
function badBytes(bytes: Buffer, file: string): Problem[] {
  const problems: Problem[] = [];
  for (let start = 0, line = 1; start < bytes.length; line += 1) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline < 0 ? bytes.length : newline;
    const text = bytes.toString('utf8', start, end);
    if (!Buffer.from(text, 'utf8').equals(bytes.subarray(start, end))) {
      const column = text.indexOf('\ufffd');
      const byte = bytes[start + Buffer.byteLength(text.slice(0, column), 'utf8')]!;
      problems.push({
        place: { file, span: { line, column: column + 1, width: 1, text: text.replace(/\r$/, '') } },
        path: '',
        message: `the byte 0x${byte.toString(16).toUpperCase().padStart(2, '0')} is not UTF-8`,
        help: 'Save the file as UTF-8.',
      });
    }
    start = end + 1;
  }
  return problems;
}

/** Control characters, spaces that look like spaces but are none to YAML, and marks that show text in another order than it is read. */
const BAD_CHARACTER = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xa0\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\r(?!\n)/g;

function badCharacters(source: Source): Problem[] {
  return [...source.text.matchAll(BAD_CHARACTER)].map((match) => {
    const code = `U+${match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
    return {
      place: source.place(match.index),
      path: '',
      message: `the character ${code} is invisible or a control character`,
      help: 'Delete it, or type a plain space or line end instead.',
    };
  });
}
