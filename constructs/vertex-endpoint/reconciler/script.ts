import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const FOLDER = join(__dirname, 'script');
const ENTRY = './reconcile';

/**
 * The reconciler as one text, to ship with a stack: it needs Node >= 20.9 and no other file. Run it as a file (`*.cjs`) or with `node -e`.
 * The files under `script/` are CommonJS modules without dependencies; each is wrapped as it stands, so the text reads like its sources.
 */
export function reconcilerScript(): string {
  const modules = readdirSync(FOLDER)
    .filter((file) => file.endsWith('.js'))
    .sort()
    .map((file) => {
      const source = readFileSync(join(FOLDER, file), 'utf8')
        .replace(/^#!.*\n/, '')
        .replace(/\r\n/g, '\n');
      return `modules['./${basename(file, '.js')}'] = (module, require) => {\n${source}};\n`;
    });
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
    `load('${ENTRY}');`,
    ``,
  ].join('\n');
}
