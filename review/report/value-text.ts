import { isList, isObject, isSecret, isUnknown, MASK, type Value } from '../plan';
import { shorten, visible } from './visible';

/** Longest value that stands in a line. */
export const LONGEST = 160;

/** A value in one line, as JSON writes it: a text in quotes is not taken for a number, nor for a word of the report. */
export function valueText(value: Value | undefined, length = LONGEST): string {
  if (value === undefined) return '(absent)';
  if (isSecret(value)) return MASK;
  if (isUnknown(value)) return '(known after apply)';
  return shorten(written(value), length);
}

function written(value: Value): string {
  if (typeof value === 'string') return quoted(value);
  if (isSecret(value)) return MASK;
  if (isUnknown(value)) return '(known after apply)';
  if (isList(value)) return `[${value.map(written).join(', ')}]`;
  if (isObject(value))
    return `{${Object.entries(value)
      .map(([key, inner]) => `${quoted(key)}: ${written(inner)}`)
      .join(', ')}}`;
  return String(value);
}

const quoted = (text: string): string => `"${visible(text.replaceAll('\\', '\\\\').replaceAll('"', '\\"'))}"`;

/** Two texts in one line each. Where they are long, what they have in common at both ends is left out but for a little. */
export function pairText(before: Value | undefined, after: Value | undefined): { readonly before: string; readonly after: string } {
  const whole = { before: valueText(before, Infinity), after: valueText(after, Infinity) };
  if (whole.before.length <= LONGEST && whole.after.length <= LONGEST) return whole;
  const start = commonStart(whole.before, whole.after);
  const end = commonStart(reversed(whole.before.slice(start)), reversed(whole.after.slice(start)));
  const cut = (text: string) => {
    const from = Math.max(0, start - AROUND);
    const to = Math.min(text.length, text.length - end + AROUND);
    return shorten(`${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`, LONGEST);
  };
  return { before: cut(whole.before), after: cut(whole.after) };
}

/** Characters of what stays that are shown around what differs. */
const AROUND = 24;

function commonStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}

const reversed = (text: string): string => text.split('').reverse().join('');
