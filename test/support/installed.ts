import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { devDependencies, peerDependencies } from '../../package.json';
import { withLock } from './lock';
import type { Requirement } from './requirements';

const ROOT = join(__dirname, '../..');

/** The peers as this repository has them, and what a project in TypeScript has; nothing else, so that a dependency we forgot is missed. */
const BESIDE = [...Object.keys(peerDependencies), '@types/node'] as (keyof typeof devDependencies)[];

/** A project that has installed the package, as its users do: from the tarball, outside this repository. */
export interface InstalledApp extends Requirement {
  /** Holds `node_modules`, and what npm says of the tarball in `packed.json`. Shared by all tests of a run: write into `appWith` only. */
  readonly directory: string;
  /** A new directory with these files (path → content) that has the package installed. */
  appWith(files: Readonly<Record<string, string>>): string;
}

/**
 * Packs the package and installs it with its peers: once a test run, for whoever asks first; the others wait. A machine without a registry
 * lacks it; where there is one, it has to work. Call it where the tests are described.
 *
 *     const INSTALLED = installedApp();
 *     describeWith(INSTALLED, 'as a package', () => …)
 */
export function installedApp(): InstalledApp {
  // Of this run only (`temporary-directory.js`): the next one may have other sources.
  const directory = join(tmpdir(), 'installed');
  const met = withLock(`${directory}.lock`, () => {
    const receipt = join(directory, 'met.json');
    if (!existsSync(receipt)) {
      mkdirSync(directory, { recursive: true });
      writeFileSync(receipt, JSON.stringify(registryAnswers() && install(directory)));
    }
    return JSON.parse(readFileSync(receipt, 'utf8')) as boolean;
  });
  return { met, reason: 'a package registry of npm', directory, appWith: (files) => appIn(directory, files) };
}

const registryAnswers = (): boolean =>
  npm(ROOT, 'view', `constructs@${devDependencies.constructs}`, 'version', '--fetch-retries=0', '--fetch-timeout=20000').status === 0;

function install(directory: string): true {
  // Of two runs in the same checkout, one waits: both build the same `dist`.
  const packed = withLock(join(ROOT, 'node_modules/.cache/package.lock'), () => {
    succeed(spawnSync(process.execPath, ['--require', 'tsx/cjs', 'tools/package/build.ts'], { cwd: ROOT, encoding: 'utf8' }));
    return succeed(npm(ROOT, 'pack', '--ignore-scripts', '--json', '--pack-destination', directory));
  });
  writeFileSync(join(directory, 'packed.json'), packed);
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  const dependencies = Object.fromEntries(BESIDE.map((name) => [name, devDependencies[name]]));
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ private: true, dependencies }));
  succeed(npm(directory, 'install', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', join(directory, filename)));
  return true;
}

/** As a person calls it; that a newer one is there is nothing for a test. */
function npm(cwd: string, ...args: string[]): ReturnType<typeof spawnSync> {
  return spawnSync('npm', args, { cwd, encoding: 'utf8', env: { ...process.env, npm_config_update_notifier: 'false' } });
}

function succeed({ status, stdout, stderr }: ReturnType<typeof spawnSync>): string {
  if (status !== 0) throw new Error(`the package cannot be installed:\n${String(stdout)}${String(stderr)}`);
  return String(stdout);
}

function appIn(directory: string, files: Readonly<Record<string, string>>): string {
  const app = mkdtempSync(join(directory, 'app-'));
  symlinkSync(join(directory, 'node_modules'), join(app, 'node_modules'), 'dir');
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(app, path)), { recursive: true });
    writeFileSync(join(app, path), content);
  }
  return app;
}
