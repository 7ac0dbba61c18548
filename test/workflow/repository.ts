import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PROJECT } from './scripts';

/** Runs git as nobody in particular: no settings of this machine have a say. */
export const git = (directory: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false', ...args], {
    cwd: directory,
    encoding: 'utf8',
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
  }).trim();

/** What a revision is synthesized and reviewed without; it would only cost time. */
const LEFT_OUT = /^(bench|docs|examples|soak|test)\/|\.md$/;

/** This project as it stands here, but with one environment, as a repository with one commit on `main`: what a pull request is made to. */
export function upstream(environment: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'upstream-'));
  const files = git(PROJECT, 'ls-files', '--cached', '--others', '--exclude-standard')
    .split('\n')
    .filter((file) => !LEFT_OUT.test(file))
    .filter(
      (file) => !file.startsWith('environments/') || /\/(shared|environment)\.|\.schema\./.test(file) || file.includes(`/${environment}.`),
    );
  for (const file of files) cpSync(join(PROJECT, file), join(directory, file), { recursive: true });
  writeFileSync(join(directory, '.gitignore'), 'node_modules\n');
  git(directory, 'init', '-q', '-b', 'main');
  git(directory, 'add', '.');
  git(directory, 'commit', '-q', '-m', 'Everything as it is');
  return directory;
}

/** A clone of it that somebody else owns. */
export function fork(of: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'fork-'));
  git(dirname(directory), 'clone', '-q', of, directory);
  git(directory, 'checkout', '-q', '-b', 'split');
  return directory;
}

/** What actions/checkout gives a job of a pull request: the merge of the head into the base, and both parents, nothing earlier. */
export function checkoutOfMerge(base: string, head: string): string {
  const merging = mkdtempSync(join(tmpdir(), 'merge-'));
  git(dirname(merging), 'clone', '-q', base, merging);
  git(merging, 'fetch', '-q', head, 'split');
  git(merging, 'merge', '-q', '--no-ff', '-m', 'Merge', 'FETCH_HEAD');
  const directory = mkdtempSync(join(tmpdir(), 'checkout-'));
  git(dirname(directory), 'clone', '-q', '--depth', '2', `file://${merging}`, directory);
  symlinkSync(join(PROJECT, 'node_modules'), join(directory, 'node_modules'), 'dir');
  return directory;
}

/** Replaces a piece of a file's text that must be there exactly once. */
export function edit(directory: string, file: string, from: string, to: string): void {
  const path = join(directory, file);
  const parts = readFileSync(path, 'utf8').split(from);
  if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times what is to be replaced:\n${from}`);
  writeFileSync(path, parts.join(to));
}
