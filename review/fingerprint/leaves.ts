import { at, isList, isObject, isSecret, isUnknown, same, type Value } from '../plan';

/** What stands at each path of a value, as text. Paths are JSON: a key may hold any character. */
export type Leaves = ReadonlyMap<string, string>;

/** Of a secret only that it is one: the hash of a short secret could be found by trying. A new version number beside it does count. */
const SECRET = '(sensitive)';

const UNKNOWN_LEAF = '(known after apply)';

/** Redacted texts number their secrets in the order in which they were met, which says nothing about what is done. */
const NUMBERED = /\(sensitive value \d+\)/g;

/** Every leaf of a value; an empty list or object is one too. */
export function leavesOf(value: Value): Map<string, string> {
  const leaves = new Map<string, string>();
  visit(value, [], (path, leaf) => leaves.set(path, leaf));
  return leaves;
}

/** Leaves of `after` that are not those of `before`, and those of `before` that go. What stays is not done, so it is left out. */
export function differences(before: Value, after: Value): Map<string, string> {
  const found = new Map<string, string>();
  compare(before, after, [], found);
  return found;
}

function compare(
  before: Value | undefined,
  after: Value | undefined,
  path: readonly (string | number)[],
  found: Map<string, string>,
): void {
  if (before !== undefined && after !== undefined && same(before, after)) return;
  if (isObject(before) && isObject(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
      compare(at(before, key), at(after, key), [...path, key], found);
    return;
  }
  if (isList(before) && isList(after)) {
    for (let index = 0; index < Math.max(before.length, after.length); index++)
      compare(before[index], after[index], [...path, index], found);
    return;
  }
  // What will be there is not known: what was there does not decide it.
  const old = isUnknown(after) || before === undefined ? '' : `${textOf(before)} → `;
  found.set(JSON.stringify(path), `${old}${after === undefined ? '(nothing)' : textOf(after)}`);
}

function visit(value: Value, path: readonly (string | number)[], found: (path: string, leaf: string) => void): void {
  if (isList(value) && value.length > 0) value.forEach((inner, index) => visit(inner, [...path, index], found));
  else if (isObject(value) && Object.keys(value).length > 0)
    for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key], found);
  else found(JSON.stringify(path), textOf(value));
}

/** A value as text in which keys have an order. */
export function textOf(value: Value): string {
  if (isSecret(value)) return SECRET;
  if (isUnknown(value)) return UNKNOWN_LEAF;
  if (typeof value === 'string') return JSON.stringify(value.replace(NUMBERED, SECRET));
  if (isList(value)) return `[${value.map(textOf).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const entries = Object.keys(value).sort();
  return `{${entries.map((key) => `${JSON.stringify(key)}:${textOf(value[key]!)}`).join(',')}}`;
}
