import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Runs the body in a new directory that holds the files (path → content), and removes it. */
export function withFiles<T>(files: Readonly<Record<string, string | Uint8Array>>, body: (directory: string) => T): T {
  const directory = mkdtempSync(join(tmpdir(), 'test-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), content);
    }
    return body(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
