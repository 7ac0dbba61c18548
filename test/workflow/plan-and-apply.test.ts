import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWith, terraform } from '../support/requirements';
import { PROJECT, run, SCRIPTS } from './scripts';
import { runStep } from './workflows';

/** A project with two stacks of Terraform's own resources, of which `data` builds on `base`; and one of another environment. */
function project(): string {
  const directory = mkdtempSync(join(tmpdir(), 'pipeline-'));
  const review = `node --require ${join(PROJECT, 'node_modules/tsx/dist/cjs/index.cjs')} ${join(PROJECT, 'cli/main.ts')} review`;
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ scripts: { review } }));
  symlinkSync(join(PROJECT, '.github'), join(directory, '.github'), 'dir');
  return directory;
}

function synthesize(directory: string, inputs: Readonly<Record<string, string>>): void {
  const stacks: Record<string, object> = {};
  const dependencies: Record<string, string[]> = { 'prod-data': ['prod-base', 'other-x'] };
  for (const [id, input] of Object.entries(inputs)) {
    const at = join('stacks', id);
    mkdirSync(join(directory, 'cdktf.out', at), { recursive: true });
    const configuration = {
      terraform: { backend: { local: { path: `../../../state/${id}.tfstate` } } },
      variable: { prod_hook: { type: 'string', ephemeral: true, default: '' } },
      resource: { terraform_data: { Main: { input } } },
    };
    writeFileSync(join(directory, 'cdktf.out', at, 'cdk.tf.json'), JSON.stringify(configuration));
    stacks[id] = { synthesizedStackPath: join(at, 'cdk.tf.json'), dependencies: dependencies[id] ?? [] };
  }
  writeFileSync(join(directory, 'cdktf.out', 'manifest.json'), JSON.stringify({ stacks }));
}

describeWith(terraform(), 'the steps between a plan and its apply', () => {
  const directory = project();
  const [plans, out] = [join(directory, 'plans'), join(directory, 'out')];
  // So that Terraform's file of settings, and what it may fetch, is nobody's.
  const base = {
    ENVIRONMENT: 'prod',
    PLANS: plans,
    TF_CLI_CONFIG_FILE: '/dev/null',
    TERRAFORM_VARIABLES: '{"prod_hook":"hunter2-hunter2"}',
  };
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  const step = (file: string, job: string, name: string, more: Record<string, string> = {}) =>
    runStep(file, job, name, { ...base, ...more }, directory);
  const planned = async () => {
    rmSync(plans, { recursive: true, force: true });
    return step('plan.yml', 'plan', 'Plan', { LOCK: 'false' });
  };
  const reviewed = () =>
    step('plan.yml', 'plan', 'Review', {
      OUT: out,
      RUN_URL: 'https://github.example/1',
      GITHUB_EVENT_NAME: 'workflow_dispatch',
      GITHUB_STEP_SUMMARY: join(directory, 'summary.md'),
    });
  const again = async () => {
    rmSync(plans, { recursive: true, force: true });
    return step('apply.yml', 'apply', 'Plan again');
  };
  const compared = () => step('apply.yml', 'apply', 'Is it the plan that was reviewed?', { REVIEWED: join(out, 'fingerprint.json') });
  const applied = () => step('apply.yml', 'apply', 'Apply');
  const state = (id: string): string | undefined => {
    const file = join(directory, 'state', `${id}.tfstate`);
    if (!existsSync(file)) return undefined;
    const { resources } = JSON.parse(readFileSync(file, 'utf8')) as {
      resources: { instances: { attributes: { input: { value: string } } }[] }[];
    };
    return resources[0]?.instances[0]?.attributes.input.value;
  };

  it('applies the plan that was reviewed, what others build on first, and leaves no plan behind', async () => {
    synthesize(directory, { 'prod-data': 'one', 'prod-base': 'one', 'prod-eu-base': 'another environment', 'other-x': 'x' });
    expect(await planned()).toMatchObject({ status: 0, stderr: '' });
    expect(readdirSync(plans).sort()).toEqual(['prod-base.json', 'prod-base.tfplan', 'prod-data.json', 'prod-data.tfplan']);
    expect((await reviewed()).status).toBe(0);
    expect(readFileSync(join(directory, 'summary.md'), 'utf8')).toMatch(/^<!-- plan-review: prod-plan -->\n/);
    expect(readdirSync(out).sort()).toEqual(['fingerprint.json', 'review.html', 'review.md', 'review.sarif']);

    expect((await again()).status).toBe(0);
    expect((await compared()).stderr).toBe('The plan is the one that was reviewed.\n');
    const { status, stdout } = await applied();
    expect(status).toBe(0);
    expect([...stdout.matchAll(/^::group::(.*)$/gm)].map(([, stack]) => stack)).toEqual(['prod-base', 'prod-data']);
    expect([state('prod-base'), state('prod-data'), state('prod-eu-base')]).toEqual(['one', 'one', undefined]);
    expect(readdirSync(plans)).toEqual([]);
  });

  it('stops, with the difference, where it is another plan by now', async () => {
    synthesize(directory, { 'prod-data': 'two', 'prod-base': 'one' });
    await planned();
    await reviewed();
    // Meanwhile somebody else has brought the state to something that nobody has reviewed a change of.
    synthesize(directory, { 'prod-data': 'three', 'prod-base': 'zero' });
    await again();
    await applied();
    synthesize(directory, { 'prod-data': 'two', 'prod-base': 'one' });
    expect((await again()).status).toBe(0);
    const { status, stderr } = await compared();
    expect(status).toBe(1);
    expect(stderr).toBe(
      [
        'The plan is no longer the one that was reviewed:',
        'prod-base',
        '  terraform_data.Main: update was not reviewed',
        'prod-data',
        '  terraform_data.Main: update as reviewed, but not to the same: input',
        '',
      ].join('\n'),
    );
  });

  it('applies nothing where a plan is missing, and refuses one that the state has moved away from', async () => {
    const before = state('prod-data');
    rmSync(join(plans, 'prod-data.tfplan'));
    expect(await applied()).toMatchObject({ status: 1, stderr: 'There is no plan of prod-data: nothing was applied.\n' });
    await again();
    const kept = readFileSync(join(plans, 'prod-data.tfplan'));
    await applied();
    expect(state('prod-data')).not.toBe(before);
    await again();
    writeFileSync(join(plans, 'prod-data.tfplan'), kept);
    const { status, stderr } = await applied();
    expect(status).toBe(1);
    expect(stderr).toContain('Saved plan is stale');
  });

  it('fails where planning fails, or where the environment has no stack', async () => {
    expect((await step('plan.yml', 'plan', 'Plan', { LOCK: 'false', ENVIRONMENT: 'nowhere' })).stderr).toMatch(
      /There is no stack of nowhere/,
    );
    writeFileSync(
      join(directory, 'cdktf.out', 'stacks', 'prod-base', 'cdk.tf.json'),
      '{"resource":{"terraform_data":{"Main":{"inputt":1}}}}',
    );
    const { status, stdout } = await planned();
    expect(status).toBe(1);
    expect(stdout).not.toContain('prod-data');
  });
});

