import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runExample } from '../../tools/reference/example';
import { markdownFiles, snippetsOf } from '../support/snippets';

const pages = markdownFiles('constructs');
const examples = pages.flatMap(snippetsOf).filter(({ language }) => language === 'ts');

describe('the examples beside the constructs', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'readmes-'));
  beforeAll(() => (process.env['CDKTF_OUTDIR'] = outdir));
  afterAll(() => {
    delete process.env['CDKTF_OUTDIR'];
    rmSync(outdir, { recursive: true });
  });

  it('are on every page, but on those that only lead to others', () => {
    const without = pages.filter((page) => !examples.some(({ file }) => file === page));
    expect(without).toEqual(['constructs/gateway/README.md']);
  });

  it.each(examples)('$file:$line synthesizes', ({ code }) => {
    expect(() => runExample(code)).not.toThrow();
  });
});
