import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { synthesizedIn } from '../../cli/review-plans';
import { planText } from '../review/plans';

const PROJECT = resolve(__dirname, '../..');
const PLANS = join(PROJECT, 'test', 'review', 'fixtures', 'plans');

const review = (...args: string[]) =>
  spawnSync(process.execPath, ['--require', 'tsx/cjs', 'cli/main.ts', 'review', ...args, '--synth', 'nowhere'], {
    cwd: PROJECT,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
    input: args.includes('-') ? planText('delete') : undefined,
  });

const plan = (name: string): string => join(PLANS, `${name}.json`);

describe('npm run review -- --plan', () => {
  const directory = mkdtempSync(join(tmpdir(), 'review-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it('prints Markdown, and nothing else, on standard output', () => {
    const { status, stdout, stderr } = review('--plan', plan('update'));
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^<!-- plan-review: update -->\n## ✅ Routine: `update`/);
  });

  it('reads standard input, and prints any format', () => {
    expect(JSON.parse(review('--plan', '-', '--format', 'json').stdout)).toMatchObject({
      schema: 'plan-review',
      version: 1,
      counts: { delete: 1 },
    });
    expect(review('--plan', '-', '--format', 'html').stdout).toMatch(/^<!doctype html>/);
  });

  it('writes files by their endings, and the comment names the page beside it', () => {
    // A plan of which the comment does not hold everything.
    const big = JSON.parse(planText('create')) as { resource_changes: object[] };
    big.resource_changes = Array.from({ length: 1500 }, (_, index) => ({ ...big.resource_changes[0], address: `a.b${index}` }));
    writeFileSync(join(directory, 'prod-x.json'), JSON.stringify(big));
    const files = ['md', 'html', 'json', 'sarif'].map((ending) => join(directory, `out.${ending}`));
    const { status, stdout, stderr } = review('--plan', join(directory, 'prod-x.json'), '--output', ...files);
    expect([status, stdout]).toEqual([0, '']);
    expect(stderr).toContain('Written: ');
    const [markdown, html, json, sarif] = files.map((file) => readFileSync(file, 'utf8'));
    expect(markdown).toContain('The full report: `out.html`');
    expect(html).toContain('</html>');
    expect(JSON.parse(json!)).toMatchObject({ title: 'prod', counts: { create: 1500 } });
    expect(JSON.parse(sarif!)).toMatchObject({ version: '2.1.0' });
  });

  it('ends with 1 where --fail-on is reached, also by a plan that is not whole', () => {
    expect(review('--plan', plan('database-replaced'), '--fail-on', 'high').status).toBe(1);
    expect(review('--plan', plan('database-replaced')).status).toBe(0);
    expect(review('--plan', plan('update'), '--fail-on', 'high').status).toBe(0);
    expect(review('--plan', plan('errored'), '--fail-on', 'high').status).toBe(1);
  });

  it.each([
    [['--plan', 'no-such.json'], /^no-such\.json: there is no such file\.\n$/],
    [['--plan', 'package.json'], /^package\.json: it has no format_version/],
    [[], /^which environment\? Name one or more, say --all, or give --plan\n$/],
    [['dev', '--plan', plan('update')], /^give --plan, or environments to rehearse, not both\n$/],
    [['--plan', plan('update'), '--output', 'report.txt'], /^report\.txt: the ending does not say which format/],
    [['--plan', plan('update'), '--fail-on', 'panic'], /Allowed choices are high, medium, low/],
    [['--plan', plan('update'), '--output', join(PLANS, 'no', 'such.md')], /^--output .*such\.md cannot be written: ENOENT/],
    [['--plan', plan('update'), plan('update')], /update\.json: it is a plan of update, and so is .*update\.json\. Give one plan a stack/],
    [['--plan', plan('update'), '--base', 'no-such-ref'], /^--base no-such-ref: git knows no such revision/],
  ])('ends with 2 and a message: %j', (args, message) => {
    const { status, stderr } = review(...args);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  });

  it.each([
    ['{', /manifest\.json: this is not JSON\. Run `cdktf synth`/],
    ['{}', /manifest\.json: it names no stacks\. /],
    ['{"stacks": {"a": {"synthesizedStackPath": "a.json"}}}', /a\.json: it cannot be read\. /],
  ])('tells that --synth names what cdktf did not write: %s', (manifest, message) => {
    writeFileSync(join(directory, 'manifest.json'), manifest);
    expect(() => synthesizedIn(directory)).toThrow(message);
  });

  it('tells in --help what its exit codes mean', () => {
    const { status, stdout } = review('--help');
    expect(status).toBe(0);
    for (const text of ['    0  a report was made', '    1  a risk reaches --fail-on', '    2  no report', '--fail-on <level>'])
      expect(stdout).toContain(text);
  });
});
