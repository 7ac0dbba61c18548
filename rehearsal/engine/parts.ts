import { evaluate } from '../overlay/templates';
import { type TypeFacts } from '../schema/types';
import { type ParentReference, type Store, type StoredObject } from '../store';
import { valuesAt } from './paths';
import { knownSettings, type Settings } from './settings';
import { isBlank, type ObjectValue } from './values';

/** What an object is a part of, as far as its type says that. */
export function parentOf({ parent }: TypeFacts, object: ObjectValue, settings: Settings): ParentReference | undefined {
  if (parent === undefined) return undefined;
  const context = { attributes: object, settings: knownSettings(settings), created: '', seed: '', counter: () => 0 };
  return { type: parent.type, id: String(evaluate(parent.id, context) ?? '') };
}

/** Deletes an object as the service does: with its parts, those too that Terraform let go of. */
export function deleteWithParts(store: Store, whole: StoredObject): void {
  store.delete(whole);
  const { self_link: link, name } = whole.attributes;
  // A short name is not enough: in another project something else is called the same.
  const names = [whole.id, link, name].filter((each) => typeof each === 'string' && each.includes('/'));
  for (const part of store.list({ provider: whole.provider })) {
    if (part.parent?.type === whole.type && names.includes(part.parent.id)) deleteWithParts(store, part);
  }
}

/** Path of what the object still holds and the service does not delete with it; undefined: nothing. */
export const contentsOf = ({ emptyToDelete = [] }: TypeFacts, stored: ObjectValue): string | undefined =>
  emptyToDelete.find((path) => valuesAt(stored, path).some((value) => !isBlank(value)));
