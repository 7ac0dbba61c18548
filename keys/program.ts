import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as bundle from './bundle';

/** In the package, the build has left the program here; in the repository it is made of the sources, so that it is never old. */
const BUILT = join(__dirname, 'job-program.cjs');

let program: string | undefined;

/** What the job runs: `job.ts` with all that it imports as one text, for Node 20.9 or newer, without dependencies. */
export function keysProgram(): string {
  program ??= existsSync(BUILT) ? readFileSync(BUILT, 'utf8') : bundled();
  return program;
}

function bundled(): string {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the package comes without a bundler.
  const { bundleJob } = require('./bundle') as typeof bundle;
  return bundleJob();
}
