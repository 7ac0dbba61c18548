import { parseShell } from '../support/docs/shell';

const words = (text: string): readonly (readonly string[])[] => parseShell(text).commands.map((command) => command.words);

describe('commands of a block', () => {
  it.each<[string, string[][]]>([
    [
      'npm ci && npm test',
      [
        ['npm', 'ci'],
        ['npm', 'test'],
      ],
    ],
    ["npx cdktf deploy 'dev-*'   # the real thing", [['npx', 'cdktf', 'deploy', 'dev-*']]],
    ['a "b c" --d=\'e f\'g', [['a', 'b c', '--d=e fg']]],
    ['a \\\n  --b\nc', [['a', '--b'], ['c']]],
    ['X=1 Y="2 3" a | b > c.txt; d 2>> e', [['a'], ['b'], ['d']]],
    ['a "b $(c d) e" $(f) g', [['c', 'd'], ['f'], ['a', 'b $(c d) e', '$(f)', 'g']]],
    ['a "it\'s $HOME"', [['a', "it's $HOME"]]],
    ["gcloud logging read 'a OR b\n  OR c' > log.json", [['gcloud', 'logging', 'read', 'a OR b\n  OR c']]],
  ])('reads %j', (text, expected) => expect(words(text)).toEqual(expected));

  it('knows lines, sources and comments', () => {
    expect(parseShell('# first\na \\\n  b # second\nc && d')).toEqual({
      commands: [
        { words: ['a', 'b'], source: 'a \\\n  b', line: 1 },
        { words: ['c'], source: 'c', line: 3 },
        { words: ['d'], source: 'd', line: 3 },
      ],
      comments: ['first', 'second'],
    });
  });

  it.each(['a "`b`"', 'a `b`', "a 'b", 'a "b', '(a)'])('refuses %j, which it cannot check', (text) =>
    expect(() => parseShell(text)).toThrow(),
  );
});
