import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** The job and all that it imports. The same text on every machine, wherever the repository stands. */
export function bundleJob(): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(__dirname, 'job.ts')],
    bundle: true,
    platform: 'node',
    target: 'node20.9',
    format: 'cjs',
    write: false,
    absWorkingDir: join(__dirname, '..'),
    legalComments: 'none',
  });
  return outputFiles[0]!.text;
}
