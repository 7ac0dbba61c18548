import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scripts } from '../../package.json';
import { withFiles } from '../support/files';

const ROOT = join(__dirname, '..', '..');

const graph = (args: readonly string[], cwd = ROOT) =>
  spawnSync(
    process.execPath,
    ['--require', join(ROOT, 'node_modules', 'tsx', 'dist', 'cjs', 'index.cjs'), join(ROOT, 'cli', 'main.ts'), 'graph', ...args],
    {
      cwd,
      encoding: 'utf8',
    },
  );

const STACK = JSON.stringify({
  resource: {
    google_cloud_run_v2_service: {
      web: { name: 'web', template: { containers: [{ env: [{ value: '${google_redis_instance.cache.host}' }] }] } },
    },
    google_redis_instance: { cache: { name: 'cache' } },
  },
});

const APP = {
  'app/manifest.json': JSON.stringify({ stacks: { 'dev-web': {}, 'prod-web': {} } }),
  'app/stacks/dev-web/cdk.tf.json': STACK,
  'app/stacks/prod-web/cdk.tf.json': STACK,
  'plain.txt': 'nothing',
};

describe('npm run graph', () => {
  it('is a script that runs this command', () => expect(scripts.graph).toBe('node --require tsx/cjs cli/main.ts graph'));

  it('writes a picture, or a diagram by the name of the file', () =>
    withFiles(APP, (directory) => {
      expect(graph(['--from', 'app', '--all', '--out', 'pictures'], directory)).toMatchObject({
        status: 0,
        stderr: '',
        stdout: 'dev: pictures/dev.svg\nprod: pictures/prod.svg\n',
      });
      expect(readdirSync(join(directory, 'pictures'))).toEqual(['dev.svg', 'prod.svg']);
      expect(readFileSync(join(directory, 'pictures', 'dev.svg'), 'utf8')).toMatch(/^<svg .*<\/svg>\n$/s);
      expect(graph(['prod', '--from', 'app', '--out', 'deep/prod.mmd'], directory).status).toBe(0);
      expect(readFileSync(join(directory, 'deep', 'prod.mmd'), 'utf8')).toMatch(/^flowchart TB\n.*b\d+ ==>\|"Redis"\| b\d+$/ms);
      expect(graph(['--from', 'app', '--format', 'mermaid'], directory).stdout).toContain('dev-web');
    }));

  it.each([
    [['prd', '--from', 'app'], 'There is no environment "prd". Did you mean prod?\nThere are: dev, prod\n'],
    [['--from', 'nowhere'], 'nowhere does not exist. Give a *.tf.json file, or a folder that holds some.\n'],
    [['--from', 'plain.txt'], 'plain.txt is no Terraform JSON. HCL is not read; `terraform show -json` is a plan, not a stack.\n'],
    [[], 'Which environment? Name one or more, or say --all.\n'],
    [['--all', '--from', 'app'], '2 pictures do not go to standard output: say --out with a folder.\n'],
    [['--all', '--from', 'app', '--out', 'x.svg'], '2 pictures do not go into one file: let --out be a folder.\n'],
  ])('says what is wrong with %j', (args, message) =>
    withFiles(APP, (directory) => expect(graph(args, directory)).toMatchObject({ status: 2, stdout: '', stderr: message })),
  );

  it('says where it cannot write', () =>
    withFiles(APP, (directory) =>
      expect(graph(['dev', '--from', 'app', '--out', 'plain.txt/dev.svg'], directory)).toMatchObject({
        status: 1,
        stderr: expect.stringMatching(/plain\.txt: a file is where a directory would have to be; choose another directory \(EEXIST\)\n$/),
      }),
    ));

  it('says what is wrong with an app that does not synthesize, without a stack trace', () =>
    withFiles({ 'cdktf.json': JSON.stringify({ app: 'node -e "throw new Error(\'no network\')"' }) }, (directory) => {
      const { status, stderr } = graph(['dev'], directory);
      expect(status).toBe(1);
      expect(stderr).toMatch(/do not synthesize:\n[^]*no network/);
      expect(stderr).not.toMatch(/^\s+at /m);
    }));
});
