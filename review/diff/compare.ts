import {
  type Change,
  isEmpty,
  isList,
  isObject,
  isSecret,
  isUnknown,
  type OutputChange,
  type PathStep,
  type Redactor,
  same,
  at,
  type Value,
} from '../plan';
import { type Difference } from './difference';
import { documentIn } from './document';
import { match } from './lists';
import { below, element, isAtOrBelow } from './paths';
import { isLong, lineDiff } from './text';
import { rotationOf } from './write-only';

interface Place {
  readonly path: string;
  /** As the plan would write it; list elements by their number before the change. */
  readonly steps: readonly PathStep[];
}

/** A difference, and where it is in the plan's own terms. */
type Found = Difference & { readonly steps: readonly PathStep[] };

interface Context {
  readonly redact: Redactor;
  readonly found: Found[];
}

/** Everything that differs between before and after, attribute by attribute. Arguments that force a replacement come first. */
export function differencesOf(change: Pick<Change, 'before' | 'after' | 'replacePaths'>, redact: Redactor): Difference[] {
  const found = compared(change.before, change.after, redact);
  const forcing = forcingOf(found, change.replacePaths);
  const mark = ({ steps: _, ...difference }: Found, forces: boolean): Difference => ({ ...difference, forces });
  return [
    ...found.filter((each) => forcing.has(each)).map((each) => mark(each, true)),
    ...found.filter((each) => !forcing.has(each)).map((each) => mark(each, false)),
  ];
}

export const outputDifferences = ({ before, after }: OutputChange, redact: Redactor): Difference[] =>
  differencesOf({ before, after, replacePaths: [] }, redact);

function compared(before: Value | undefined, after: Value | undefined, redact: Redactor): Found[] {
  const context: Context = { redact, found: [] };
  compare(before, after, { path: '', steps: [] }, context);
  return context.found;
}

/** By the exact place; where the plan's numbers are not ours (sets, elements that moved), by the names on the way. */
function forcingOf(found: readonly Found[], paths: Change['replacePaths']): Set<Found> {
  const names = (steps: readonly PathStep[]) => steps.filter((step) => typeof step === 'string');
  const touched = (path: readonly PathStep[]) => {
    const exact = found.filter(({ steps }) => isAtOrBelow(steps, path) || isAtOrBelow(path, steps));
    return exact.length > 0 ? exact : found.filter(({ steps }) => isAtOrBelow(names(steps), names(path)));
  };
  return new Set(paths.flatMap(touched));
}

function compare(before: Value | undefined, after: Value | undefined, place: Place, context: Context): void {
  if (before === after || (isEmpty(before) && isEmpty(after))) return;
  const asObjects = pairOf(before, after, isObject);
  const asLists = pairOf(before, after, isList);
  if (asObjects !== undefined) objects(asObjects.before, asObjects.after, place, context);
  else if (asLists !== undefined) lists(asLists.before, asLists.after, place, context);
  else if (!same(before, after)) context.found.push({ ...leaf(before, after, place.path, context), steps: place.steps });
}

/** Both are of a kind, or one is and the other is not there. */
function pairOf<T extends Value>(before: Value | undefined, after: Value | undefined, is: (value: Value | undefined) => value is T) {
  const fits = (value: Value | undefined): value is T | null | undefined => value === undefined || value === null || is(value);
  return fits(before) && fits(after) ? { before: before ?? undefined, after: after ?? undefined } : undefined;
}

function objects(before: Value | undefined, after: Value | undefined, place: Place, context: Context): void {
  const keys = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  for (const key of keys) {
    compare(at(before, key), at(after, key), { path: below(place.path, key), steps: [...place.steps, key] }, context);
  }
}

function lists(before: readonly Value[] = [], after: readonly Value[] = [], place: Place, context: Context): void {
  // A block that can occur once only is a list of one in a plan: its number says nothing.
  if (before.length <= 1 && after.length <= 1 && [...before, ...after].every(isObject)) {
    return compare(before[0], after[0], { path: place.path, steps: [...place.steps, 0] }, context);
  }
  const { pairs, reordered } = match(before, after);
  const [placesBefore, placesAfter] = [placesIn(before), placesIn(after)];
  for (const { name, before: old, after: young } of pairs) {
    const index = (old === undefined ? placesAfter.get(young!) : placesBefore.get(old)) ?? -1;
    compare(old, young, { path: name === '' ? place.path : element(place.path, name), steps: [...place.steps, index] }, context);
  }
  if (reordered && pairs.every((pair) => same(pair.before, pair.after))) {
    context.found.push({ path: place.path, steps: place.steps, before, after, forces: false, note: 'the same elements in another order' });
  }
}

/** Where each element stands first. */
const placesIn = (list: readonly Value[]): Map<Value, number> => new Map(list.map((value, index) => [value, index] as const).reverse());

function leaf(before: Value | undefined, after: Value | undefined, path: string, { redact }: Context): Difference {
  const plain = { path, before: before ?? undefined, after: after ?? undefined, forces: false };
  const rotation = rotationOf(path, before, after);
  if (rotation !== undefined) return { ...plain, note: rotation };
  if (isSecret(before) && isSecret(after)) return { ...plain, note: 'it changes, and is not shown' };
  if (isUnknown(before) || isUnknown(after)) return plain;
  return texts(before, after, redact, plain);
}

/** A text that holds a document is compared by what the document says; a long one line by line. */
function texts(before: Value | undefined, after: Value | undefined, redact: Redactor, plain: Difference): Difference {
  const asText = (value: Value | undefined) => (typeof value === 'string' ? value : undefined);
  const [old, young] = [asText(before), asText(after)];
  if (old === undefined && young === undefined) return plain;
  const documents = [old, young].map((text) => (text === undefined ? undefined : documentIn(text, redact)));
  const [oldDocument, youngDocument] = documents;
  const bothOrNew = (oldDocument !== undefined || old === undefined) && (youngDocument !== undefined || young === undefined);
  if (bothOrNew) {
    const format = [...new Set(documents.flatMap((document) => document?.format ?? []))].join(' → ');
    const [from, to] = documents.map((document) => document?.value);
    if (typeof from === 'string' || typeof to === 'string') {
      return { ...plain, lines: lineDiff(asText(from) ?? '', asText(to) ?? ''), note: format };
    }
    const differences = compared(from, to, redact).map(({ steps: _, ...difference }) => difference);
    return { ...plain, inside: { format, differences } };
  }
  return isLong(old ?? '') || isLong(young ?? '') ? { ...plain, lines: lineDiff(old ?? '', young ?? '') } : plain;
}
