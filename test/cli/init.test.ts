import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../../package.json';
import { withFiles } from '../support/files';

const ROOT = join(__dirname, '../..');
const NODE = ['--require', join(ROOT, 'node_modules/tsx/dist/cjs/index.cjs')];

/** Its main.ts imports the package by its name: here that means the sources. */
const env = { ...process.env, TSX_TSCONFIG_PATH: join(ROOT, 'tsconfig.json'), CHECKPOINT_DISABLE: '1' };

function command(directory: string, ...args: string[]) {
  return spawnSync(process.execPath, [...NODE, join(ROOT, 'cli/main.ts'), ...args], { cwd: directory, env, encoding: 'utf8' });
}

const UUID = ['--cdktf-project-id', '6f0e1d2c-3b4a-4958-8776-655443322110'];

describe('init', () => {
  it('writes a repository, and says what is in it, what is left to fill in, and what comes next', () => {
    withFiles({}, (directory) => {
      const { status, stdout, stderr } = command(
        directory,
        'init',
        'gateway',
        '--name',
        'acme',
        '--domain',
        'acme.com',
        '--environments',
        'dev',
      );
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout.split('\n')).toEqual([
        '.editorconfig',
        '.gitattributes',
        '.github/dependabot.yml',
        '.github/scripts/comment.mjs',
        '.github/scripts/github.mjs',
        '.github/scripts/no-report.sh',
        '.github/scripts/report-text.mjs',
        '.github/scripts/review.sh',
        '.github/workflows/check.yml',
        '.github/workflows/review-comment.yml',
        '.github/workflows/review.yml',
        '.gitignore',
        '.nvmrc',
        '.vscode/extensions.json',
        'README.md',
        'cdktf.json',
        'environments/dev.yaml',
        'environments/environment.schema.json',
        'environments/shared.schema.json',
        'environments/shared.yaml',
        'main.ts',
        'package.json',
        'tsconfig.json',
        '',
        '23 files written.',
        '',
        'To fill in before the first real deploy; a rehearsal does without:',
        "  environments/dev.yaml:9      gcloud projects describe acme-ai-dev --format='value(projectNumber)'",
        '  environments/shared.yaml:43  digest of the image of LiteLLM 1.106.2 in your repository (README.md)',
        '',
        'Next:',
        '  cd gateway',
        '  npm install',
        '  npm run check',
        '  npm run rehearse -- dev',
        '',
        `package.json asks a registry for cdktf-vertex-gateway ${version}, which runs from its sources here.`,
        'While none has it, say with --package where the file of `npm pack` is: docs/install.md.',
        '',
        'README.md says the rest.',
        '',
      ]);
      expect(
        stdout
          .split('\n')
          .slice(0, 23)
          .every((path) => existsSync(join(directory, 'gateway', path))),
      ).toBe(true);
      expect(readFileSync(join(directory, 'gateway/environments/dev.yaml'), 'utf8').split('\n')[8]).toContain('# Fill in: gcloud projects');
    });
  });

  it('lists the files of a dry run, and writes none', () => {
    withFiles({ 'README.md': '' }, (directory) => {
      const { status, stdout } = command(directory, 'init', '--dry-run', '--parts', 'none');
      expect(status).toBe(0);
      expect(stdout).toMatch(/^environments\/prod\.yaml$[\s\S]*\n25 files; none was written\.\n$/m);
      expect(readdirSync(directory)).toEqual(['README.md']);
    });
  });

  it('says everything that is wrong, and writes nothing', () => {
    withFiles({}, (directory) => {
      const { status, stdout, stderr } = command(
        directory,
        'init',
        'a',
        '--region',
        'evrope',
        '--parts',
        'vpn',
        '--callers',
        '203.0.113.0/24',
      );
      expect(stderr).toBe(
        [
          '--parts  "vpn" is none of gateway, endpoint, perimeter, registry',
          '--region  "evrope" is not a Google Cloud region, e.g. europe-west4',
          '--callers  says nothing without the part gateway',
          '  Add gateway to --parts, or leave it out.',
          '',
          'Nothing was written.',
          '',
        ].join('\n'),
      );
      expect({ status, stdout, left: readdirSync(directory) }).toEqual({ status: 2, stdout: '', left: [] });
    });
  });

  it.each([
    ['', []],
    [' of a dry run', ['--dry-run']],
  ])('says what only shows when settings meet%s, with its place, and writes nothing', (_, dry) => {
    withFiles({}, (directory) => {
      const { status, stderr } = command(
        directory,
        'init',
        'a',
        '--callers',
        '203.0.113.0/24,203.0.113.0/25',
        '--environments',
        'prod',
        ...dry,
      );
      expect(stderr).toContain('What was asked for does not go together:\n\nenvironments/prod.yaml:');
      expect(stderr).toContain('203.0.113.0/25 is a part of 203.0.113.0/24, which stands beside it');
      expect(stderr).toMatch(/\nNothing was written\.\n$/);
      expect({ status, left: readdirSync(directory) }).toEqual({ status: 1, left: [] });
    });
  });

  it('leaves alone what is there already, unless it is told to', () => {
    withFiles({ 'main.ts': 'mine', 'NOTES.md': 'mine', '.git/HEAD': '' }, (directory) => {
      const refused = command(directory, 'init', '--yes');
      expect(refused.stderr).toBe(
        '. is not empty:\n  NOTES.md\n  main.ts\n\nName another directory, or say --force: it replaces files of the same name, and leaves the others. Nothing was written.\n',
      );
      expect(refused.status).toBe(1);
      const forced = command(directory, 'init', '--yes', '--force', ...UUID);
      expect(forced.status).toBe(0);
      expect(forced.stdout).not.toContain('  cd ');
      expect(readFileSync(join(directory, 'main.ts'), 'utf8')).toContain('synthesizeEnvironments();');
      expect(readFileSync(join(directory, 'NOTES.md'), 'utf8')).toBe('mine');
      expect(readFileSync(join(directory, 'cdktf.json'), 'utf8')).toContain(UUID[1]);
    });
  });

  it('knows a flag that is misspelt', () => {
    withFiles({}, (directory) => {
      const { status, stderr } = command(directory, 'init', '--regoin', 'europe-west4');
      expect({ status, stderr }).toEqual({ status: 2, stderr: "error: unknown option '--regoin'\n(Did you mean --region?)\n" });
    });
  });
});

