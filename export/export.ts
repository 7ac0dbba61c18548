import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { filesOf } from './files';
import { type ExportedStack, guideOf } from './guide';
import { PROGRAMS, sourcesOf } from './programs';
import { sameState } from './state';
import type { JsonObject, SynthesizedStack } from './synthesized';
import { withoutNode } from './without-node';

const LOCK = '.terraform.lock.hcl';

/** What is written anew, and what engines leave beside a stack that they have run. */
const NOT_COPIED = /^(cdk\.tf\.json|\.terraform(\.lock\.hcl)?|plan|terraform\.tfstate.*|.*\.tfplan)$/;

/** CDKTF's own template ignores lock files, and this directory may lie below one that does. */
const IGNORED = `.terraform/\n*.tfstate\n*.tfstate.*\n!${LOCK}\n`;

/** Where nothing may be written; the message says why. */
export class Occupied extends Error {}

export interface ExportOptions {
  /** Directories in which a lock file of a stack may lie, the best first. Default: that of the stack. */
  readonly lockDirectories?: (stackId: string) => readonly string[];
}

/**
 * Writes stacks as plain Terraform JSON that needs neither CDKTF nor Node: for each a directory of its own below the given one, with the
 * addresses and the state that it has, and beside them a README.
 */
export function exportStacks(
  stacks: readonly SynthesizedStack[],
  directory: string,
  options: ExportOptions = {},
): readonly ExportedStack[] {
  if (existsSync(directory) && readdirSync(directory).length > 0)
    throw new Occupied(`${directory} is not empty. What people keep there would be mixed with what is written: name a new directory.`);
  const ids = stacks.map(({ id }) => id);
  const exported = stacks.map((stack) => {
    const dependencies = stack.dependencies.filter((id) => ids.includes(id));
    return exportStack({ ...stack, dependencies }, join(directory, stack.id), options);
  });
  writeFileSync(join(directory, 'README.md'), guideOf(exported));
  writeFileSync(join(directory, '.gitignore'), IGNORED);
  return exported;
}

function exportStack(stack: SynthesizedStack, directory: string, { lockDirectories }: ExportOptions): ExportedStack {
  const { configuration, ports, replaced, left } = withoutNode(stack.configuration as JsonObject);
  mkdirSync(directory, { recursive: true });
  copyFiles(stack.directory, directory, replaced);
  const files = filesOf(sameState(configuration, stack.directory, directory));
  for (const [name, document] of Object.entries(files)) writeFileSync(join(directory, name), `${JSON.stringify(document, undefined, 2)}\n`);
  for (const port of ports) {
    for (const [path, text] of sourcesOf(port)) writeTo(join(directory, PROGRAMS, path), text);
  }
  const places = [...(lockDirectories?.(stack.id) ?? []), stack.directory];
  const lock = places.map((place) => join(place, LOCK)).find((file) => existsSync(file));
  if (lock !== undefined) cpSync(lock, join(directory, LOCK));
  const { id, dependencies } = stack;
  return { id, directory, dependencies, files: Object.keys(files).sort(), programs: ports, left, locked: lock !== undefined };
}

/** Assets and what is handed over, without programs that nothing runs any more. */
function copyFiles(from: string, to: string, without: readonly string[]): void {
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    const path = relative(from, join(entry.parentPath, entry.name)).replaceAll('\\', '/');
    if (!entry.isFile() || NOT_COPIED.test(path.split('/')[0]!) || without.includes(path)) continue;
    mkdirSync(dirname(join(to, path)), { recursive: true });
    cpSync(join(from, path), join(to, path));
  }
}

function writeTo(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
