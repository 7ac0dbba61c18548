import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { markdownFiles } from '../snippets';

export const ROOT = join(__dirname, '../../..');

/** A Markdown file of the repository, by its path. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

export const allPages = (): Page[] => markdownFiles().map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