describe('a new repository', () => {
  it.each([
    ['the smallest gateway', 'dev', ['--environments', 'dev']],
    [
      'everything in staging and production',
      'prod',
      [
        '--environments',
        'staging,prod',
        '--parts',
        'gateway,endpoint,perimeter,registry',
        '--github',
        'acme/gateway',
        '--callers',
        '203.0.113.0/24',
      ],
    ],
  ])('passes check, synth, policy and rehearsal at once: %s', (_, environment, flags) => {
    withFiles({}, (directory) => {
      expect(command(directory, 'init', 'acme', '--yes', ...flags).status).toBe(0);
      const repository = join(directory, 'acme');
      symlinkSync(join(ROOT, 'node_modules'), join(repository, 'node_modules'), 'dir');
      expect(command(repository, 'check')).toMatchObject({ status: 0 });
      // Builds all environments, too.
      expect(command(repository, 'policy')).toMatchObject({ status: 0, stderr: '' });
      const { status, stdout } = command(repository, 'rehearse', environment, '--json');
      const report = JSON.parse(stdout) as { stacks: { stack: string }[] };
      expect({ status, stacks: report.stacks.map(({ stack }) => stack) }).toEqual({
        status: 0,
        stacks: expect.arrayContaining([`${environment}-foundation`, `${environment}-gateway`]),
      });
    });
  });
});
