import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { riskPages, RULES } from '../../../review';

const DIRECTORY = join(__dirname, '..', '..', '..', 'docs', 'risks');

describe('docs/risks', () => {
  it('has a page for each rule, and no other', () => {
    expect(readdirSync(DIRECTORY).sort()).toEqual(
      riskPages()
        .map(({ file }) => file)
        .sort(),
    );
  });

  it.each(riskPages().map(({ file, text }) => [file, text]))('%s is as the rules write it (npm run docs:risks)', (file, text) => {
    expect(readFileSync(join(DIRECTORY, file), 'utf8')).toBe(text);
  });

  it('tells of each rule why, what to do, and what it looks at', () => {
    for (const { reason, remedy, looksAt, title } of RULES)
      for (const text of [reason, remedy, looksAt, title]) expect(text.length).toBeGreaterThan(10);
  });

  it('has ids that are words, each once', () => {
    const ids = RULES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z]+)+$/);
  });
});
