import { join } from 'node:path';
import { buildSync } from 'esbuild';

let program: string | undefined;

/** What the job runs: `job.ts` with all that it imports as one text, for Node 20.9 or newer, without dependencies. */
export function keysProgram(): string {
  program ??= buildSync({
    entryPoints: [join(__dirname, 'job.ts')],
    bundle: true,
    platform: 'node',
    target: 'node20.9',
    format: 'cjs',
    write: false,
    // The same text on every machine, wherever it stands.
    absWorkingDir: join(__dirname, '..'),
    legalComments: 'none',
  }).outputFiles[0]!.text;
  return program;
}
