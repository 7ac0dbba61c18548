import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';

export const PROJECT = resolve(__dirname, '../..');

export const SCRIPTS = join(PROJECT, '.github', 'scripts');

export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program as a step of a workflow does: nothing of this machine's own GitHub settings reaches it. */
export function run(command: string, args: readonly string[], environment: Record<string, string> = {}, cwd = PROJECT): Promise<Ended> {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(GITHUB_|TF_VAR_|RUNNER_)/.test(name)));
  return new Promise((done) => {
    const options = { cwd, env: { ...own, ...environment }, maxBuffer: 1 << 26 };
    execFile(command, args, options, (error, stdout, stderr) => {
      done({ status: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, stdout, stderr });
    });
  });
}

/** A script of `.github/scripts`, against GitHub at an address. */
export const script = (github: { address: string }, name: string, args: readonly string[], environment: Record<string, string> = {}) =>
  run(process.execPath, [join(SCRIPTS, name), ...args], {
    GITHUB_API_URL: github.address,
    GITHUB_REPOSITORY: 'acme/vertex-gateway',
    GITHUB_TOKEN: 'test-token',
    RETRY_MILLISECONDS: '1',
    ...environment,
  });