describe('what stands where a report would', () => {
  it('is found by the same marker, and its log is code whatever stands in it', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'none-'));
    const [file, log] = [join(directory, 'deep', 'review.md'), join(directory, 'log')];
    writeFileSync(log, '```\n</details> <img src=x>\n');
    expect((await run(join(SCRIPTS, 'no-report.sh'), [file, 'prod-plan', 'It failed.', log])).status).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(
      '<!-- plan-review: prod-plan -->\n## ⛔ There is no report\n\nIt failed.\n\n    ```\n    </details> <img src=x>\n',
    );
    rmSync(directory, { recursive: true });
  });
});

describe('the values of ephemeral variables', () => {
  const show = (given: string, more: Record<string, string> = {}) =>
    run(process.execPath, [join(SCRIPTS, 'with-variables.mjs'), 'bash', '-c', 'echo "$TF_VAR_a|${TERRAFORM_VARIABLES-gone}"; exit 3'], {
      TERRAFORM_VARIABLES: given,
      ...more,
    });

  it('reach the command and nothing else, with its exit code', async () => {
    expect(await show('{"a":"$(id) \\"x\\""}')).toEqual({ status: 3, stdout: '$(id) "x"|gone\n', stderr: '' });
    expect(await show('')).toMatchObject({ status: 3, stdout: '|gone\n' });
  });

  it('are masked in the log, line by line', async () => {
    expect((await show('{"b":"one\\ntwo"}', { GITHUB_ACTIONS: 'true' })).stdout).toBe('::add-mask::one\n::add-mask::two\n|gone\n');
  });

  it.each(['[]', '{"a":1}', '{"a b":"x"}', 'hunter2', 'null'])('are refused, and not repeated: %s', async (given) => {
    const { status, stdout, stderr } = await show(given);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^TERRAFORM_VARIABLES is no JSON object/);
    expect(stderr).not.toContain('hunter2');
  });
});
