import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { installedApp } from '../support/installed';
import { describeWith } from '../support/requirements';

const MODULES = join(__dirname, '../../node_modules');
const INSTALLED = installedApp();

/** What people have installed beside the package, tsx for one, is found here when it is not there. */
const env = { ...process.env, NODE_PATH: MODULES };

const node = (cwd: string, ...args: string[]) => spawnSync(process.execPath, args, { cwd, env, encoding: 'utf8' });

describeWith(INSTALLED, 'init of the installed package', () => {
  it('writes a repository that it checks, holds to the policy, and that type-checks', () => {
    const app = INSTALLED.appWith({});
    const command = join(app, 'node_modules/cdktf-vertex-gateway/dist/cli/main.js');
    const repository = join(app, 'acme');
    expect(node(app, command, 'init', 'acme', '--yes', '--environments', 'dev,prod', '--github', 'acme/gateway')).toMatchObject({
      status: 0,
      stderr: '',
    });
    const { dependencies } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
    // A tarball, seen from there: `npm install` in the new repository finds it.
    expect(existsSync(resolve(repository, dependencies['cdktf-vertex-gateway']!.replace(/^file:/, '')))).toBe(true);
    expect(node(repository, command, 'check')).toMatchObject({ status: 0, stderr: '' });
    expect(node(repository, command, 'policy')).toMatchObject({ status: 0, stderr: '' });
    expect(node(repository, join(MODULES, 'typescript/bin/tsc'), '-p', '.')).toMatchObject({ status: 0, stdout: '' });
  });
});
