import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWith } from '../support/requirements';
import { ENVIRONMENTS, synthesize } from './apps';
import { differences } from './compare';
import { ALIAS, folderOf, prepare, ROOT } from './terrain';

/** What `npm run after-cdktf -- --tests` runs all of: here, snapshots of stacks and constructs, and what constructs refuse. */
const TESTS = ['test/constructs/core', 'test/constructs/vertex-endpoint/v'];

describeWith(prepare(), 'on CDK Terrain', () => {
  const directory = mkdtempSync(join(tmpdir(), 'after-cdktf-'));
  const [before, after] = [join(directory, 'before'), join(directory, 'after')];
  const versionOf = (out: string) => (JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as { version: string }).version;

  beforeAll(() => {
    synthesize(ENVIRONMENTS, 'cdktf', before);
    synthesize(ENVIRONMENTS, 'terrain', after);
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it('every environment synthesizes to the same files, byte by byte', () => {
    expect([versionOf(before), versionOf(after)]).toEqual(['0.21.0', '0.24.0']);
    expect(differences(before, after)).toEqual([]);
  });

  it.each<[string, (out: string) => void, RegExp]>([
    [
      'a value',
      (out) => edit(out, STACK, (text) => text.replace('"acme-ai-dev"', '"acme-ai-devel"')),
      /cdk\.tf\.json: line \d+: .*acme-ai-dev/,
    ],
    ['the order of keys', (out) => edit(out, STACK, turned), /cdk\.tf\.json: line 2: /],
    [
      'an address',
      (out) => edit(out, STACK, (text) => text.replace('"google_vertex_ai_endpoint"', '"google_vertex_ai_endpoint_"')),
      /cdk\.tf/,
    ],
    ['the version elsewhere', (out) => edit(out, STACK, (text) => text.replace('"6.50.0"', '"6.50.1"')), /6\.50\.1/],
    [
      'the order of stacks',
      (out) => edit(out, 'manifest.json', (text) => text.replace('"dev-foundation"\n', '"dev-registry"\n')),
      /^manifest/,
    ],
    ['a file less', (out) => rmSync(join(out, STACK)), /dev-inference\/cdk\.tf\.json: only on CDKTF$/],
    ['a file more', (out) => writeFileSync(join(out, 'stacks/more'), ''), /^stacks\/more: only on CDK Terrain$/],
    [
      'a byte of an asset',
      (out) => edit(out, 'stacks/dev-gateway/handover/clients/gateway.env', (text) => `${text} `),
      /gateway\.env: line/,
    ],
  ])('%s would be seen', (_what, plant, message) => {
    const planted = join(directory, 'planted');
    cpSync(after, planted, { recursive: true });
    plant(planted);
    const found = differences(before, planted);
    rmSync(planted, { recursive: true });
    expect(found).toEqual([expect.stringMatching(message)]);
  });

  it('nothing at all would be seen', () => {
    const empty = mkdtempSync(join(directory, 'empty-'));
    expect(differences(empty, empty)).toEqual(['there is nothing to compare']);
  });

  it('constructs are the same to their tests', () => {
    const args = ['node_modules/jest/bin/jest.js', '--ci', '-i', '--config', 'test/after-cdktf/jest.config.js', ...TESTS];
    const env = { ...process.env, NODE_OPTIONS: `--require ${ALIAS}` };
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8', env });
    expect(status === 0 ? '' : stderr).toBe('');
  });

  it('a process that has loaded both fails', () => {
    const both = `require('constructs'); require(${JSON.stringify(join(ROOT, 'node_modules/constructs'))})`;
    const { status, stderr } = spawnSync(process.execPath, ['--require', ALIAS, '-e', both], { cwd: ROOT, encoding: 'utf8' });
    expect([status, stderr]).toEqual([1, expect.stringContaining('was loaded beside CDK Terrain')]);
    const alone = `process.stdout.write(require.resolve('cdktf'))`;
    const { stdout } = spawnSync(process.execPath, ['--require', ALIAS, '-e', alone], { cwd: ROOT, encoding: 'utf8' });
    expect(stdout).toContain(folderOf('cdktf'));
  });
});

const STACK = 'stacks/dev-inference/cdk.tf.json';

function edit(out: string, file: string, change: (text: string) => string): void {
  const path = join(out, file);
  const text = readFileSync(path, 'utf8');
  const changed = change(text);
  expect(changed).not.toBe(text);
  writeFileSync(path, changed);
}

const turned = (text: string): string =>
  JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text) as object).reverse()), undefined, 2);
