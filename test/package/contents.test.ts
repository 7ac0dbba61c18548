import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bin, exports as entries, version } from '../../package.json';
import { installedApp } from '../support/installed';
import { describeWith } from '../support/requirements';

/** Bytes, packed. Raise it only for what users get: the review reads this line. */
const AT_MOST = 1_100_000;

interface Packed {
  readonly size: number;
  readonly version: string;
  readonly files: readonly { readonly path: string }[];
}

const INSTALLED = installedApp();

describeWith(INSTALLED, 'the tarball', () => {
  let packed: Packed;
  let paths: string[];
  beforeAll(() => {
    [packed] = JSON.parse(readFileSync(join(INSTALLED.directory, 'packed.json'), 'utf8')) as [Packed];
    paths = packed.files.map(({ path }) => path);
  });

  it('is small', () => expect(packed.size).toBeLessThan(AT_MOST));

  it('is of this version, with what every package has', () => {
    expect(packed.version).toBe(version);
    expect(paths).toEqual(expect.arrayContaining(['package.json', 'README.md', 'CHANGELOG.md', 'LICENSE']));
  });

  it('holds what is built, pages and workflows, and nothing else', () => {
    const others = paths.filter((path) => !/^(dist\/|(docs|constructs)\/[\w./-]+\.md$|\.github\/)/.test(path));
    expect(others.sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']);
    expect(paths.filter((path) => /(?<!\.d)\.ts$|\.test\.|\.map$|\.pyc$|\.tsbuildinfo$|docs\/(decisions|rules)/.test(path))).toEqual([]);
    // Built only because a type of it is named; users have no bundler.
    expect(paths.filter((path) => path.includes('keys/bundle'))).toEqual([]);
  });

  it('has every file that package.json names', () => {
    const named = Object.values(entries).flatMap((entry) => (typeof entry === 'string' ? [entry] : [entry.types, entry.default]));
    for (const file of [...named, ...Object.values(bin)]) expect(paths).toContain(file.replace(/^\.\//, ''));
  });
});
