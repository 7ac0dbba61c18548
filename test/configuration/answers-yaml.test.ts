import { answers, HEAD } from '../support/answers';

describe('what is answered to files that are no environment', () => {
  describe('YAML', () => {
    answers(
      'anchor, alias and merge key',
      HEAD.replace('{ backend: local }', '&s { backend: local }') + 'encryption: *s\nimages: { <<: {} }\n',
      [
        '4:8  &s is an anchor, which is not used here\nWrite the value itself; what environments have in common goes into shared.yaml. Text that starts with & needs quotes.',
        '6:13  *s is an alias, which is not used here\nWrite the value itself; what environments have in common goes into shared.yaml. Text that starts with * needs quotes.',
        '7:11  images.<<  merge keys are not used here\nWrite the values; what environments have in common goes into shared.yaml.',
      ],
    );
    answers('tags', HEAD.replace('europe-west4', '!!str europe-west4') + 'labels: !mine { a: b }\n', [
      '3:9  !!str is a tag, which is not used here\nRemove it. Text that starts with ! needs quotes.',
      '6:9  !mine is a tag, which is not used here\nRemove it. Text that starts with ! needs quotes.',
    ]);
    answers('directive', '%YAML 1.1\n---\n' + HEAD, [
      '1:1  %YAML 1.1 is a directive, which is not used here\nRemove the line: the files are read as YAML 1.2.',
    ]);
    answers('several documents', HEAD + '---\n' + HEAD, [
      '6:1  a second document starts here\nOne file is one environment: split it, or remove the line.',
    ]);
    answers('tab as indentation', HEAD + 'labels:\n\tteam: a\n', ['7:1  a tab indents this line\nYAML allows spaces only: two a level.']);
    answers('indentation that fits nothing', HEAD + 'labels:\n    team: a\n  cost: b\n', [
      '8:1  the indentation fits nothing above\nStart the keys of one map in the same column, and close every [ and {.',
    ]);
    answers('colon inside a value', HEAD + 'labels: a: b\n', [
      '6:9  a key and its value stand inside another value\nPut the text in quotes, or its keys on lines of their own.',
    ]);
    answers('no colon', HEAD + 'labels\naws:\n', [
      '6:1  this text runs on into the next line, where a key follows\nWrite `key: value`, a space after the colon.',
    ]);
    answers('open quote', HEAD + 'quotaProject: "acme\n', [
      '6:20  a quote is not closed: the text runs to the end of the file\nClose it where the text ends.',
    ]);
    answers('open bracket', HEAD + 'labels: { a: b\n', [
      '6:15  the indentation fits nothing above\nStart the keys of one map in the same column, and close every [ and {.',
    ]);
    answers('reserved character', HEAD + 'quotaProject: @acme\n', [
      '6:15  a value without quotes cannot start with this character\nPut the value in quotes.',
    ]);
    answers('map as a key', HEAD + '? [a]\n: b\n', ['6:3  a key is a list or a map\nA key is a plain word.']);
    answers('nested too deeply', HEAD + 'labels: ' + '['.repeat(100000), [
      '6:41  more than 32 levels are nested here\nAn environment file needs five.',
    ]);
    answers('control characters', HEAD + 'labels: { a: "b\u0007" }\nregion:\u00a0x\n', [
      '6:16  the character U+0007 is invisible or a control character\nDelete it, or type a plain space or line end instead.',
      '7:8  the character U+00A0 is invisible or a control character\nDelete it, or type a plain space or line end instead.',
    ]);
  });

  describe('files', () => {
    answers('empty', '', ['1:1  the file is empty\nWrite the settings of the environment, or delete the file.']);
    answers('comments only', '# later\n', ['1:1  the file holds no settings\nWrite the settings of the environment, or delete the file.']);
    answers('document mark only', '---\n', ['1:1  the file holds no settings\nWrite the settings of the environment, or delete the file.']);
    answers('a list', '- tier: development\n', ['1:1  the file holds a list\nWrite keys: tier: development, …']);
    answers('a scalar', 'development\n', ['1:1  the file holds a single value\nWrite keys: tier: development, …']);
    answers('null', '~\n', ['1:1  the file holds a single value\nWrite keys: tier: development, …']);
  });
});
