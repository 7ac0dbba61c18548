import type { z } from 'zod';
import { explain, type Subject } from './explain';
import { merge } from './merge';
import { checkNotation } from './notation';
import type { Problem } from './problem';
import { RULES, type Sections } from './rules';
import { environmentSchema, OWN_KEYS, type EnvironmentSettings } from './schema';
import { at, dotted, enclosing, keyPlace, valueOf, type MapTree, type Tree } from './tree';

export interface Checked {
  /** Undefined if there are problems. */
  readonly settings?: EnvironmentSettings;
  readonly problems: readonly Problem[];
}

/** What environments share, checked by itself: everything in it is optional. */
export function checkShared(shared: MapTree, file: string): Problem[] {
  const own = OWN_KEYS.filter((key) => shared.entries.has(key)).map((key) => ({
    place: keyPlace(shared, [key])!,
    path: key,
    message: 'is not shared: it is what tells environments apart',
    help: "Move it into each environment's own file.",
  }));
  const { tree, problems } = checkNotation(withoutOwnKeys(shared), environmentSchema);
  return [...own, ...problems, ...findings({ tree, schema: environmentSchema, file }).problems];
}

export function withoutOwnKeys(shared: MapTree): MapTree {
  return { ...shared, entries: new Map([...shared.entries].filter(([key]) => !OWN_KEYS.includes(key))) };
}

/**
 * An environment on top of what it shares. `sharedIsBroken`: what the shared file would have said is not known, so nothing is called
 * missing, and nothing is compared.
 */
export function checkEnvironment(own: MapTree, shared: MapTree | undefined, file: string, sharedIsBroken: boolean): Checked {
  const merged = shared ? merge(withoutOwnKeys(shared), own, environmentSchema) : own;
  const { tree, problems: notation } = checkNotation(merged, environmentSchema);
  const { problems, missing, settings, sections } = findings({ tree, schema: environmentSchema, file });
  const all = [...notation, ...problems, ...(sharedIsBroken ? [] : [...missing, ...broken(tree, sections, file)])];
  return { problems: all, settings: all.length === 0 && !hasRefused(tree) ? settings : undefined };
}

interface Findings {
  readonly problems: Problem[];
  readonly missing: Problem[];
  readonly settings?: EnvironmentSettings;
  readonly sections: Sections;
}

function findings(subject: Subject): Findings {
  const value = valueOf(subject.tree) as Record<string, unknown>;
  const result = environmentSchema.safeParse(value);
  if (result.success) {
    // All sections are valid, so all are among them: one that is not given is undefined, as it is where another one is wrong.
    const sections: Sections = Object.fromEntries(
      Object.entries(environmentSchema.shape).map(([key]) => [key, result.data[key as keyof Sections]]),
    );
    return { problems: [], missing: [], settings: result.data, sections };
  }
  const bad = new Set(result.error.issues.map(({ path }) => path[0]));
  const good = Object.entries(environmentSchema.shape).filter(([key]) => !bad.has(key));
  const sections: Sections = Object.fromEntries(good.map(([key, section]) => [key, (section as z.ZodType).parse(value[key])]));
  return { ...explain(result.error.issues, subject), sections };
}

function broken(tree: Tree, sections: Sections, file: string): Problem[] {
  return RULES.flatMap((rule) => rule(sections)).map(({ path, message, help }) => {
    const found = at(tree, path);
    const place = found?.kind === 'scalar' ? found.place : (keyPlace(tree, path) ?? enclosing(tree, path, file).place);
    return { place, path: dotted(path), message, help };
  });
}

function hasRefused(tree: Tree): boolean {
  if (tree.kind === 'map') return [...tree.entries.values()].some(({ value }) => hasRefused(value));
  if (tree.kind === 'list') return tree.items.some(hasRefused);
  return tree.kind === 'refused';
}
