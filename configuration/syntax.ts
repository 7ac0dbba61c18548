import type { YAMLError } from 'yaml';
import type { Problem } from './problem';
import type { Source } from './source';

/** What the parser's errors mean for the person who wrote the file: what is wrong, and what usually helps. */
const WORDS: Record<YAMLError['code'], readonly [message: string, help: string]> = {
  TAB_AS_INDENT: ['a tab indents this line', 'YAML allows spaces only: two a level.'],
  BAD_INDENT: ['the indentation fits nothing above', 'Start the keys of one map in the same column, and close every [ and {.'],
  BLOCK_AS_IMPLICIT_KEY: ['a key and its value stand inside another value', 'Put the text in quotes, or its keys on lines of their own.'],
  MULTILINE_IMPLICIT_KEY: ['this text runs on into the next line, where a key follows', 'Write `key: value`, a space after the colon.'],
  BLOCK_IN_FLOW: ['an indented block stands inside [ ] or { }', 'Write the whole value in one of the two styles.'],
  MISSING_CHAR: ['a character is missing here', 'Close the quotes or brackets, and write `key: value` with a colon and a space.'],
  UNEXPECTED_TOKEN: ['this does not belong here', 'Look for quotes inside quotes, and for a missing comma or colon.'],
  BAD_SCALAR_START: ['a value without quotes cannot start with this character', 'Put the value in quotes.'],
  BAD_DQ_ESCAPE: ['YAML does not know this escape', 'Write \\\\ for a backslash, or use single quotes.'],
  KEY_OVER_1024_CHARS: ['this key is longer than 1024 characters', 'Shorten it.'],
  NON_STRING_KEY: ['a key is a list or a map', 'A key is a plain word.'],
  BAD_DIRECTIVE: ['YAML does not know this directive', 'Remove the line.'],
  TAG_RESOLVE_FAILED: ['tags (!…) are not used here', 'Remove the tag; put text in quotes.'],
  BAD_ALIAS: ['this is no name for an alias', 'Put a value that starts with * in quotes.'],
  ALIAS_PROPS: ['an alias takes no anchor and no tag', 'Write the value itself.'],
  BAD_PROP_ORDER: ['anchors and tags are not used here', 'Write the value itself.'],
  MULTIPLE_ANCHORS: ['anchors are not used here', 'Write the value itself.'],
  MULTIPLE_TAGS: ['tags (!…) are not used here', 'Remove them.'],
  MULTIPLE_DOCS: ['a second document starts here', 'One file is one environment: remove the line.'],
  DUPLICATE_KEY: ['the key stands twice', 'Remove one of the two.'],
  BAD_COLLECTION_TYPE: ['this tag does not fit', 'Remove the tag.'],
  RESOURCE_EXHAUSTION: ['this is nested too deeply', 'An environment file is a few levels deep.'],
  IMPOSSIBLE: ['YAML cannot read this', 'Look for a missing quote or bracket above.'],
};

const OPEN_QUOTE = ['a quote is not closed: the text runs to the end of the file', 'Close it where the text ends.'] as const;

/** The errors of the parser as problems. One mistake makes several: the first of a line tells, the rest is noise. */
export function syntaxProblems(source: Source, errors: readonly YAMLError[]): Problem[] {
  const firstOfLine = new Map<number, Problem>();
  for (const { code, pos, message: original } of errors) {
    const place = pos[1] - pos[0] > 1 ? source.place(pos[0], pos[1]) : source.placeOfWord(pos[0]);
    const [message, help] = /closing ['"]quote/.test(original) ? OPEN_QUOTE : WORDS[code];
    const line = place.span!.line;
    if (!firstOfLine.has(line)) firstOfLine.set(line, { place, path: '', message, help });
  }
  return [...firstOfLine.values()];
}
