import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { installedApp } from '../support/installed';
import { describeWith } from '../support/requirements';
import { EXAMPLES } from './example';

const INSTALLED = installedApp();

/** A folder as a person copies it: path → content. */
const filesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => statSync(join(folder, path)).isFile())
      .map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
  );

describeWith(INSTALLED, 'an example that was copied into a project with the package', () => {
  it('is rehearsed by the command of the package, with the overlay that it brings', () => {
    const files = filesIn(join(EXAMPLES, 'foreign-app'));
    // Beside the package a project has what runs TypeScript; here it is this repository's.
    const app = files['cdktf.json']!.replace('tsx/cjs', require.resolve('tsx/cjs'));
    const cwd = INSTALLED.appWith({ ...files, 'cdktf.json': app });
    const command = join('node_modules', '.bin', 'cdktf-vertex-gateway');
    const { status, stdout, stderr } = spawnSync(command, ['rehearse', 'search-test', '--json'], { cwd, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    const { outcome, stacks } = JSON.parse(stdout) as { outcome: string; stacks: { stack: string; resources: number }[] };
    expect([outcome, ...stacks.map(({ stack, resources }) => `${stack} ${resources}`)]).toEqual(['ok', 'network-test 2', 'search-test 11']);
  });
});
