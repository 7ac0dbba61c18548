import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inheritedEnvironment } from './environment';
import { stop } from './interruption';
import { layOut, type Revision } from './revision';

const LOCK_FILE = 'package-lock.json';

/**
 * Lays a revision out with the packages that it names itself: those installed now where its lock file is the same, else its own, from the
 * registry. Where they cannot be had it runs with the ones installed now, and `tell` hears of it.
 */
export async function layOutWithPackages(
  projectDir: string,
  revision: Revision,
  directory: string,
  signal: AbortSignal,
  tell: (notice: string) => void,
): Promise<string> {
  const app = await layOut(projectDir, revision, directory);
  const locks = [projectDir, app].map((place) => join(place, LOCK_FILE));
  if (!locks.every(existsSync) || textOf(locks[0]!) === textOf(locks[1]!)) return app;
  // The link only: it is not followed.
  rmSync(join(app, 'node_modules'), { recursive: true, force: true });
  const failure = await install(app, signal);
  if (failure === undefined || signal.aborted) return app;
  // Half an installation is none: once more from the beginning, with the link to what is installed here.
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  await layOut(projectDir, revision, directory);
  tell(`${revision.name} names other packages, and they could not be installed (${failure}): it was synthesized with those installed now.`);
  return app;
}

const textOf = (file: string): string => readFileSync(file, 'utf8');

/** `npm ci`. What it failed of, in a line. */
function install(directory: string, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((done) => {
    const child = spawn('npm', ['ci', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'], {
      cwd: directory,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: inheritedEnvironment(),
    });
    const interrupt = () => stop(child, 1000);
    signal.addEventListener('abort', interrupt, { once: true });
    const said: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
    child.once('error', (error) => done(error.message));
    child.once('close', (code) => {
      signal.removeEventListener('abort', interrupt);
      done(
        code === 0 ? undefined : (Buffer.concat(said).toString('utf8').split('\n')[0] ?? '').slice(0, 200) || `npm ci ended with ${code}`,
      );
    });
  });
}
