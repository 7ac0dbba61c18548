import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

const NAME = 'cdktf-vertex-gateway';

interface HiddenLock {
  readonly packages?: Readonly<Record<string, { readonly resolved?: string }>>;
}

/** Whether this package runs from where a package manager has put it, and not from its sources. */
export const isInstalled = (root: string): boolean => basename(dirname(root)) === 'node_modules';

/**
 * What another repository has to write for this package to get the one that runs: its version, or the tarball or git commit it was installed
 * from, since no registry has that one. npm notes it beside the package, also where `npx` installs.
 * @param root of this package
 * @param target directory of the new repository; the path of a tarball is relative to it
 */
export function installedFrom(root: string, version: string, target: string): string {
  const modules = dirname(root);
  const lock = join(modules, '.package-lock.json');
  if (!isInstalled(root) || !existsSync(lock)) return version;
  const { packages } = JSON.parse(readFileSync(lock, 'utf8')) as HiddenLock;
  const resolved = packages?.[`node_modules/${NAME}`]?.resolved ?? '';
  if (resolved.startsWith('git+')) return resolved;
  if (!resolved.startsWith('file:')) return version;
  return `file:${relative(target, resolve(dirname(modules), resolved.slice('file:'.length)))
    .split(sep)
    .join('/')}`;
}
