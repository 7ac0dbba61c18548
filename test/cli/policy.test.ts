import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { scripts } from '../../package.json';
import { withFiles } from '../support/files';

const ROOT = join(__dirname, '..', '..');
const CLI = join(ROOT, 'cli', 'main.ts');
const TSX = join(ROOT, 'node_modules', 'tsx', 'dist', 'cli.mjs');

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const policy = (args: readonly string[], cwd = ROOT): Run =>
  spawnSync(process.execPath, [TSX, CLI, 'policy', ...args], { cwd, encoding: 'utf8' });

const NETWORK = JSON.stringify({ resource: { google_compute_network: { main: { name: 'main' } } } });
const SUBNET = JSON.stringify({ resource: { google_compute_subnetwork: { main: { name: 'main', private_ip_google_access: true } } } });
const ENDPOINT = JSON.stringify({ resource: { google_vertex_ai_endpoint: { chat: { name: '1', dedicated_endpoint_enabled: true } } } });

const onStack = (json: string, ...args: string[]): Run =>
  withFiles({ 'app/cdk.tf.json': json }, (directory) => policy(['--stack', join(directory, 'app'), ...args]));

describe('npm run policy', () => {
  it('is a script that runs this command', () => expect(scripts.policy).toBe('node --require tsx/cjs cli/main.ts policy'));

  it('holds the environments to the policy, those that are named or all', () => {
    const all = policy([]);
    expect(all).toMatchObject({ status: 0, stderr: '' });
    for (const name of ['dev', 'staging', 'prod'])
      expect(all.stdout).toMatch(new RegExp(`^${name}: .*; \\d+ suppressed, \\d+ passed$`, 'm'));
    expect(all.stdout).not.toContain('\u001b');
    const one = policy(['dev', '--format', 'json']);
    expect((JSON.parse(one.stdout) as { name: string; artifact: string }[]).map(({ name, artifact }) => [name, artifact])).toEqual([
      ['dev', 'environments/dev.yaml'],
    ]);
  });

  it('writes no stacks', () => {
    withFiles({ 'cdktf.json': readFileSync(join(ROOT, 'cdktf.json'), 'utf8') }, (directory) => {
      for (const name of [
        'main.ts',
        'environments',
        'node_modules',
        'configuration',
        'constructs',
        'perimeter',
        'policy',
        'stacks',
        'package.json',
        'tsconfig.json',
      ])
        symlinkSync(join(ROOT, name), join(directory, name));
      const before = readdirSync(directory).sort();
      expect(policy(['dev'], directory)).toMatchObject({ status: 0 });
      expect(readdirSync(directory).sort()).toEqual(before);
    });
  });

  it('tells an environment that is not there', () => {
    expect(policy(['life'])).toMatchObject({
      status: 2,
      stdout: '',
      stderr: 'There is no environment life. There are dev, prod, staging.\n',
    });
  });

  it('judges the stacks of an app that has no environments', () => {
    const app = (text: string) => ({ 'cdktf.json': JSON.stringify({ app: 'node app.js' }), 'app.js': text });
    const out = "const out = process.env.CDKTF_OUTDIR; const { mkdirSync, writeFileSync } = require('node:fs');";
    const stack = `${out} mkdirSync(out + '/stacks/net', { recursive: true }); writeFileSync(out + '/manifest.json', '{}');
      writeFileSync(out + '/stacks/net/cdk.tf.json', '${NETWORK}');`;
    withFiles(app(stack), (directory) => {
      const { status, stdout } = policy(['--format', 'json'], directory);
      const [subject] = JSON.parse(stdout) as { name: string; artifact: string; report: { findings: unknown[] } }[];
      expect([status, subject?.name, subject?.artifact]).toEqual([1, 'net', 'cdktf.out/stacks/net/cdk.tf.json']);
      expect(subject?.report.findings).not.toHaveLength(0);
      expect(policy(['web'], directory).stderr).toBe('There is no stack web. There are net.\n');
    });
    withFiles({}, (directory) =>
      expect(policy([], directory)).toMatchObject({ status: 2, stderr: expect.stringMatching(/^There is no cdktf/) as string }),
    );
    // Nothing judged must not look like nothing found.
    withFiles(app(''), (directory) =>
      expect(policy([], directory)).toMatchObject({ status: 1, stderr: '`node app.js` told of no environment and synthesized no stack\n' }),
    );
  });

  it.each([
    ['{"app": ', /cdktf\.json is not JSON: .+\n$/],
    ['{}', /cdktf\.json says no "app": .+\n$/],
  ])('tells what is wrong with a cdktf.json: %s', (text, stderr) => {
    withFiles({ 'cdktf.json': text }, (directory) =>
      expect(policy([], directory)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(stderr) as string }),
    );
  });

  it('tells what is wrong with an environment file', () => {
    withFiles(
      { 'cdktf.json': '{"app":"node --require tsx/cjs main.ts"}', 'environments/dev.yaml': 'tier: developement\n' },
      (directory) => {
        for (const name of [
          'main.ts',
          'node_modules',
          'configuration',
          'constructs',
          'perimeter',
          'policy',
          'stacks',
          'package.json',
          'tsconfig.json',
        ])
          symlinkSync(join(ROOT, name), join(directory, name));
        const { status, stderr } = policy([], directory);
        expect(status).toBe(1);
        expect(stderr).toMatch(/environments\/dev\.yaml:1:7 {2}tier/);
        expect(stderr).not.toMatch(/^\s+at /m);
      },
    );
  });
});

