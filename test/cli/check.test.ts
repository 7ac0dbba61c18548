import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { scripts } from '../../package.json';
import { environmentSchema } from '../../configuration/schema';
import { HEAD } from '../support/answers';
import { withFiles } from '../support/files';

const ROOT = join(__dirname, '..', '..');
const CLI = join(ROOT, 'cli', 'main.ts');
const TSX = join(ROOT, 'node_modules', 'tsx', 'dist', 'cli.mjs');

function check(args: readonly string[], cwd = ROOT): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [TSX, CLI, 'check', ...args], { cwd, encoding: 'utf8' });
}

describe('npm run check', () => {
  it('lists the environments of the repository', () => {
    const path = `${join(ROOT, 'node_modules', '.bin')}${delimiter}${process.env['PATH']}`;
    const env = { ...process.env, PATH: path };
    const { status, stdout } = spawnSync(scripts.check, { cwd: ROOT, encoding: 'utf8', shell: true, env });
    expect(stdout).toMatch(/^ok {2}environments\/prod\.yaml +prod +production +acme-ai-prod +europe-west1$/m);
    expect(status).toBe(0);
  });

  it('shows a problem with its line, and what to do', () => {
    withFiles(
      { 'environments/dev.yaml': HEAD.replace('europe', 'evrope '), 'environments/prod.yaml': `${HEAD}natt: 1\nlabels: { a: no }\n` },
      (directory) => {
        const { status, stdout, stderr } = check([], directory);
        expect(stdout).toBe(
          [
            'environments/dev.yaml:3:9  region  evrope -west4 is not a Google Cloud region, e.g. europe-west4',
            '    3 | region: evrope -west4',
            '      |         ^^^^^^^^^^^^^',
            '',
            'environments/prod.yaml:6:1  natt  unknown key',
            '    6 | natt',
            '      | ^^^^',
            `  Allowed here: ${Object.keys(environmentSchema.shape).join(', ')}.`,
            '',
            'environments/prod.yaml:7:14  labels.a  no is a boolean to readers of YAML 1.1, and text is needed here',
            '    7 | labels: { a: no',
            '      |              ^^',
            '  Put it in quotes: "no".',
            '',
            '3 problems in 2 files',
            '',
          ].join('\n'),
        );
        expect(stderr).toBe('');
        expect(status).toBe(1);
      },
    );
  });

  it('checks the named files only, each on top of the shared file beside it', () => {
    withFiles({ 'a/shared.yaml': 'region: us-east1\n', 'a/dev.yaml': HEAD.replace(/region.*\n/, ''), 'a/prod.yaml': '' }, (directory) => {
      expect(check(['a/dev.yaml'], directory)).toMatchObject({
        status: 0,
        stdout: 'ok  a/dev.yaml  dev  development  acme-ai-x  us-east1\n\n1 environment, no problems\n',
      });
    });
  });

  it('warns of what a later version refuses, and is content', () => {
    const old = { 'environments/dev.yaml': `${HEAD}deployIdentity: deployer@acme-ai-x.iam.gserviceaccount.com\n` };
    withFiles(old, (directory) => {
      expect(check([], directory)).toMatchObject({
        status: 0,
        stdout: [
          'ok  environments/dev.yaml  dev  development  acme-ai-x  europe-west4',
          '',
          'environments/dev.yaml:6:1  deployIdentity  is deprecated: 1.0.0 refuses it',
          '    6 | deployIdentity',
          '      | ^^^^^^^^^^^^^^',
          '  Write deployAs instead; nothing else changes.',
          '',
          '1 environment, no problems, 1 warning',
          '',
        ].join('\n'),
      });
      const { warnings } = JSON.parse(check(['--json'], directory).stdout) as { warnings: object[] };
      expect(warnings).toMatchObject([{ file: 'environments/dev.yaml', line: 6, path: 'deployIdentity' }]);
    });
  });

  it('prints JSON', () => {
    withFiles({ 'environments/dev.yaml': HEAD, 'environments/prod.yaml': '- a\n' }, (directory) => {
      const { status, stdout } = check(['--json'], directory);
      expect(JSON.parse(stdout)).toEqual({
        valid: false,
        environments: [{ file: 'environments/dev.yaml', name: 'dev', tier: 'development', project: 'acme-ai-x', region: 'europe-west4' }],
        problems: [
          {
            file: 'environments/prod.yaml',
            line: 1,
            column: 1,
            path: '',
            message: 'the file holds a list',
            help: 'Write keys: tier: development, …',
          },
        ],
        warnings: [],
      });
      expect(status).toBe(1);
    });
  });

  it('answers a directory without environments, a file that does not exist and an option that it does not know', () => {
    withFiles({}, (directory) => {
      expect(check([], directory)).toMatchObject({
        status: 1,
        stdout: expect.stringMatching(/^environments {2}cannot be read: it does not exist\n/),
      });
      expect(check(['dev.yaml'], directory)).toMatchObject({ status: 1, stdout: expect.stringMatching(/^dev\.yaml {2}cannot be read/) });
      expect(check(['--all'], directory)).toMatchObject({ status: 1, stderr: "error: unknown option '--all'\n" });
    });
  });
});
