import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, 'script');

/** `reconcile`: the models and the split of an endpoint; `grant`: one role of one member on it. */
export type Program = 'reconcile' | 'grant';

/**
 * A program as one text, to ship with a stack: it needs Node >= 20.9 and no other file. Run it as a file (`*.cjs`) or with `node -e`.
 * The files under `script/` are CommonJS modules without dependencies; each that the program needs is wrapped as it stands, so the text
 * reads like its sources, and changes only when one of these does.
 */
export function scriptOf(program: Program): string {
  const modules = [...sourcesOf(`./${program}`)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([id, source]) => `modules['${id}'] = (module, require) => {\n${source}};\n`);
  return [
    `'use strict';`,
    `const modules = {};`,
    `const loaded = new Map();`,
    `function load(id) {`,
    `  if (!modules[id]) return require(id);`,
    `  if (!loaded.has(id)) {`,
    `    const module = { exports: {} };`,
    `    modules[id](module, load);`,
    `    loaded.set(id, module.exports);`,
    `  }`,
    `  return loaded.get(id);`,
    `}`,
    ``,
    ...modules,
    `load('./${program}');`,
    ``,
  ].join('\n');
}

/** A module and all that it requires, directly or not: id → source. */
function sourcesOf(id: string, found = new Map<string, string>()): Map<string, string> {
  if (found.has(id)) return found;
  const source = readFileSync(join(FOLDER, `${id}.js`), 'utf8')
    .replace(/^#!.*\n/, '')
    .replace(/\r\n/g, '\n');
  found.set(id, source);
  for (const [, required] of source.matchAll(/require\('(\.\/[\w-]+)'\)/g)) sourcesOf(required!, found);
  return found;
}
