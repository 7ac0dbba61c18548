import { missingLine } from '../support/docs/expected';
import { Scratch } from '../support/docs/scratch';
import { parseShell } from '../support/docs/shell';
import { describeWith, terraform } from '../support/requirements';
import { markdownFiles, snippetsOf, type Snippet } from '../support/snippets';

const PAGES = ['README.md', 'docs/README.md', ...markdownFiles('docs/guides')];
const FROM_HEAD = 'npm run rehearse -- dev --from HEAD';

/** A machine that runs everything at once; no figure depends on it. */
const PATIENCE = 600_000;

/** What is not run here, and where it is instead. Everything else that needs no account is. */
const ELSEWHERE: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/^npm (ci|test)$/, 'is what brought this test here'],
  [/^npm (install|pack) /, 'test/package installs what is packed'],
  [/cdktf-vertex-gateway init/, 'test/init runs it, and rehearses what it writes'],
  [/^npm run rehearse -- (prod|dev --destroy|dev --keep)/, 'as dev, with more of it: test/rehearsal, test/stacks'],
  [/^npm run models$/, 'judges on the day on which it is run: test/cli/models.test.ts'],
  [/^npm run review -- prod/, 'test/cli/review.test.ts'],
  [/^npm run perimeter -- (report|promote) /, 'need a log of two weeks: test/cli/perimeter.test.ts'],
  [/^npm run (after-cdktf|export)/, 'test/after-cdktf, test/export'],
  [/^(jq|mv) /, 'between two rehearsals that are not run here'],
];

const notHere = (command: string): boolean => ELSEWHERE.some(([pattern]) => pattern.test(command));

const snippets = PAGES.flatMap((page) => snippetsOf(page));
const local = snippets.filter(({ language, code }) => language === 'sh' && !code.startsWith('# account: '));
const commands = [...new Set(local.flatMap(({ code }) => lines(code)))];

/** A line is what people copy: with its redirections, and without its comment. */
function lines(code: string): string[] {
  const { commands: parsed } = parseShell(code);
  return parsed.map(({ source, line }) => {
    const whole = code.split('\n')[line]!.replace(/\s+#.*$/, '');
    return whole.includes('&&') || whole.endsWith('\\') ? source : whole;
  });
}

/** Blocks of expected output: each is of the last command of the block before it on the page. */
function promises(command: string): { readonly snippet: Snippet }[] {
  return PAGES.flatMap((page) => {
    const all = snippetsOf(page);
    return all.flatMap((snippet, index) => {
      const before = all
        .slice(0, index)
        .filter(({ language }) => language === 'sh')
        .at(-1);
      const follows = snippet.language === 'text' && before !== undefined && lines(before.code).at(-1) === command;
      return follows ? [{ snippet }] : [];
    });
  });
}

function broken(command: string, output: string): string[] {
  return promises(command).flatMap(({ snippet: { file, line, code } }) => {
    const missing = missingLine(code, output);
    return missing === undefined ? [] : [`${file}:${line}: ${command} does not say: ${missing}`];
  });
}

describeWith(terraform(), 'commands of the README and the guides', () => {
  let scratch: Scratch;
  beforeAll(() => (scratch = new Scratch()));
  afterAll(() => scratch.remove());

  const cheap = commands.filter((command) => !notHere(command) && command !== FROM_HEAD);

  it.each(cheap)(
    '%s',
    (command) => {
      const { status, stdout, stderr } = scratch.run(command);
      expect({ command, status, said: status === 0 ? '' : `${stdout}${stderr}`.slice(-3000) }).toEqual({ command, status: 0, said: '' });
      expect(broken(command, stdout)).toEqual([]);
    },
    PATIENCE,
  );

  it(
    `${FROM_HEAD}, after the edits that guides show before it`,
    () => {
      for (const page of ['docs/guides/shift-traffic.md', 'docs/guides/rotate-keys.md']) {
        const all = snippetsOf(page);
        const place = all.findIndex(({ language, code }) => language === 'sh' && lines(code).includes(FROM_HEAD));
        const edit = all
          .slice(0, place)
          .filter(({ language }) => language === 'yaml')
          .at(-1)!;
        expect(edit.code).toMatch(/^# environments\/dev\.yaml\n/);
        scratch.edit('environments/dev.yaml', edit.code);
      }
      const { status, stdout, stderr } = scratch.run(FROM_HEAD);
      expect({ status, said: stderr.slice(-3000) }).toEqual({ status: 0, said: '' });
      expect(broken(FROM_HEAD, stdout)).toEqual([]);
      expect(promises(FROM_HEAD).length).toBe(2);
    },
    PATIENCE,
  );

  it('are run, unless it is said where else they are', () => {
    expect(cheap).toEqual(expect.arrayContaining(['npm run rehearse -- dev', 'npm run check']));
    expect(promises('npm run rehearse -- dev').length).toBeGreaterThan(0);
    const idle = ELSEWHERE.filter(([pattern]) => !commands.some((command) => pattern.test(command)));
    expect(idle).toEqual([]);
  });
});

describe('the check of expected output', () => {
  const output =
    'synthesizing\nupgraded from HEAD (0000000):\na: 12 created\n5 stacks, 174 resources, 7.5 s with terraform 1.11.4\nupgraded from HEAD (5bc9d4d645):\nthe end\n';

  it.each([
    '...\n4 stacks, 114 resources, 14.25 s with terraform 1.12.0\n...\n',
    'synthesizing\nupgraded from HEAD (1111111):\na: 3 created\n',
    '...\n  upgraded from HEAD (fae563f140):\n  the end\n',
  ])('is content with %j', (promised) => expect(missingLine(promised, output)).toBeUndefined());

  it.each([
    ['...\n5 stacks, 174 ressources', '5 stacks, 174 ressources'],
    ['synthesizing\n5 stacks, 174 resources, 7.5 s with terraform 1.11.4', '5 stacks, 174 resources, 7.5 s with terraform 1.11.4'],
    ['...\n5 stacks, 1 resources, 7.5 s with terraform 1.11.4\nno', 'no'],
    ['...\nthe end\n...\na: 12 created', 'a: 12 created'],
  ])('finds what is wrong with %j', (promised, line) => expect(missingLine(promised, output)).toBe(line));
});
