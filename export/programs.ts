import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** Programs in Python (3.9 or later, without packages), each the equal of one in Node that stacks carry. */
const SOURCES = join(__dirname, 'python');

/** Folder of an exported stack that holds them. */
export const PROGRAMS = 'programs';

/** Files of the Node programs → their ports, and the variable by which both are told what to do. */
const PORTS: Readonly<Record<string, { readonly port: string; readonly variable: string }>> = {
  'reconcile.cjs': { port: 'reconcile.py', variable: 'VX_SPEC' },
  'grant.cjs': { port: 'grant.py', variable: 'VX_SPEC' },
  'migrate.cjs': { port: 'migrate.py', variable: 'GW_STEP' },
  'grant-role.cjs': { port: 'grant_role.py', variable: 'GW_STEP' },
  'guard-rotation.cjs': { port: 'guard_rotation.py', variable: 'GW_STEP' },
};

/** The port of the program that a provisioner runs; undefined: it is none of ours, whatever its name. */
export function portOf(file: string, variables: readonly string[]): string | undefined {
  const found = PORTS[posix.basename(file)];
  return found !== undefined && variables.includes(found.variable) ? found.port : undefined;
}

/** A program and all that it imports, directly or not: path below the folder → text. */
export function sourcesOf(file: string, found = new Map<string, string>()): ReadonlyMap<string, string> {
  if (found.has(file)) return found;
  const text = readFileSync(join(SOURCES, file), 'utf8');
  found.set(file, text);
  for (const [, module = ''] of text.matchAll(/^from (\S+) import /gm)) {
    const imported = pathOf(module, posix.dirname(file));
    // Anything else is Python's own.
    if (!existsSync(join(SOURCES, imported))) continue;
    sourcesOf(imported, found);
    sourcesOf(posix.join(posix.dirname(imported), '__init__.py'), found);
  }
  return found;
}

/** `.errors` is beside the module that imports it, `google_api.errors` below the folder of the programs. */
function pathOf(module: string, beside: string): string {
  const path = `${module.replace(/^\./, '').replaceAll('.', '/')}.py`;
  return module.startsWith('.') ? posix.join(beside, path) : path;
}
