import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const PROJECT = join(__dirname, '../..');

/** What npm's lock file says of a package; only what is used here. */
export interface LockedPackage {
  readonly version: string;
  /** SPDX expression, as the package's own package.json has it. */
  readonly license?: string;
  readonly integrity?: string;
  /** Not installed by whoever installs this package. */
  readonly dev?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly bundleDependencies?: readonly string[];
}

export interface LockFile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

export interface Installed extends LockedPackage {
  readonly name: string;
  /** Where it is installed, e.g. `node_modules/cdktf/node_modules/glob`. */
  readonly path: string;
}

export const readLockFile = (): LockFile => JSON.parse(readFileSync(join(PROJECT, 'package-lock.json'), 'utf8')) as LockFile;

const NESTED = 'node_modules/';

const nameOf = (path: string): string => path.slice(path.lastIndexOf(NESTED) + NESTED.length);

/** What comes with this package: all that it needs to run, of every platform. Sorted by name. */
export function production({ packages }: LockFile): Installed[] {
  const all = Object.entries(packages).filter(([path, { dev }]) => path !== '' && dev !== true);
  return sorted(all.map(([path, found]) => ({ ...found, path, name: nameOf(path) })));
}

/** A package and what comes with it: as an app gets it that installs it beside this one. */
export function withDependencies({ packages }: LockFile, name: string): Installed[] {
  const found = new Map<string, Installed>();
  const take = (path: string): void => {
    const locked = packages[path];
    if (!locked || found.has(path)) return;
    found.set(path, { ...locked, path, name: nameOf(path) });
    for (const dependency of [...Object.keys(locked.dependencies ?? {}), ...(locked.bundleDependencies ?? [])]) {
      const at = resolve(packages, path, dependency);
      if (at !== undefined) take(at);
    }
  };
  take(`${NESTED}${name}`);
  return sorted([...found.values()]);
}

/** As Node looks for it: beside the package that asks, and then further up. */
function resolve(packages: LockFile['packages'], from: string, name: string): string | undefined {
  for (let base = `${from}/`; ; base = base.slice(0, base.lastIndexOf(NESTED))) {
    if (`${base}${NESTED}${name}` in packages) return `${base}${NESTED}${name}`;
    if (base === '') return undefined;
  }
}

const sorted = (list: readonly Installed[]): Installed[] =>
  [...list].sort((one, other) => compare(one.name, other.name) || compare(one.version, other.version) || compare(one.path, other.path));

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
