import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interruptible } from '../rehearsal/run/interruption';
import type { Stack } from '../rehearsal/run/stacks';
import { synthesize } from '../rehearsal/run/synthesize';

/** Lets the app of a project synthesize into a directory that is gone when its stacks have been used. */
export async function withStacks<T>(projectDir: string, use: (stacks: Stack[], directory: string) => T | Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(realpathSync(tmpdir()), 'synthesized-'));
  try {
    return await use(await interruptible((signal) => synthesize(projectDir, directory, signal)), directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
