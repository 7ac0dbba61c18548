import { isList, isObject, type ObjectValue, type Value } from './values';

/**
 * The values at a dotted path, one for each element of the lists on the way; none where a block on the way is absent.
 * An unknown list on the way gives that unknown.
 */
export function valuesAt(object: ObjectValue, path: string): Value[] {
  let found: Value[] = [object];
  for (const step of path.split('.')) {
    found = found.flatMap((value) => {
      const elements = isList(value) ? value : [value];
      return elements.flatMap((element): Value[] => (isObject(element) ? [element[step] ?? null] : element === null ? [] : [element]));
    });
  }
  return found;
}

/** A copy of the object with the values at a dotted path changed, in each element of the lists on the way. Absent blocks stay absent. */
export function changeAt(object: ObjectValue, path: string, change: (value: Value) => Value): ObjectValue {
  const dot = path.indexOf('.');
  const name = dot < 0 ? path : path.slice(0, dot);
  const value = object[name] ?? null;
  if (dot < 0) {
    const changed = change(value);
    return changed === value ? object : { ...object, [name]: changed };
  }
  const inner = (element: Value): Value => (isObject(element) ? changeAt(element, path.slice(dot + 1), change) : element);
  if (isList(value)) return { ...object, [name]: value.map(inner) };
  return isObject(value) ? { ...object, [name]: inner(value) } : object;
}
