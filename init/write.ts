import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { RepositoryFile } from './repository-file';

/** A clone of an empty repository has it, and it is not in the way. */
const GIT = '.git';

/** What stands in a directory already, sorted; empty where there is none. */
export function inTheWay(directory: string): string[] {
  if (!existsSync(directory)) return [];
  if (!statSync(directory).isDirectory()) return [directory];
  return readdirSync(directory)
    .filter((name) => name !== GIT)
    .sort();
}

/**
 * Writes all files, or none: first beside the directory, on the same disk, then all are moved into place. What they replace is put back
 * when one cannot be moved. `check` looks at them before that, and throws what is wrong.
 */
export function writeFiles(directory: string, files: readonly RepositoryFile[], check: (directory: string) => void): void {
  mkdirSync(dirname(directory), { recursive: true });
  const beside = mkdtempSync(join(dirname(directory), '.init-'));
  try {
    const fresh = join(beside, 'new');
    for (const file of files) writeFile(fresh, file);
    check(fresh);
    if (existsSync(directory)) moveInto(directory, fresh, join(beside, 'old'), files);
    else renameSync(fresh, directory);
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

/** Looks at the files as if they were written, and leaves nothing. */
export function tryFiles(files: readonly RepositoryFile[], check: (directory: string) => void): void {
  const directory = mkdtempSync(join(tmpdir(), 'init-'));
  try {
    for (const file of files) writeFile(directory, file);
    check(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function writeFile(directory: string, { path, text, executable }: RepositoryFile): void {
  const target = join(directory, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text, { mode: executable ? 0o755 : 0o644 });
}

/** The directory itself stays: a shell may stand in it. */
function moveInto(directory: string, fresh: string, old: string, files: readonly RepositoryFile[]): void {
  const undo: (() => void)[] = [];
  const move = (from: string, to: string): void => {
    makeDirectory(dirname(to), undo);
    renameSync(from, to);
    undo.push(() => renameSync(to, from));
  };
  try {
    for (const { path } of files) {
      const target = join(directory, path);
      if (lstatSync(target, { throwIfNoEntry: false })) move(target, join(old, path));
      move(join(fresh, path), target);
    }
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw error;
  }
}

/** With those above it; each is taken away again by what it adds to `undo`. */
function makeDirectory(path: string, undo: (() => void)[]): void {
  if (existsSync(path)) return;
  makeDirectory(dirname(path), undo);
  mkdirSync(path);
  undo.push(() => rmSync(path, { recursive: true }));
}
