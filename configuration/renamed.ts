import type { Problem } from './problem';
import { RENAMED_SETTINGS, type RenamedSetting } from './schema/renamed';
import { dotted, type Entry, type MapTree } from './tree';

export interface Renewed {
  /** With new names only. Every part knows the place where it stands under the old one. */
  readonly tree: MapTree;
  /** One for each old name. */
  readonly warnings: readonly Problem[];
  /** Old names beside the new ones. */
  readonly problems: readonly Problem[];
}

/** Reads what stands under old names as if it stood under the new ones: of each file by itself, before files are merged. */
export function renew(tree: MapTree, renamed: readonly RenamedSetting[] = RENAMED_SETTINGS): Renewed {
  return renamed.reduce<Renewed>(
    (done, setting) => {
      const { path, use, removedIn } = setting;
      const holder = path.slice(0, -1).reduce<MapTree | undefined>((map, key) => mapUnder(map, key), done.tree);
      const entry = holder?.entries.get(path.at(-1)!);
      if (!holder || !entry) return done;
      const to = dotted([...path.slice(0, -1), use]);
      const about = { place: entry.place, path: dotted(path) };
      if (holder.entries.has(use)) {
        const problem = { ...about, message: `is the old name of ${to}, which is given too`, help: 'Remove this one.' };
        return { ...done, tree: without(done.tree, path), problems: [...done.problems, problem] };
      }
      const warning = { ...about, message: `is deprecated: ${removedIn} refuses it`, help: `Write ${use} instead; nothing else changes.` };
      return { ...done, tree: without(done.tree, path, [use, entry]), warnings: [...done.warnings, warning] };
    },
    { tree, warnings: [], problems: [] },
  );
}

function mapUnder(map: MapTree | undefined, key: string): MapTree | undefined {
  const value = map?.entries.get(key)?.value;
  return value?.kind === 'map' ? value : undefined;
}

/** A copy without the entry at the path, or with another in its place. */
function without(tree: MapTree, [key, ...rest]: readonly string[], instead?: readonly [string, Entry]): MapTree {
  const entries = [...tree.entries].flatMap(([name, entry]): [string, Entry][] => {
    if (name !== key) return [[name, entry]];
    if (rest.length > 0) return [[name, { ...entry, value: without(entry.value as MapTree, rest, instead) }]];
    return instead ? [[...instead]] : [];
  });
  return { ...tree, entries: new Map(entries) };
}
