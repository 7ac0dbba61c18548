/**
 * A value of a plan as a report may know it. Where the plan marks a value as sensitive there is no value any more, only a `Secret`; where it
 * will be known after apply, `UNKNOWN`. So nothing behind the reader can print what it should not.
 */
export type Value = null | boolean | number | string | Secret | Unknown | readonly Value[] | ValueObject;

export interface ValueObject {
  readonly [key: string]: Value;
}

/** A value that was masked. Two of them are the same value exactly if they have the same token; the token says nothing else. */
export class Secret {
  constructor(readonly token: number) {}

  toJSON(): string {
    return '(sensitive value)';
  }
}

class Unknown {
  toJSON(): string {
    return '(known after apply)';
  }
}

export const UNKNOWN = new Unknown();

export const isUnknown = (value: Value | undefined): value is Unknown => value === UNKNOWN;

export const isSecret = (value: Value | undefined): value is Secret => value instanceof Secret;

export const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

export const isObject = (value: Value | undefined): value is ValueObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Secret) && value !== UNKNOWN;

/** The value under a path of keys and indexes. Undefined where there is none; UNKNOWN or a Secret where the way ends in one. */
export function at(value: Value | undefined, ...path: readonly (string | number)[]): Value | undefined {
  let here = value;
  for (const step of path) {
    if (isUnknown(here) || isSecret(here)) return here;
    if (typeof step === 'number') here = isList(here) ? here[step] : undefined;
    else here = isObject(here) && Object.hasOwn(here, step) ? here[step] : undefined;
  }
  return here;
}

/** Alike in every leaf. Two unknown values are not taken for the same. */
export function same(one: Value | undefined, other: Value | undefined): boolean {
  if (isSecret(one) || isSecret(other)) return isSecret(one) && isSecret(other) && one.token === other.token;
  if (isUnknown(one) || isUnknown(other)) return false;
  if (one === other) return true;
  if (isList(one)) return isList(other) && one.length === other.length && one.every((value, index) => same(value, other[index]));
  if (!isObject(one) || !isObject(other)) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => Object.hasOwn(other, key) && same(one[key], other[key]));
}

/** Nothing a person would call a value: what providers swap for one another without meaning anything by it. */
export const isEmpty = (value: Value | undefined): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (isList(value) && value.length === 0) ||
  (isObject(value) && Object.keys(value).length === 0);
