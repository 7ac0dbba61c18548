import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { asLog, calls, violationEntry } from '../support/audit-log';
import { withFiles } from '../support/files';
import { environmentWith } from '../perimeter/environments';

const ROOT = join(__dirname, '..', '..');
const COMMAND = [join(ROOT, 'cli', 'main.ts'), 'perimeter'];

const { name: _, ...SETTINGS } = environmentWith();
const FILE = stringify(SETTINGS, { compat: 'yaml-1.1', defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN', lineWidth: 0 });
const recent = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const FILES = {
  'environments/prod.yaml': FILE.replace('2026-10-01', recent(30)),
  'environments/dev.yaml': FILE.replace(/\nperimeter:[^]*/, '\n'),
};

function perimeter(args: readonly string[], cwd: string, input?: string): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['--require', join(ROOT, 'node_modules/tsx/dist/cjs/index.cjs'), ...COMMAND, ...args], {
    cwd,
    input,
    encoding: 'utf8',
  });
}

describe('npm run perimeter', () => {
  it('goes from a log to an enforced perimeter', () => {
    const log = asLog(calls(recent(20), 19, 20));
    withFiles({ ...FILES, 'log.json': log }, (directory) => {
      const early = perimeter(['promote', 'prod'], directory);
      expect(early).toMatchObject({
        status: 1,
        stdout: '',
        stderr: expect.stringMatching(/^prod is not promoted:\n {2}- There is no evidence/),
      });

      const report = perimeter(['report', 'prod', '--log', 'log.json', '--save'], directory);
      expect(report).toMatchObject({
        status: 0,
        stdout: expect.stringMatching(/^prod: perimeter prod, dry-run\n381 entries read[^]*Nothing would be denied\.\n$/),
      });
      expect(report.stderr).toBe('wrote environments/prod.perimeter.json\n');

      const promoted = perimeter(['promote', 'prod'], directory);
      expect(promoted).toMatchObject({
        status: 0,
        stderr: '',
        stdout: expect.stringContaining('Commit it together with environments/prod.perimeter.json'),
      });
      expect(readFileSync(join(directory, 'environments/prod.yaml'), 'utf8')).toContain('mode: enforced');
    });
  });

  it('reads standard input, prints JSON, and fails while something would be denied', () => {
    withFiles(FILES, (directory) => {
      const { status, stdout } = perimeter(
        ['report', 'prod', '--log', '-', '--json'],
        directory,
        asLog([violationEntry({ time: `${recent(3)}T00:00:00Z` })]),
      );
      expect(status).toBe(1);
      expect(JSON.parse(stdout)).toMatchObject({
        environment: 'prod',
        groups: [{ state: 'open', proposal: { yaml: expect.any(String) } }],
      });
      expect(existsSync(join(directory, 'environments/prod.perimeter.json'))).toBe(false);
    });
  });

  it.each<[string, string[], number, RegExp]>([
    ['a log that does not exist', ['report', 'prod', '--log', 'none.json'], 1, /^ENOENT[^\n]*none\.json'\n$/],
    [
      'an environment that does not exist',
      ['report', 'no', '--log', '-'],
      1,
      /^environments\/no\.yaml {2}cannot be read: it does not exist/,
    ],
    ['an environment without a perimeter', ['promote', 'dev'], 1, /^environments\/dev\.yaml has no `perimeter`\.\n$/],
    ['no log', ['report', 'prod'], 2, /required option '--log <file>'/],
    ['a command that does not exist', ['promot', 'prod'], 2, /unknown command 'promot'[^]*promote/],
  ])('answers %s', (_what, args, status, stderr) => {
    withFiles(FILES, (directory) =>
      expect(perimeter(args, directory, '')).toMatchObject({ status, stderr: expect.stringMatching(stderr) }),
    );
  });

  it('tells of a log that breaks off, and saves that it does', () => {
    withFiles(FILES, (directory) => {
      const log = asLog(calls(recent(20), 19, 20)).slice(0, -300);
      const { status, stdout, stderr } = perimeter(['report', 'prod', '--log', '-', '--save'], directory, log);
      expect(status).toBe(1);
      expect(stdout).toMatch(/The log is not complete: it ends within entry 381/);
      expect(stderr).toMatch(/still missing: The log was not read to its end/);
      expect(perimeter(['promote', 'prod'], directory)).toMatchObject({ status: 1, stderr: expect.stringMatching(/not read to its end/) });
    });
  });
});
