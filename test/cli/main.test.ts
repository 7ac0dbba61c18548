import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '../../cli/commands';
import { scripts, version } from '../../package.json';
import { withFiles } from '../support/files';

const ROOT = join(__dirname, '..', '..');

function call(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--require', 'tsx/cjs', 'cli/main.ts', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('cdktf-vertex-gateway', () => {
  it('lists every command with a line', () => {
    const { status, stdout, stderr } = call('--help');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const name of Object.keys(COMMANDS)) expect(stdout).toMatch(new RegExp(`^  ${name} +\\S`, 'm'));
    expect(stdout).toContain('npx cdktf-vertex-gateway rehearse');
  });

  it('says the same when nothing is asked, and that this was no use of it', () => {
    expect(call()).toEqual({ status: 2, stdout: '', stderr: call('--help').stdout });
  });

  it('tells its version', () => expect(call('--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' }));

  it.each([
    ['chekc', "error: unknown command 'chekc'\n(Did you mean check?)\n"],
    ['deploy-everything', "error: unknown command 'deploy-everything'\n"],
    ['constructor', "error: unknown command 'constructor'\n"],
    ['--hepl', "error: unknown option '--hepl'\n(Did you mean --help?)\n"],
  ])('offers the nearest command: %s', (name, stderr) => expect(call(name)).toEqual({ status: 2, stdout: '', stderr }));

  it('explains a command in two ways', () => {
    const { status, stdout } = call('models', '--help');
    expect({ status, first: stdout.split('\n')[0] }).toEqual({ status: 0, first: 'Usage: models [options]' });
    expect(call('help', 'models').stdout).toBe(stdout);
  });
});

describe('schema', () => {
  it('writes beside the environment files, and says so where there are none', () => {
    withFiles({}, (directory) => {
      expect(call('schema', '--directory', directory)).toMatchObject({ status: 0, stderr: '' });
      expect(readdirSync(directory).sort()).toEqual(['environment.schema.json', 'shared.schema.json']);
      const missing = join(directory, 'environments');
      expect(call('schema', '--directory', missing)).toEqual({
        status: 2,
        stdout: '',
        stderr: `${missing} does not exist: start this beside the environment files, or name their directory with --directory.\n`,
      });
    });
  });
});

describe('the commands', () => {
  it.each(Object.keys(COMMANDS))('%s has a script of its name', (name) =>
    expect((scripts as Record<string, string>)[name]).toBe(`node --require tsx/cjs cli/main.ts ${name}`),
  );

  it('do nothing when they are imported', () => {
    const files = readdirSync(join(ROOT, 'cli')).filter((file) => file !== 'main.ts');
    const program = files.map((file) => `require('./cli/${file}');`).join('');
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--require', 'tsx/cjs', '--eval', program, '--', '--nonsense'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
    for (const { load } of Object.values(COMMANDS)) expect(load().run).toBeInstanceOf(Function);
  });
});
