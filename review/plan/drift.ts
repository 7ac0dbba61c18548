import { type Change } from './model';
import { at, isEmpty, isList, isObject, same, type Value } from './value';

/**
 * A first refresh reports null for {} and the like, resource by resource: nobody has changed anything. Such drift is told only where the plan
 * says that what it does depends on it.
 */
export function isRealDrift(change: Change, relevant: ReadonlySet<string>): boolean {
  if (change.action === 'no-op') return change.movedFrom !== undefined;
  return change.action !== 'update' || relevant.has(change.address) || differs(change.before, change.after);
}

function differs(before: Value | undefined, after: Value | undefined): boolean {
  if (isEmpty(before) && isEmpty(after)) return false;
  if (isObject(before) && isObject(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].some((key) => differs(at(before, key), at(after, key)));
  }
  if (isList(before) && isList(after)) return before.length !== after.length || before.some((value, index) => differs(value, after[index]));
  return !same(before, after);
}
