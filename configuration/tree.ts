import type { Place } from './problem';

/** What a file says, each part with its place. Trees of several files can be merged, and every part still knows where it came from. */
export type Tree = MapTree | ListTree | ScalarTree | RefusedTree;

export interface MapTree {
  readonly kind: 'map';
  readonly place: Place;
  readonly entries: ReadonlyMap<string, Entry>;
}

export interface Entry {
  /** Of the key. */
  readonly place: Place;
  /** The key stands without quotes. */
  readonly plain: boolean;
  readonly value: Tree;
}

export interface ListTree {
  readonly kind: 'list';
  readonly place: Place;
  readonly items: readonly Tree[];
}

export interface ScalarTree {
  readonly kind: 'scalar';
  readonly place: Place;
  readonly value: string | number | boolean | null;
  /** As it stands in the file, with its quotes. */
  readonly written: string;
  /** Without quotes: YAML decides what it means. */
  readonly plain: boolean;
}

/** A problem was reported here already: nothing more is said about it, or about what it would hold. */
export interface RefusedTree {
  readonly kind: 'refused';
  readonly place: Place;
}

export type Path = readonly PropertyKey[];

export const dotted = (path: Path): string => path.map(String).join('.');

/** Plain values, for the schema. A refused part is undefined. */
export function valueOf(tree: Tree): unknown {
  switch (tree.kind) {
    case 'map':
      return Object.fromEntries([...tree.entries].map(([key, { value }]) => [key, valueOf(value)]));
    case 'list':
      return tree.items.map(valueOf);
    case 'scalar':
      return tree.value;
    case 'refused':
      return undefined;
  }
}

export function child(tree: Tree, key: PropertyKey): Tree | undefined {
  if (tree.kind === 'map') return tree.entries.get(String(key))?.value;
  if (tree.kind === 'list') return tree.items[Number(key)];
  return undefined;
}

/** What stands at the path; undefined if nothing does. A refused part stands for all that it would hold. */
export function at(tree: Tree, path: Path): Tree | undefined {
  let found: Tree | undefined = tree;
  for (const key of path) {
    if (!found || found.kind === 'refused') return found;
    found = child(found, key);
  }
  return found;
}

/** Place of the key that the path ends in; of the value, where it is an item of a list. */
export function keyPlace(tree: Tree, path: Path): Place | undefined {
  const holder = at(tree, path.slice(0, -1));
  const key = path.at(-1);
  if (!holder || key === undefined) return holder?.place;
  return holder.kind === 'map' ? holder.entries.get(String(key))?.place : child(holder, key)?.place;
}

/** Nearest part that encloses the path and stands in the file: where a missing key has to be added. */
export function enclosing(tree: Tree, path: Path, file: string): { readonly place: Place; readonly path: Path } {
  for (let length = path.length; length > 0; length -= 1) {
    const place = keyPlace(tree, path.slice(0, length));
    if (place?.file === file) return { place, path: path.slice(0, length) };
  }
  return { place: tree.place, path: [] };
}
