import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { FakeGitHub } from './fake-github';
import { PROJECT, run } from './scripts';

const ACTION = join(PROJECT, '.github', 'actions', 'review');

const { inputs, runs } = parse(readFileSync(join(ACTION, 'action.yml'), 'utf8')) as {
  readonly inputs: Record<string, { readonly default: string }>;
  readonly runs: { readonly steps: { readonly name: string; readonly run: string; readonly env?: Record<string, string> }[] };
};

describe('the action, in the repository of somebody else', () => {
  let github: FakeGitHub;
  let directory: string;
  let outputs: string;
  beforeEach(async () => {
    github = await FakeGitHub.start();
    directory = mkdtempSync(join(tmpdir(), 'elsewhere-'));
    outputs = join(directory, 'outputs');
    for (const name of ['database-replaced', 'update'])
      copyFileSync(join(PROJECT, 'test/review/fixtures/plans', `${name}.json`), join(directory, `${name}.json`));
  });
  afterEach(async () => {
    await github.close();
    rmSync(directory, { recursive: true, force: true });
  });

  /** A step, with the inputs that are given and the defaults of the others. */
  function step(name: string, given: Record<string, string>, more: Record<string, string> = {}) {
    const { run: command, env = {} } = runs.steps.find((each) => each.name === name)!;
    const resolved = Object.entries(env).flatMap(([variable, value]) => {
      const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value)?.[1];
      return input === undefined ? [] : [[variable, given[input] ?? inputs[input]!.default]];
    });
    const environment = { GITHUB_ACTION_PATH: ACTION, GITHUB_OUTPUT: outputs, RUNNER_TEMP: directory, RUN_URL: 'https://github.example/1' };
    return run('bash', ['-eo', 'pipefail', '-c', command], { ...environment, ...Object.fromEntries(resolved), ...more }, directory);
  }

  const output = () =>
    Object.fromEntries(
      readFileSync(outputs, 'utf8')
        .trim()
        .split('\n')
        .map((line) => line.split(/=(.*)/).slice(0, 2)),
    );

  it('reviews plans, says what it found as outputs, and posts the comment', async () => {
    writeFileSync(outputs, '');
    const { status } = await step('Review', { plans: 'database-replaced.json update.json', title: 'my stack', 'fail-on': 'high' });
    expect(status).toBe(1);
    const found = output();
    expect(found).toMatchObject({ verdict: 'stop', losses: '1', drift: '0', 'high-risks': '1', slug: 'my-stack' });
    expect(readdirSync(found['directory']!)).toEqual(expect.arrayContaining(['review.html', 'review.json', 'review.md', 'review.sarif']));

    const posted = await step(
      'Comment',
      {},
      {
        REPORT: join(found['directory']!, 'review.md'),
        SLUG: found['slug']!,
        PULL_REQUEST: '9',
        GITHUB_TOKEN: 'test-token',
        GITHUB_API_URL: github.address,
        GITHUB_REPOSITORY: 'acme/vertex-gateway',
      },
    );
    expect(posted).toMatchObject({ status: 0, stderr: '' });
    expect(github.comments.get(9)).toEqual([expect.objectContaining({ body: expect.stringMatching(/^<!-- plan-review: my-stack -->\n/) })]);
  });

  it('does not fail where nothing is to fail on', async () => {
    writeFileSync(outputs, '');
    expect((await step('Review', { plans: 'database-replaced.json' })).status).toBe(0);
    expect(output()).toMatchObject({ slug: 'plan', 'high-risks': '1' });
  });

  it('leaves a text for the comment where there is no report, and says why', async () => {
    writeFileSync(outputs, '');
    const { status, stderr } = await step('Review', { plans: 'no-such.json' });
    expect([status, stderr]).toEqual([2, 'no-such.json: there is no such file.\n']);
    expect(readFileSync(join(output()['directory']!, 'review.md'), 'utf8')).toMatch(
      /^<!-- plan-review: plan -->\n## ⛔ There is no report\n[^]*no-such\.json: there is no such file\.\n$/,
    );
  });

  it('takes names for what they are', async () => {
    writeFileSync(outputs, '');
    const { stderr } = await step('Review', { plans: '$(touch${IFS}x) *.json' });
    expect(stderr).toBe('$(touch${IFS}x): there is no such file.\n');
    expect(readdirSync(directory)).not.toContain('x');
    expect((await step('Review', { plans: 'update.json', title: '!!' })).stderr).toMatch(/^title: !! has neither a letter nor a digit/);
  });
});
