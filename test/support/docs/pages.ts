import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../../..');

/** A Markdown file of the repository, by its path. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

/** Every Markdown file that is tracked. */
export function allPages(): Page[] {
  const listed = spawnSync('git', ['ls-files', '-z', '*.md'], { cwd: ROOT, encoding: 'utf8' });
  if (listed.status !== 0) throw new Error(`git ls-files: ${listed.stderr}`);
  const paths = listed.stdout.split('\0').filter((path) => path !== '' && existsSync(join(ROOT, path)));
  return paths.map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}
