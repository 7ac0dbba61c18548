import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GEMINI_CLI_MODELS, GEMINI_CLI_NOT_ALIASED, GEMINI_CLI_VERSION, geminiCliAliases } from '../../../../constructs/gateway/clients';

const BUNDLE = dirname(require.resolve('@google/gemini-cli/bundle/gemini.js'));

/** Names of models, as they stand in the code of Gemini CLI: not in its comments, and not names of its own settings, which end in -base. */
function namesInBundle(): string[] {
  const cores = readdirSync(BUNDLE).filter(
    (file) => file.endsWith('.js') && readFileSync(join(BUNDLE, file), 'utf8').includes('DEFAULT_GEMINI_MODEL = '),
  );
  expect(cores.length).toBeGreaterThan(0);
  const names = new Set<string>();
  for (const file of cores) {
    for (const line of readFileSync(join(BUNDLE, file), 'utf8').split('\n')) {
      if (!/gemini-|gemma-/.test(line) || /^\s*(\*|\/\/)/.test(line)) continue;
      // A constant, or the model of a configuration.
      for (const [, name] of line.matchAll(
        /(?:MODEL\w* = |model: |modelName = |default\w* = |Model = )"((?:gemini|gemma)-\d?[\w.]*-[\w.-]+)"/g,
      ))
        names.add(name!);
    }
  }
  return [...names].filter((name) => !name.endsWith('-base')).sort();
}

describe('the model names of Gemini CLI', () => {
  it('are those of the installed version', () => {
    const { version } = JSON.parse(readFileSync(join(BUNDLE, '../package.json'), 'utf8')) as { readonly version: string };
    expect(version).toBe(GEMINI_CLI_VERSION);
  });

  it('have an alias each, or a reason why not', () => {
    const known = [...Object.values(GEMINI_CLI_MODELS).flat(), ...Object.keys(GEMINI_CLI_NOT_ALIASED)].sort();
    expect(namesInBundle()).toEqual(known);
  });

  it('never take a name that is there already', () => {
    const aliases = geminiCliAliases({ pro: 'a', flash: 'b', flashLite: 'c' }, ['gemini-2.5-pro']);
    expect(aliases['gemini-2.5-pro']).toBeUndefined();
    expect(aliases['gemini-3.1-pro-preview-customtools']).toEqual({ group: 'a', hidden: true });
    expect(aliases['gemma-4-31b-it']).toEqual({ group: 'c', hidden: true });
  });
});
