import { Lexer } from 'yaml';
import type { Problem } from './problem';
import type { Source } from './source';

/** Deeper than any setting; far below the depth at which the parser of the `yaml` package takes the process down. */
const MAX_DEPTH = 32;

const SHARE = 'Write the value itself; what environments have in common goes into shared.yaml.';

/** What makes a file mean something else than it shows, by its first character. */
const REFUSED: Record<string, (mark: string) => readonly [message: string, help: string]> = {
  '&': (mark) => [`${mark} is an anchor, which is not used here`, `${SHARE} Text that starts with & needs quotes.`],
  '*': (mark) => [`${mark} is an alias, which is not used here`, `${SHARE} Text that starts with * needs quotes.`],
  '!': (mark) => [`${mark} is a tag, which is not used here`, 'Remove it. Text that starts with ! needs quotes.'],
  '%': (mark) => [`${mark} is a directive, which is not used here`, 'Remove the line: the files are read as YAML 1.2.'],
};

/** The lexer tells with these what comes next: a document, a value in a flow that has errors, the text of a plain or block scalar. */
const ANNOUNCEMENT = /^[\x02\x18\x1f]$/;

/** Anchors, aliases, tags and directives; or, alone, the place from which on the file is too deep to be parsed. */
export function refusedMarks(source: Source): { readonly problems: readonly Problem[]; readonly tooDeep: boolean } {
  const problems: Problem[] = [];
  let brackets = 0;
  let indicators = 0;
  let offset = 0;
  let scalarNext = false;
  for (const token of new Lexer().lex(source.text)) {
    if (ANNOUNCEMENT.test(token)) {
      scalarNext = token === '\x1f';
      continue;
    }
    const place = () => source.place(offset, offset + token.length);
    if (!scalarNext) {
      if (token === '[' || token === '{') brackets += 1;
      else if (token === ']' || token === '}') brackets -= 1;
      else if (token === '-' || token === '?') indicators += 1;
      else if (token.includes('\n')) indicators = 0;
      const words = REFUSED[token[0]!]?.(token);
      if (words) problems.push({ place: place(), path: '', message: words[0], help: words[1] });
    }
    if (brackets > MAX_DEPTH || indicators > MAX_DEPTH) {
      const message = `more than ${MAX_DEPTH} levels are nested here`;
      return { problems: [{ place: place(), path: '', message, help: 'An environment file needs five.' }], tooDeep: true };
    }
    scalarNext = false;
    offset += token.length;
  }
  return { problems, tooDeep: false };
}
