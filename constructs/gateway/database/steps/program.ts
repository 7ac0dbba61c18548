import { readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

const FOLDER = join(__dirname, 'script');
const CONSTRUCTS = join(__dirname, '../../..');

/**
 * `migrate`: runs the migration job; `grant-role`: makes a database user a member of a role; `guard-rotation`: refuses to change a password
 * that is in use.
 */
export type Step = 'migrate' | 'grant-role' | 'guard-rotation';

/**
 * A step as one text, to ship with a stack: it needs Node >= 20.9 and no other file. Its sources are CommonJS modules without
 * dependencies, here and beside the reconciler of Vertex AI endpoints, which talks to Google in the same way; each is wrapped as it
 * stands, and the text changes only when one of them does.
 */
export function programOf(step: Step): string {
  const modules = new Map<string, string>();
  const entry = collect(join(FOLDER, `${step}.js`), modules);
  return [
    `'use strict';`,
    `const modules = {};`,
    `const loaded = new Map();`,
    `function load(id) {`,
    `  if (!modules[id]) return require(id);`,
    `  if (!loaded.has(id)) {`,
    `    const module = { exports: {} };`,
    `    loaded.set(id, module);`,
    `    modules[id](module, load);`,
    `  }`,
    `  return loaded.get(id).exports;`,
    `}`,
    ``,
    ...[...modules].map(([id, source]) => `modules['${id}'] = (module, require) => {\n${source}};\n`),
    `load('${entry}');`,
    ``,
  ].join('\n');
}

/** Takes a module in, with all that it requires; returns the id that it is loaded by: its path below constructs/. */
function collect(file: string, modules: Map<string, string>): string {
  const id = relative(CONSTRUCTS, file).split(sep).join('/');
  if (modules.has(id)) return id;
  modules.set(id, '');
  const source = readFileSync(file, 'utf8')
    .replace(/^#!.*\n/, '')
    .replace(/\r\n/g, '\n')
    .replace(/require\('(\.[^']+)'\)/g, (_, path: string) => `require('${collect(join(dirname(file), `${path}.js`), modules)}')`);
  modules.set(id, source);
  return id;
}
