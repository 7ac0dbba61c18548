import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStacks } from '../policy/read';
import type { Json } from '../policy/stack';

/** What was asked for cannot be drawn: a message for people. */
export class GraphError extends Error {}

export interface SynthesizedStack {
  readonly name: string;
  readonly json: Json;
  /** Names of the stacks that are deployed before it. */
  readonly dependencies: readonly string[];
}

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly dependencies?: readonly string[] }>>;
}

/** The manifest that CDKTF writes beside its stacks. Without one nothing is said of their order. */
function dependenciesIn(directory: string): Readonly<Record<string, readonly string[]>> {
  const file = join(directory, 'manifest.json');
  if (!existsSync(file)) return {};
  try {
    const { stacks } = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
    return Object.fromEntries(Object.entries(stacks).map(([name, { dependencies = [] }]) => [name, dependencies]));
  } catch (error) {
    throw new GraphError(`${file} is no manifest of CDKTF: ${(error as Error).message}`);
  }
}

/**
 * The stacks that an app has synthesized, in the order of their names.
 * @param path what `cdktf synth` writes (`cdktf.out`), a folder of `*.tf.json`, or such a file
 * @throws GraphError, and UnreadableStack of policy/read
 */
export function readApp(path: string): SynthesizedStack[] {
  const known = dependenciesIn(path);
  // The manifest names what was synthesized last; folders of stacks that are gone may lie beside it.
  const stacks = readStacks(path).filter(({ name }) => Object.keys(known).length === 0 || name in known);
  return stacks.map(({ name, json }) => ({ name, json, dependencies: known[name] ?? [] }));
}
