import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { withFiles } from '../support/files';
import { SCRIPTS } from './scripts';

const READY = {
  'package.json': '{"version":"0.2.0"}',
  'package-lock.json': '{"version":"0.2.0"}',
  'CHANGELOG.md': '# Changelog\n\nWhat changed.\n\n## 0.2.0\n\n- Faster.\n\n## 0.1.0\n\n- First.\n',
  'test/upgrade/releases/0.2.0/stacks.zip': '',
};

function release(tag: string, files: Record<string, string> = {}): { status: number | null; stdout: string; stderr: string } {
  return withFiles({ ...READY, ...files }, (cwd) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(SCRIPTS, 'release-notes.mjs'), tag], { cwd, encoding: 'utf8' });
    return { status, stdout, stderr };
  });
}

describe('the notes of a release', () => {
  it('are what the changelog says of it', () => {
    expect(release('v0.2.0')).toEqual({ status: 0, stdout: '- Faster.\n', stderr: '' });
  });

  it('are not written while something is missing: all of it at once', () => {
    const { status, stdout, stderr } = release('v0.3.0', {
      'package.json': '{"version":"0.2.1"}',
      'CHANGELOG.md': '# Changelog\n\n## 0.2.0\n\n- Faster.\n',
    });
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr.split('\n')).toEqual([
      'The tag is v0.3.0, and package.json says 0.2.1: the tag has to be v0.2.1.',
      'package-lock.json says 0.2.0: run npm install --package-lock-only.',
      'CHANGELOG.md has no heading "## 0.2.1".',
      'test/upgrade/releases/0.2.1 is missing, from which later versions are upgraded in tests: npm run release:fixture.',
      '',
    ]);
  });

  it.each([
    ['something newer in the changelog', '## Unreleased\n\n- More.\n\n## 0.2.0\n\n- Faster.\n', /has something above this release/],
    ['a note that nothing is published', '## 0.2.0\n\nNot published.\n\n- Faster.\n', /says that 0\.2\.0 is not published/],
  ])('nor with %s', (_, changelog, message) => {
    expect(release('v0.2.0', { 'CHANGELOG.md': `# Changelog\n\n${changelog}` }).stderr).toMatch(message);
  });
});
