import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../support/lock';
import type { Requirement } from '../support/requirements';
import { dependencies as packages } from './terrain/package.json';

export const ROOT = join(__dirname, '../..');

/** What a person writes into a package.json to move to CDK Terrain (https://www.npmjs.com/package/cdktn), with its lock file. */
const SOURCE = join(__dirname, 'terrain');

/** Beside the packages of the repository, as the other caches of tools are. */
export const DIRECTORY = join(ROOT, 'node_modules/.cache/after-cdktf');

/** A preload for Node: whoever asks for one of the packages, the providers' bindings included, gets the one of `DIRECTORY`. */
export const ALIAS = join(__dirname, 'alias.js');

export const PACKAGES = packages;

export const folderOf = (name: keyof typeof packages): string => join(DIRECTORY, 'node_modules', name);

/** CDK Terrain under the name of CDKTF: 5 MB, installed once. The providers, 700 MB, stay where they are. */
export function prepare(): Requirement {
  const reason = `a package registry with ${Object.values(packages).join(', ')}`;
  return withLock(`${DIRECTORY}.lock`, () => {
    const wanted = readFileSync(join(SOURCE, 'package-lock.json'), 'utf8');
    const receipt = join(DIRECTORY, 'installed.json');
    if (existsSync(receipt) && readFileSync(receipt, 'utf8') === wanted) return { met: true, reason };
    rmSync(DIRECTORY, { recursive: true, force: true });
    cpSync(SOURCE, DIRECTORY, { recursive: true });
    const args = ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', '--fetch-retries=1'];
    const met = spawnSync('npm', args, { cwd: DIRECTORY, stdio: 'ignore' }).status === 0;
    if (met) writeFileSync(receipt, wanted);
    return { met, reason };
  });
}
