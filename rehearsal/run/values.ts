/** A list or an object: something with values inside. */
export const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Dotted paths at which two values of JSON differ. */
export function differing(before: unknown, after: unknown, path = ''): string[] {
  if (isObject(before) && isObject(after) && Array.isArray(before) === Array.isArray(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => differing(before[key], after[key], path === '' ? key : `${path}.${key}`));
  }
  return Object.is(before, after) ? [] : [path];
}
