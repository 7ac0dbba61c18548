import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { RENAMED_SETTINGS } from '../../configuration/schema/renamed';
import { version } from '../../package.json';

const ROOT = resolve(__dirname, '../..');
const SOURCES = ['app', 'cli', 'configuration', 'constructs', 'keys', 'perimeter', 'policy', 'rehearsal', 'review', 'stacks'];
const GUIDE = readFileSync(join(ROOT, 'docs/upgrades.md'), 'utf8');

/** What a doc comment has to say: what to use, and which version is without it. */
const TAG = /^@deprecated - use (?<use>\w[\w.]*); removed in (?<removedIn>\d+\.\d+\.\d+)$/;

interface Deprecated {
  readonly where: string;
  readonly what: string;
  readonly use: string;
  readonly removedIn: string;
}

/** Every `@deprecated` of a file, with the name that it stands before; what is wrong with its words, instead. */
function deprecatedIn(where: string, text: string): (Deprecated | string)[] {
  return [...text.matchAll(/@deprecated(?<words>[^\n]*)/g)].map(({ 0: tag, index }) => {
    const said = TAG.exec(tag.replace(/\s*\*\/\s*$/, '').trim())?.groups;
    const what = /\*\/\s*(?:(?:export|readonly|static|class|function|const|abstract|interface|type)\s+)*(\w+)/.exec(text.slice(index))?.[1];
    if (!said || what === undefined) return `${where}: ${tag.trim()}: must be "@deprecated - use NAME; removed in VERSION", before a name`;
    return { where, what, use: said['use']!, removedIn: said['removedIn']! };
  });
}

/** Versions without suffixes, as ours are. */
function isReached(removedIn: string, current: string): boolean {
  const [one, other] = [removedIn, current].map((each) => each.split('.').map(Number));
  const at = one!.findIndex((part, index) => part !== other![index]);
  return at === -1 || one![at]! < other![at]!;
}

const files = SOURCES.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(ROOT, folder, name)),
);
const tags = files.flatMap((file) => deprecatedIn(relative(ROOT, file), readFileSync(file, 'utf8')));
const options = tags.filter((tag): tag is Deprecated => typeof tag !== 'string');
const settings = RENAMED_SETTINGS.map(({ path, use, removedIn }) => ({ where: 'environment files', what: path.join('.'), use, removedIn }));

describe('what is deprecated', () => {
  it('says what to use, and which version is without it', () => expect(tags.filter((tag) => typeof tag === 'string')).toEqual([]));

  it('goes in a major version, that the package has not reached', () => {
    const all = [...options, ...settings];
    expect(all.filter(({ removedIn }) => !/^[1-9]\d*\.0\.0$/.test(removedIn) || isReached(removedIn, version))).toEqual([]);
    // Deprecated by a release that is there.
    expect(RENAMED_SETTINGS.filter(({ since }) => !isReached(since, version))).toEqual([]);
  });

  it('is what docs/upgrades.md lists', () => {
    const table = GUIDE.slice(GUIDE.indexOf('## Deprecated'), GUIDE.indexOf('## How to upgrade'));
    const rows = [
      ...table.matchAll(/^\| \d+\.\d+\.\d+ +\| (?<kind>setting|option) `(?<what>[^`]+)`.*?\| `(?<use>[^`]+)` *\| (?<removedIn>\S+) *\|$/gm),
    ];
    const listed = rows.map(({ groups }) => [groups!['kind'], groups!['what'], groups!['use'], groups!['removedIn']].join(' '));
    const row =
      (kind: string) =>
      ({ what, use, removedIn }: Deprecated) =>
        [kind, what, use, removedIn].join(' ');
    expect(listed.sort()).toEqual([...settings.map(row('setting')), ...options.map(row('option'))].sort());
  });
});

describe('the check of deprecations', () => {
  it.each([
    ['/** @deprecated - use b; removed in 2.0.0 */\n  readonly a?: string;', { what: 'a', use: 'b', removedIn: '2.0.0' }],
    [
      '/**\n * Old.\n * @deprecated - use New.of; removed in 10.0.0\n */\nexport abstract class Old {',
      { what: 'Old', use: 'New.of', removedIn: '10.0.0' },
    ],
  ])('reads %j', (text, expected) => expect(deprecatedIn('x.ts', text)).toEqual([{ where: 'x.ts', ...expected }]));

  it.each([
    '/** @deprecated */ a',
    '/** @deprecated use b */ a',
    '/** @deprecated - use b; removed in 2 */ a',
    '// @deprecated - use b; removed in 2.0.0',
  ])('is not content with %j', (text) => expect(deprecatedIn('x.ts', text)).toEqual([expect.stringContaining('x.ts: @deprecated')]));

  it.each([
    ['1.0.0', '0.9.9', false],
    ['1.0.0', '1.0.0', true],
    ['1.0.0', '1.0.1', true],
    ['2.0.0', '10.0.0', true],
    ['10.0.0', '9.12.0', false],
  ])('%s is reached by %s: %p', (removedIn, current, expected) => expect(isReached(removedIn, current)).toBe(expected));
});
