import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const ROOT = join(__dirname, '../..');

/** A fenced block of a Markdown file. */
export interface Snippet {
  /** Path of the file, from the root of the repository. */
  readonly file: string;
  /** Line of the first line of code, from 1. */
  readonly line: number;
  /** First word after the fence: `ts`, `sh`, `yaml`; empty where there is none. */
  readonly language: string;
  /** What stands after the language on the line of the fence, e.g. `environments/dev.yaml`. */
  readonly info: string;
  /** Without the fences and the indentation of the block; ends with a line break. */
  readonly code: string;
}

/** Of a block in a list, the fence is indented; so is its code. A fence of four backticks may hold one of three. */
const FENCED = /^( *)(`{3,})([^\s`]*)[ \t]*([^\n`]*)\n(.*?)^\1\2[ \t]*$/gms;

/** @param file absolute, or from the root of the repository */
export function snippetsOf(file: string): Snippet[] {
  const path = resolve(ROOT, file);
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(FENCED)].map((match) => {
    const [, indentation = '', , language = '', info = '', body = ''] = match;
    return {
      file: relative(ROOT, path),
      line: text.slice(0, match.index).split('\n').length + 1,
      language,
      info: info.trim(),
      code: body.replaceAll(new RegExp(`^${indentation}`, 'gm'), ''),
    };
  });
}

/** Left out: what tools have written, and what tests feed to the code under test. */
const NOT_READ = new Set(['node_modules', 'dist', 'cdktf.out', 'fixtures', '__snapshots__', 'coverage']);

/** Every Markdown file of the repository that people read, as paths from its root. */
export function markdownFiles(folder = ''): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && !NOT_READ.has(name))
    .flatMap((entry) => (entry.isDirectory() ? markdownFiles(join(folder, entry.name)) : [join(folder, entry.name)]))
    .filter((path) => path.endsWith('.md'))
    .sort();
}
