import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const LINES = readFileSync(join(ROOT, 'docs/comparison.md'), 'utf8').split('\n');

/** Rows of its tables, without heads and rules. */
const rows = LINES.filter((line) => line.startsWith('|') && !/^\| (what|-+) /.test(line)).map((line) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim()),
);

const pointers = rows.flatMap(([what, , , shown]) =>
  [...(shown ?? '').matchAll(/`(test\/[^`]+\.test\.ts)`:([^<]*)/g)].map(([, file, title]) => ({
    what: what!,
    file: file!,
    title: title!.trim(),
  })),
);

const titles = (file: string): string[] =>
  existsSync(join(ROOT, file))
    ? [...readFileSync(join(ROOT, file), 'utf8').matchAll(/\(\s*(['"`])((?:(?!\1)[^\\]|\\.)*)\1\s*,/g)].map(([, , title]) => title!)
    : [];

describe('docs/comparison.md', () => {
  it('has rows, and says of each what it is, there and here, and which test shows it', () => {
    expect(rows.length).toBeGreaterThan(30);
    for (const cells of rows) {
      expect(cells).toHaveLength(4);
      expect(cells.filter((cell) => cell === '')).toEqual([]);
      expect(pointers.filter(({ what }) => what === cells[0])).not.toEqual([]);
    }
  });

  it.each(pointers)('$what: $file has the test "$title"', ({ file, title }) => {
    expect(titles(file)).toContain(title);
  });
});
