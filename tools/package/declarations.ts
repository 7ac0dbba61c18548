import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** In declarations the compiler writes `from './x'` and, where it names a type itself, `import("./x")`. */
const REFERENCE = /(?:from |import\()["'](\.[^"']+)["']/g;

/** Removes the declarations in a directory that no entry leads to: more than half of them describe what nobody can import. */
export function keepReachable(directory: string, entries: readonly string[]): void {
  const reachable = new Set<string>();
  for (const entry of entries) follow(entry, reachable);
  for (const entry of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    const file = join(directory, entry);
    if (file.endsWith('.d.ts') && !reachable.has(file)) rmSync(file);
  }
}

function follow(file: string, reachable: Set<string>): void {
  if (reachable.has(file)) return;
  reachable.add(file);
  for (const [, path] of readFileSync(file, 'utf8').matchAll(REFERENCE)) {
    const target = join(dirname(file), path!);
    const found = [`${target}.d.ts`, join(target, 'index.d.ts')].find((candidate) => existsSync(candidate));
    if (found !== undefined) follow(found, reachable);
  }
}
