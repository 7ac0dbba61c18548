import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { type App } from './apps';
import { PACKAGES, ROOT } from './terrain';

/** What no app is made of. */
const LEFT_OUT = ['.git', '.rehearsal', '.state', '.venv', 'cdktf.out', 'coverage', 'dist', 'node_modules'];

interface Package {
  devDependencies: Record<string, string>;
  overrides: Record<string, string>;
}

/**
 * A copy of the repository that has moved as docs/guides/leave-cdktf.md says: with the alias in its package.json, and everything installed
 * anew by npm. `use` gets where its apps are now. Undefined: npm could not install it.
 */
export function inMovedRepository<T>(use: (moved: (app: App) => App) => T): T | undefined {
  const directory = mkdtempSync(join(tmpdir(), 'after-cdktf-moved-'));
  try {
    cpSync(ROOT, directory, { recursive: true, filter: (source) => !LEFT_OUT.includes(basename(source)) });
    const file = join(directory, 'package.json');
    writeFileSync(file, JSON.stringify(moved(JSON.parse(readFileSync(file, 'utf8')) as Package), undefined, 2));
    const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
    if (spawnSync('npm', args, { cwd: directory, stdio: ['ignore', 'inherit', 'inherit'] }).status !== 0) return undefined;
    return use((app) => ({ ...app, directory: join(directory, relative(ROOT, app.directory)) }));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The packages that others ask for become those of the alias, whatever versions they ask for. */
function moved(manifest: Package): Package {
  const overrides = Object.fromEntries(Object.keys(PACKAGES).map((name) => [name, `$${name}`]));
  return {
    ...manifest,
    devDependencies: { ...manifest.devDependencies, ...PACKAGES },
    overrides: { ...manifest.overrides, ...overrides },
  };
}
