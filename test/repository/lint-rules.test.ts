import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

type Case = readonly [file: string, source: string, message?: string];

const REFUSED: Case[] = [
  ['stacks/x.ts', `import { x } from 'cdktf';`, 'Import it from constructs/core'],
  ['test/x.test.ts', `import { x } from 'cdktf';`, 'Import it from constructs/core'],
  ['constructs/network/x.ts', `import { x } from '@cdktf/provider-google';`, 'Import providers deep'],
  ['constructs/network/x.ts', `import { x } from '@cdktf/provider-google/lib';`, 'Import providers deep'],
  ['constructs/network/x.ts', `import { x } from '../../stacks/tier';`, 'constructs/ may import only from constructs/'],
  ['constructs/network/x.ts', `import { x } from '../../configuration';`, 'constructs/ may import only from constructs/'],
  ['configuration/x.ts', `import { x } from '../stacks';`, 'configuration/ may import only from configuration/'],
  ['rehearsal/run/x.ts', `import { x } from '../../constructs/core';`, 'rehearsal/ may import only from rehearsal/'],
  ['rehearsal/x.ts', `import { x } from '@cdktf/provider-google/lib/compute-network';`, 'Only constructs/ and stacks/ build resources'],
  ['cli/x.ts', `import { x } from '../stacks/environment';`, 'cli/ may import only from'],
  ['cli/x.ts', `import { x } from '../constructs/core';`, 'cli/ may import only from'],
  ['cli/x.ts', `import { x } from '../constructs/model-catalog/facts';`, 'cli/ may import only from'],
  ['perimeter/x.ts', `import { x } from '../constructs/service-perimeter';`, 'perimeter/ may import only from'],
  ['stacks/x.ts', `import { x } from '../app';`, 'stacks/ may import only from'],
  ['app/x.ts', `import { x } from '@cdktf/provider-google/lib/compute-network';`, 'Only constructs/ and stacks/ build resources'],
  ['graph/x.ts', `import { x } from '../stacks';`, 'graph/ may import only from'],
  ['export/x.ts', `import { x } from '../configuration';`, 'export/ may import only from export/'],
  ['init/x.ts', `import { x } from '../stacks';`, 'init/ may import only from'],
  ['constructs/network/x.ts', `import { x } from '../../perimeter';`, 'constructs/ may import only from constructs/'],
  ['examples/ecr-caches/x.ts', `import { x } from '../../constructs/core';`, 'An example is copied alone'],
  ['examples/foreign-app/x.ts', `import { x } from '../ecr-caches/main';`, 'An example is copied alone'],
  ['examples/ecr-caches/x.ts', `import { x } from 'cdktf';`, 'Import it from constructs/core'],
];

const ALLOWED: Case[] = [
  ['perimeter/x.ts', `import { x } from '../constructs/service-perimeter/evaluation';`],
  ['stacks/x.ts', `import { x } from '../perimeter';`],
  ['app/x.ts', `import { x } from '../stacks';`],
  ['init/x.ts', `import { x } from '../configuration';`],
  ['constructs/core/cdktf.ts', `import { x } from 'cdktf';`],
  ['examples/foreign-app/x.ts', `import { x } from 'cdktf';`],
  ['examples/ecr-caches/x.ts', `import { x } from 'cdktf-vertex-gateway/core';`],
  ['constructs/core/x.ts', `import { x } from './cdktf';`],
  ['stacks/x.ts', `import { x } from '../constructs/network';`],
  ['stacks/x.ts', `import { x } from '../configuration';`],
  ['constructs/network/x.ts', `import { x } from '@cdktf/provider-google/lib/compute-network';`],
  ['constructs/network/x.ts', `import { x } from '../core';`],
  ['cli/x.ts', `import { x } from '../rehearsal/run';`],
  ['cli/x.ts', `import { x } from '../constructs/model-catalog';`],
];

/** What ESLint says of each case, as if its line stood in the file of that name. One process for all: starting ESLint takes most of the time. */
function lint(cases: readonly Case[]): string[] {
  const program = `
    const { ESLint } = require('eslint');
    const eslint = new ESLint();
    const lint = ([filePath, source]) => eslint.lintText(source + '\\nexport const used = x;\\n', { filePath });
    Promise.all(${JSON.stringify(cases)}.map(lint)).then((all) =>
      process.stdout.write(JSON.stringify(all.map(([result]) => result.messages.map((m) => m.message).join('\\n')))));`;
  const run = spawnSync(process.execPath, ['-e', program], { cwd: ROOT, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout) as string[];
}

describe('the import rules bite', () => {
  let said: string[];
  beforeAll(() => {
    said = lint([...REFUSED, ...ALLOWED]);
  });

  it.each(REFUSED.map((refused, index) => [...refused, index] as const))('%s: %s', (_file, _source, message, index) =>
    expect(said[index]).toContain(message),
  );

  it.each(ALLOWED.map(([file, source], index) => [file, source, index] as const))('%s may: %s', (_file, _source, index) =>
    expect(said[REFUSED.length + index]).toBe(''),
  );
});
