/**
 * Characters that are not what they look like: control and format characters (those that turn the direction of writing among them), line and
 * paragraph separators, private and unassigned ones, blanks that are no space, and fillers that show nothing.
 */
const DECEPTIVE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5]/gu;

/** Marks that are put over and under letters: a heap of them covers the lines around. */
const HEAPS = /(\p{M}{3})\p{M}+/gu;

const escaped = (character: string): string => {
  const known: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  return known[character] ?? `\\u{${character.codePointAt(0)!.toString(16)}}`;
};

/** What most texts are made of: nothing in it deceives. */
const HARMLESS = /^[ -~]*$/;

/** A text in which every character can be seen for what it is. One line. */
export const visible = (text: string): string => (HARMLESS.test(text) ? text : text.replace(HEAPS, '$1\\u{…}').replace(DECEPTIVE, escaped));

/** Shortens in the middle: names and values differ at both ends. Says how much is missing. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const note = `…(${text.length} characters)…`;
  const room = Math.max(8, length - note.length);
  return text.slice(0, Math.ceil(room / 2)) + note + text.slice(text.length - Math.floor(room / 2));
}

/** Longest name, address or path that is shown. */
const LONGEST_NAME = 240;

export const name = (text: string): string => shorten(visible(text), LONGEST_NAME);
