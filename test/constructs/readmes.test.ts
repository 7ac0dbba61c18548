import { transformSync } from '@swc/core';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stackWith, Template } from '../support/template';

const ROOT = join(__dirname, '../..');

interface Example {
  readonly folder: string;
  readonly code: string;
}

const readme = (folder: string): string => join(ROOT, 'constructs', folder, 'README.md');
const DESCRIBED = readdirSync(join(ROOT, 'constructs'), { recursive: true, encoding: 'utf8' })
  .sort()
  .filter((folder) => existsSync(readme(folder)));

/** Every TypeScript block of every README beside the constructs. */
const examples: Example[] = DESCRIBED.flatMap((folder) =>
  [...readFileSync(readme(folder), 'utf8').matchAll(/^```ts\n(.*?)^```/gms)].map(([, code]) => ({ folder, code: code! })),
);

/** Runs an example in a block of its own, as a module of a project that has this repository's folders at its root, with a `stack` at hand. */
function run({ code }: Example): Template {
  const { code: script } = transformSync(code, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  const resolve = (path: string): unknown => jest.requireActual(path.startsWith('.') ? join(ROOT, path) : path);
  const body = new Function('require', 'exports', 'stack', `{ ${script} }`) as (...args: unknown[]) => void;
  return new Template(stackWith((stack) => body(resolve, {}, stack)));
}

describe('the examples of the READMEs', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'readmes-'));
  beforeAll(() => (process.env['CDKTF_OUTDIR'] = outdir));
  afterAll(() => {
    delete process.env['CDKTF_OUTDIR'];
    rmSync(outdir, { recursive: true });
  });

  it('are in every one of them', () => {
    expect(DESCRIBED.filter((folder) => !examples.some((example) => example.folder === folder))).toEqual([]);
  });

  it.each(examples)('of $folder synthesize', (example) => {
    expect(() => run(example)).not.toThrow();
  });
});
