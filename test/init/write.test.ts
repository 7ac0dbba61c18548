import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inTheWay, writeFiles, type RepositoryFile } from '../../init';
import { withFiles } from '../support/files';

const FILES: readonly RepositoryFile[] = [
  { path: '.github/scripts/run.sh', text: '#!/bin/sh\n', executable: true },
  { path: 'README.md', text: 'new\n' },
  { path: 'environments/dev.yaml', text: 'tier: development\n' },
];

const fine = (): void => undefined;

/** Everything below a directory, with its text. */
function contents(directory: string): Record<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  return Object.fromEntries(
    files
      .map((each) => join(each.parentPath, each.name))
      .sort()
      .map((path) => [path.slice(directory.length + 1), readFileSync(path, 'utf8')]),
  );
}

describe('a new repository is written', () => {
  it('where there is nothing, with directories above it', () => {
    withFiles({}, (directory) => {
      const target = join(directory, 'a', 'b');
      writeFiles(target, FILES, (fresh) => expect(contents(fresh)['README.md']).toBe('new\n'));
      expect(contents(directory)).toEqual(Object.fromEntries(FILES.map(({ path, text }) => [join('a/b', path), text])));
      expect(statSync(join(target, '.github/scripts/run.sh')).mode & 0o111).not.toBe(0);
      expect(statSync(join(target, 'README.md')).mode & 0o111).toBe(0);
    });
  });

  it('into an empty directory, which stays the same one: a shell may stand in it', () => {
    withFiles({}, (directory) => {
      const target = join(directory, 'a');
      mkdirSync(target);
      const { ino } = statSync(target);
      writeFiles(target, FILES, fine);
      expect(statSync(target).ino).toBe(ino);
      expect(Object.keys(contents(directory))).toHaveLength(FILES.length);
    });
  });

  it('over files of the same name, and leaves the others', () => {
    withFiles({ 'a/README.md': 'old\n', 'a/NOTES.md': 'mine\n', 'a/environments/eu.yaml': 'mine\n' }, (directory) => {
      writeFiles(join(directory, 'a'), FILES, fine);
      expect(contents(directory)).toMatchObject({ 'a/README.md': 'new\n', 'a/NOTES.md': 'mine\n', 'a/environments/eu.yaml': 'mine\n' });
      expect(readdirSync(directory)).toEqual(['a']);
    });
  });

  it('or not at all, where it does not hold what is checked', () => {
    withFiles({ 'a/README.md': 'old\n' }, (directory) => {
      const before = contents(directory);
      const refuse = (): void => {
        throw new Error('no');
      };
      expect(() => writeFiles(join(directory, 'a'), FILES, refuse)).toThrow('no');
      expect(() => writeFiles(join(directory, 'b'), FILES, refuse)).toThrow('no');
      expect(contents(directory)).toEqual(before);
      expect(readdirSync(directory)).toEqual(['a']);
    });
  });

  it('or not at all, where one file cannot be moved into place: the others are put back', () => {
    // The last of the files needs a directory where a file is.
    withFiles({ 'a/README.md': 'old\n', 'a/environments': 'a file\n' }, (directory) => {
      const before = contents(directory);
      expect(() => writeFiles(join(directory, 'a'), FILES, fine)).toThrow(/ENOTDIR|EEXIST/);
      expect(contents(directory)).toEqual(before);
      expect(existsSync(join(directory, 'a/.github'))).toBe(false);
      expect(readdirSync(directory)).toEqual(['a']);
    });
  });
});

describe('in the way', () => {
  it('is everything but the .git of a fresh clone', () => {
    withFiles({ 'a/.git/HEAD': '', 'a/z': '', 'a/.b': '', f: '' }, (directory) => {
      expect(inTheWay(join(directory, 'a'))).toEqual(['.b', 'z']);
      expect(inTheWay(join(directory, 'none'))).toEqual([]);
      expect(inTheWay(join(directory, 'f'))).toEqual([join(directory, 'f')]);
      symlinkSync(join(directory, 'a'), join(directory, 'link'));
      expect(inTheWay(join(directory, 'link'))).toEqual(['.b', 'z']);
      writeFileSync(join(directory, 'a/.git/index'), '');
    });
  });
});
