import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** Output of a tool that must find nothing; an empty string when it is content. */
function complaints(tool: string, ...args: string[]): string {
  const run = spawnSync(join(ROOT, 'node_modules/.bin', tool), args, { cwd: ROOT, encoding: 'utf8' });
  return run.status === 0 ? '' : run.stdout + run.stderr;
}

describe('the code as it stands', () => {
  it('type-checks', () => expect(complaints('tsc', '-p', '.')).toBe(''));
  it('keeps to the lint rules', () => expect(complaints('eslint', '.')).toBe(''));
  it('is formatted', () => expect(complaints('prettier', '--check', '--log-level', 'warn', '.')).toBe(''));
});
