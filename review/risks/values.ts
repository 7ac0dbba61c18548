import { at, isList, isObject, isUnknown, type Value } from '../plan';

/** The elements of a list; of anything else, none. */
export const elements = (value: Value | undefined): readonly Value[] => (isList(value) ? value : []);

export const texts = (value: Value | undefined): string[] => elements(value).filter((each): each is string => typeof each === 'string');

export const numberAt = (value: Value | undefined, ...path: readonly (string | number)[]): number | undefined => {
  const found = at(value, ...path);
  const number = typeof found === 'string' && /^\d+$/.test(found) ? Number(found) : found;
  return typeof number === 'number' ? number : undefined;
};

export const textAt = (value: Value | undefined, ...path: readonly (string | number)[]): string | undefined => {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : undefined;
};

/** Something at or below this is known only after apply. */
export function holdsUnknown(value: Value | undefined): boolean {
  if (isUnknown(value)) return true;
  if (isList(value)) return value.some(holdsUnknown);
  return isObject(value) && Object.values(value).some(holdsUnknown);
}

/** Every text at or below this, however deep. */
export function* textsIn(value: Value | undefined): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (isList(value)) for (const inner of value) yield* textsIn(inner);
  else if (isObject(value)) for (const inner of Object.values(value)) yield* textsIn(inner);
}

/** What is in the second list and not in the first. */
export const added = <T>(before: readonly T[], after: readonly T[]): T[] => after.filter((each) => !before.includes(each));
