import { parseAllDocuments } from 'yaml';
import { fragmentProblems, isFragment } from '../support/docs/environment-fragments';
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
