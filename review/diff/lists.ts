import { at, same, type Value } from '../plan';

/** Texts that together name an element; each is a path of keys. */
type Key = readonly string[];

/** What names an element of a list, the most telling first: `Sid` is IAM's; in LiteLLM several models share a `model_name`. */
const KEYS: readonly Key[] = [
  ...[
    'name',
    'key',
    'id',
    'Sid',
    'title',
    'display_name',
    'displayName',
    'model_name',
    'service',
    'service_name',
    'method',
    'prefix',
    'member',
  ].map((name) => [name]),
  ['model_name', 'litellm_params.model'],
];

/** A pair of elements that belong together; one side is missing where it comes or goes. `name` is what a path calls it. */
export interface Pair {
  readonly name: string;
  readonly before?: Value;
  readonly after?: Value;
}

export interface Matched {
  readonly pairs: readonly Pair[];
  /** The same elements in another order. */
  readonly reordered: boolean;
}

/** Pairs the elements of two lists: by a key that names them, as members of a set, else by what stayed alike and then in order. */
export function match(before: readonly Value[], after: readonly Value[]): Matched {
  if (same(before, after)) return { pairs: [], reordered: false };
  const key = KEYS.find((each) => names(before, each) && names(after, each));
  if (key !== undefined && before.length + after.length > 0) return byName(before, after, key);
  if (before.every(isScalar) && after.every(isScalar) && isSet(before) && isSet(after)) return asSets(before, after);
  return inOrder(before, after);
}

const isScalar = (value: Value): boolean => typeof value !== 'object' || value === null;

const isSet = (list: readonly Value[]): boolean => new Set(list).size === list.length;

function names(list: readonly Value[], key: Key): boolean {
  const found = list.map((element) => nameOf(element, key));
  return !found.includes(undefined) && new Set(found).size === found.length;
}

/** What an element goes by: a text, or several joined. Undefined: one of them is missing. */
function nameOf(element: Value, key: Key): string | undefined {
  const parts = key.map((path) => at(element, ...path.split('.')));
  return parts.every((part) => typeof part === 'string' && part !== '') ? parts.join(' ') : undefined;
}

function byName(before: readonly Value[], after: readonly Value[], key: Key): Matched {
  const byKey = (list: readonly Value[]) => new Map(list.map((element) => [nameOf(element, key)!, element]));
  const [old, young] = [byKey(before), byKey(after)];
  const stayed = [...old.keys()].filter((name) => young.has(name));
  return {
    pairs: [...new Set([...old.keys(), ...young.keys()])].map((name) => ({ name, before: old.get(name), after: young.get(name) })),
    reordered: stayed.join('\n') !== [...young.keys()].filter((name) => old.has(name)).join('\n'),
  };
}

function asSets(before: readonly Value[], after: readonly Value[]): Matched {
  const [old, young] = [new Set(before), new Set(after)];
  const gone = before.filter((value) => !young.has(value)).map((value) => ({ name: '', before: value }));
  const come = after.filter((value) => !old.has(value)).map((value) => ({ name: '', after: value }));
  return { pairs: [...gone, ...come], reordered: gone.length + come.length === 0 && before.some((value, index) => value !== after[index]) };
}

/** Most comparisons of elements in search of those that are alike: 2,000 by 2,000 take about a quarter of a second. */
const MOST_COMPARED = 4_000_000;

/** Elements without a name: those that are alike are paired first, wherever they stand, unless there are too many; the rest as they come. */
function inOrder(before: readonly Value[], after: readonly Value[]): Matched {
  const restBefore = before.map((value, index) => ({ value, index }));
  const restAfter = after.map((value, index) => ({ value, index }));
  const searched = before.length * after.length > MOST_COMPARED ? [] : [...restBefore];
  for (const old of searched) {
    const twin = restAfter.find(({ value }) => same(value, old.value));
    if (twin === undefined) continue;
    restAfter.splice(restAfter.indexOf(twin), 1);
    restBefore.splice(restBefore.indexOf(old), 1);
  }
  const count = Math.max(restBefore.length, restAfter.length);
  const pairs = Array.from({ length: count }, (_, index) => ({
    name: String(restAfter[index]?.index ?? restBefore[index]!.index),
    before: restBefore[index]?.value,
    after: restAfter[index]?.value,
  }));
  return { pairs, reordered: count === 0 && before.some((value, index) => !same(value, after[index])) };
}
