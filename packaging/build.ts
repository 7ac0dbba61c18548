import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { keysProgram } from '../keys/program';
import { exports as entries } from '../package.json';
import { include } from '../tsconfig.build.json';
import { keepReachable } from './declarations';

const ROOT = join(__dirname, '..');
const DIST = join(ROOT, 'dist');

/** `npm run build`: what the package consists of, in `dist/`. Types are checked by `npm run typecheck`, not once more here. */
function build(): void {
  rmSync(DIST, { recursive: true, force: true });
  compile();
  keepReachable(DIST, declarations());
  for (const file of assets()) copy(file);
  // In the repository it is bundled when an environment is synthesized; users of the package have no bundler.
  writeFileSync(join(DIST, 'keys/job-program.cjs'), keysProgram());
}

function compile(): void {
  const compiler = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
  const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--noCheck'], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

const declarations = (): string[] =>
  Object.values(entries).flatMap((entry) => (typeof entry === 'string' ? [] : [join(ROOT, entry.types)]));

/** What modules read at run time stands beside them: everything that is neither code to compile nor a page to read. */
function assets(): string[] {
  const folders = [...new Set(include.map((pattern) => pattern.split('/')[0]!))];
  return folders.flatMap((folder) => {
    const entries = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile() && isAsset(entry.name)).map((entry) => join(entry.parentPath, entry.name));
  });
}

/** Python leaves compiled modules beside the ones that tests have run. */
const isAsset = (name: string): boolean => !/\.(ts|pyc)$/.test(name) && basename(name) !== 'README.md';

function copy(file: string): void {
  const target = join(DIST, relative(ROOT, file));
  mkdirSync(dirname(target), { recursive: true });
  cpSync(file, target);
}

build();