describe('npm run policy -- --stack', () => {
  it('holds a stack from anywhere to the policy', () => {
    const { status, stdout, stderr } = onStack(NETWORK);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toMatch(/^error {4}NET-005 {2}app\/google_compute_network\.main: `auto_create_subnetworks` is true\.$/m);
  });

  it.each([
    ['error', 0],
    ['warning', 1],
    ['never', 0],
  ])('with --fail-on %s and a warning ends with %i', (limit, status) => expect(onStack(SUBNET, '--fail-on', limit).status).toBe(status));

  it('takes the tier for production unless it is told', () => {
    expect(onStack(SUBNET).stdout).toContain('NET-003');
    expect(onStack(SUBNET, '--tier', 'development').stdout).not.toContain('NET-003');
  });

  it('knows of a perimeter by itself, or by being told', () => {
    const perimeter = JSON.stringify({ resource: { google_access_context_manager_service_perimeter: { all: { status: {} } } } });
    expect(onStack(ENDPOINT).stdout).not.toContain('VTX-002');
    expect(onStack(ENDPOINT, '--perimeter').stdout).toContain('VTX-002');
    withFiles({ 'out/stacks/a/cdk.tf.json': ENDPOINT, 'out/stacks/b/cdk.tf.json': perimeter }, (directory) =>
      expect(policy(['--stack', join(directory, 'out')]).stdout).toContain('VTX-002'),
    );
  });

  it('prints SARIF', () => {
    const { runs } = JSON.parse(onStack(NETWORK, '--format', 'sarif').stdout) as { runs: { results: { ruleId: string }[] }[] };
    expect(runs[0]!.results.map(({ ruleId }) => ruleId)).toEqual(['NET-005']);
  });

  it.each([
    [['--stack', 'nowhere'], 2, /^nowhere does not exist\. Give a \*\.tf\.json file, or a folder that holds some\.\n$/],
    [['dev', '--stack', '.'], 2, /^Give environments, or --stack, not both\.\n$/],
    [['--format', 'xml'], 2, /Allowed choices are table, json, sarif/],
  ])('%j ends with %i and a message', (args, status, message) => {
    const run = policy(args);
    expect(run.status).toBe(status);
    expect(run.stderr).toMatch(message);
  });
});

describe('npm run policy -- rules', () => {
  it('lists the rules', () =>
    expect(policy(['rules']).stdout).toMatch(/^RUN-001 {2}error {4}everywhere {2}Images are named by their digest$/m));
  it('explains one', () =>
    expect(policy(['rules', 'run-001']).stdout).toMatch(/^# RUN-001 Images are named by their digest\n[^]*## Broken/));
  it('tells one that is not there', () => {
    expect(policy(['rules', 'RUN-999'])).toMatchObject({
      status: 2,
      stderr: 'There is no rule RUN-999. `npm run policy -- rules` lists them.\n',
    });
  });
});

describe('npm run policy -- docs', () => {
  const from = (directory: string, ...args: string[]): Run => policy(['docs', ...args], directory);

  it('writes the pages, removes others, and checks them', () => {
    withFiles({ 'docs/rules/GONE-001.md': 'x' }, (directory) => {
      expect(from(directory, '--check').stderr).toMatch(
        /^docs\/rules is not what the rules say: .*GONE-001\.md\. Run npm run policy -- docs\.\n$/,
      );
      expect(from(directory).stdout).toMatch(/^docs\/rules: (\d+) pages, \1 written, 1 removed\n$/);
      expect(from(directory, '--check')).toMatchObject({ status: 0, stdout: '', stderr: '' });
      expect(readdirSync(join(directory, 'docs/rules')).sort()).toEqual(readdirSync(join(ROOT, 'docs/rules')).sort());
    });
  });
});
