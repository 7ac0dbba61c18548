import type { z } from 'zod';
import { childSchema, discriminator } from './shape';
import { child, type Tree } from './tree';

/**
 * What an environment says, on top of what all of them share. Maps are merged key by key; scalars and lists are replaced. A map of
 * several kinds (state: gcs or local; a secret: generated or provided) is merged only if it stays of one kind: else the environment's
 * replaces the shared one whole, because the keys of one kind mean nothing in the other.
 */
export function merge(shared: Tree, own: Tree, schema: z.ZodType | undefined): Tree {
  if (shared.kind !== 'map' || own.kind !== 'map' || (schema && changesKind(shared, own, schema))) return own;
  const entries = new Map(shared.entries);
  for (const [key, entry] of own.entries) {
    const below = entries.get(key);
    const next = schema && childSchema(schema, key, own);
    entries.set(key, below ? { ...entry, value: merge(below.value, entry.value, next) } : entry);
  }
  return { kind: 'map', place: own.place, entries };
}

function changesKind(shared: Tree, own: Tree, schema: z.ZodType): boolean {
  const key = discriminator(schema);
  if (key === undefined) return false;
  const [before, after] = [child(shared, key), child(own, key)];
  return after !== undefined && !(before?.kind === 'scalar' && after.kind === 'scalar' && before.value === after.value);
}
