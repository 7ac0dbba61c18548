import { join } from 'node:path';
import { installedFrom } from '../../init';
import { withFiles } from '../support/files';

const HIDDEN = 'app/node_modules/.package-lock.json';
const lock = (resolved: string): string => JSON.stringify({ packages: { 'node_modules/cdktf-vertex-gateway': { resolved } } });

function specOf(files: Record<string, string>, target = 'app/platform'): string {
  return withFiles(files, (directory) =>
    installedFrom(join(directory, 'app/node_modules/cdktf-vertex-gateway'), '0.2.0', join(directory, target)),
  );
}

describe('where a new repository gets this package from', () => {
  it.each([
    ['a registry', 'https://registry.example/cdktf-vertex-gateway/-/cdktf-vertex-gateway-0.2.0.tgz', '0.2.0'],
    ['a tarball', 'file:../packed/cdktf-vertex-gateway-0.2.0.tgz', 'file:../../packed/cdktf-vertex-gateway-0.2.0.tgz'],
    ['a tarball elsewhere', 'file:/srv/in of all/package.tgz', /^file:(\.\.\/)+srv\/in of all\/package\.tgz$/],
    ['git', 'git+ssh://git@git.example/acme/gateway.git#0123abc', 'git+ssh://git@git.example/acme/gateway.git#0123abc'],
  ])('%s: what was installed, seen from there', (_, resolved, spec) => {
    expect(specOf({ [HIDDEN]: lock(resolved) })).toEqual(typeof spec === 'string' ? spec : expect.stringMatching(spec));
  });

  it('is the version where npm notes nothing: another package manager, the sources', () => {
    expect(specOf({})).toBe('0.2.0');
    expect(specOf({ [HIDDEN]: '{}' })).toBe('0.2.0');
    expect(withFiles({}, (directory) => installedFrom(directory, '0.2.0', directory))).toBe('0.2.0');
  });
});
