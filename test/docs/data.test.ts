import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { fragmentProblems, isFragment } from '../support/docs/environment-fragments';
import { ROOT } from '../support/docs/pages';
import { withFiles } from '../support/files';
import { describeWith, python } from '../support/requirements';
import { markdownFiles, snippetsOf } from '../support/snippets';

const snippets = markdownFiles().flatMap((file) => snippetsOf(file));
const of = (...languages: string[]) => snippets.filter(({ language }) => languages.includes(language));

const documentsOf = (text: string) =>
  parseAllDocuments(text).map((document) => {
    if (document.errors.length > 0) throw new Error(document.errors[0]!.message);
    return document.toJS() as unknown;
  });

describe('YAML and JSON of all pages', () => {
  it('are YAML, and what is of an environment file is right', () => {
    const problems = of('yaml', 'yml').flatMap(({ file, line, code }) => {
      try {
        return documentsOf(code)
          .filter(isFragment)
          .flatMap(fragmentProblems)
          .map((problem) => `${file}:${line}: ${problem}`);
      } catch (error) {
        return [`${file}:${line}: ${(error as Error).message}`];
      }
    });
    expect(problems).toEqual([]);
  });

  it('are JSON', () => {
    for (const { file, line, code } of of('json')) {
      try {
        JSON.parse(code);
      } catch (error) {
        throw new Error(`${file}:${line}: ${(error as Error).message}`);
      }
    }
  });
});

describe('programs of all pages', () => {
  it('are JavaScript modules, where they say so', () => {
    const files = Object.fromEntries(of('js').map(({ code }, index) => [`${index}.mjs`, code]));
    const said = withFiles(files, (directory) =>
      Object.keys(files).map((file) => spawnSync(process.execPath, ['--check', join(directory, file)], { encoding: 'utf8' }).stderr),
    );
    expect(said.filter((each) => each !== '')).toEqual([]);
  });

  it('change files as they are, where they are shown as a difference', () => {
    for (const { file, line, code } of of('diff')) {
      const [first = '', ...lines] = code.trimEnd().split('\n');
      const path = /^ # (environments\/\S+)$/.exec(first)?.[1];
      const before = lines.filter((each) => !each.startsWith('+')).map((each) => each.slice(1));
      let rest = readFileSync(join(ROOT, path ?? `${file}:${line} names no file in its first line`), 'utf8').split('\n');
      for (const each of before) {
        expect(rest).toContain(each);
        rest = rest.slice(rest.indexOf(each) + 1);
      }
    }
  });

  it('are in languages that something checks', () => {
    // Text is output, compared where it is cheap (run.test.ts); Mermaid is GitHub's to draw; TypeScript is compiled by snippets.test.ts.
    const known = ['sh', 'text', 'yaml', 'json', 'ts', 'js', 'python', 'diff', 'mermaid', ''];
    expect(snippets.filter(({ language }) => !known.includes(language)).map(({ file, line }) => `${file}:${line}`)).toEqual([]);
  });
});

describeWith(python(), 'Python of all pages', () => {
  it('compiles', () => {
    for (const { file, line, code } of of('python')) {
      const { status, stderr } = spawnSync('python3', ['-c', 'import ast, sys; ast.parse(sys.stdin.read())'], {
        input: code,
        encoding: 'utf8',
      });
      expect({ place: `${file}:${line}`, status, stderr }).toEqual({ place: `${file}:${line}`, status: 0, stderr: '' });
    }
  });
});

describe('the check of environment files in pages', () => {
  it.each([
    'endpoints: {support-chat: {models: {stable: {traffic: 80}, candidate: {traffic: 20}}}}',
    'perimeter: {mode: dry-run}',
    'tier: development\nproject: {id: acme-x-dev, number: "123456789012"}\nregion: europe-west4\nnetwork: {subnet: 10.0.0.0/24, nat: true}',
  ])('is content with %j', (text) => expect(documentsOf(text).filter(isFragment).flatMap(fragmentProblems)).toEqual([]));

  it.each([
    ['endpoints: {support-chat: {models: {stable: {traffic: 80}, candidate: {traffic: 30}}}}', 'sum'],
    ['network: {subnett: 10.0.0.0/24}', 'subnet'],
    ['gateway: {keys: {new-key: {team: nobody}}}', 'nobody'],
  ])('finds what is wrong with %j', (text, problem) =>
    expect(documentsOf(text).filter(isFragment).flatMap(fragmentProblems).join()).toContain(problem),
  );

  it('takes other YAML for what it is', () => expect(documentsOf('on: push\njobs: {}').filter(isFragment)).toEqual([]));
});
