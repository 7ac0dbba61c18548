import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '../../cli/commands';
import { blockProblems, mentionProblem } from '../support/docs/commands';
import { inlineCodeOf, linksOf } from '../support/docs/markdown';
import { allPages, ROOT } from '../support/docs/pages';
import { markdownFiles, snippetsOf } from '../support/snippets';

const SHELLS = ['sh', 'bash', 'shell', 'console', 'zsh'];
/** A line that people would type, in a block that is not one of commands. */
const TYPED = /^\s*(\$ )?(npm (ci|test|run) |npx |gcloud |kubectl |terraform )/m;

describe('commands of all pages', () => {
  const pages = allPages();
  const snippets = pages.flatMap(({ path }) => snippetsOf(path));
  const blocks = snippets.filter(({ language }) => SHELLS.includes(language));

  it('are scripts, flags and files that are there, and say where they need an account', async () => {
    const problems: string[] = [];
    for (const { file, line, code } of blocks)
      problems.push(...(await blockProblems(code)).map((problem) => `${file}:${line}: ${problem}`));
    expect(problems).toEqual([]);
    expect(blocks.length).toBeGreaterThan(10);
  });

  it('stand in blocks of the language sh', () => {
    expect(blocks.filter(({ language }) => language !== 'sh').map(({ file, line }) => `${file}:${line}`)).toEqual([]);
    const hidden = snippets.filter(({ language, code }) => language === '' && TYPED.test(code));
    expect(hidden.map(({ file, line }) => `${file}:${line}`)).toEqual([]);
  });

  it('are known in sentences too', async () => {
    const problems: string[] = [];
    for (const { path, text } of pages) {
      for (const { text: code, line } of inlineCodeOf(text)) {
        const problem = await mentionProblem(code);
        if (problem !== undefined) problems.push(`${path}:${line}: ${code}: ${problem}`);
      }
    }
    expect(problems).toEqual([]);
  });
});

describe('the index of the documentation', () => {
  const index = readFileSync(join(ROOT, 'docs/README.md'), 'utf8');

  it('has every command', () => {
    const missing = Object.keys(COMMANDS).filter((name) => !new RegExp(`^\\| \`npm run ${name}\` `, 'm').test(index));
    expect(missing).toEqual([]);
  });

  it('leads to every page', () => {
    const pages = markdownFiles('docs').filter((path) => /^docs\/(guides\/)?[^/]+\.md$/.test(path) && path !== 'docs/README.md');
    const targets = linksOf(index).map(({ text }) => join('docs', text));
    expect(pages.filter((page) => !targets.includes(page))).toEqual([]);
  });
});

describe('the check of commands', () => {
  it.each([
    'npm ci && npm test',
    'npm run check -- environments/dev.yaml',
    'npm run --silent rehearse -- dev --faults google_compute_subnetwork=409',
    'npx cdktf-vertex-gateway rehearse dev',
    "npm run rehearse -- exec dev -- npx cdktf deploy 'dev-*' --auto-approve",
    'npm run rehearse -- --help',
    "# account: yours\nnpx cdktf deploy 'dev-*'",
    '# account: one that may read\ngcloud projects list | jq .',
    '# account: one of the gateway\nnpm run keys -- plan dev',
    'npx jest test/configuration',
    'npm run litellm-keys -- --version 1.107.0 --write',
    '# account: yours\ncurl -H "Authorization: $(gcloud auth print-access-token)" https://example.com',
  ])('is content with %j', async (text) => expect(await blockProblems(text)).toEqual([]));

  it.each([
    ['npm run rehaerse -- dev', 'no such script'],
    ['npm run rehearse -- dev --form HEAD', "unknown option '--form'"],
    ['npm run rehearse dev', '`--` is missing'],
    ['npm run review -- fingerprnt --plans x', "unknown option '--plans'"],
    ['npm run policy -- --fail-on bad', 'Allowed choices are'],
    ['npm run perimeter -- report prod', "required option '--log <file>' not specified"],
    ['npx cdktf-vertex-gateway rehaerse dev', 'there is no command rehaerse'],
    ["npm run rehearse -- exec dev -- npx cdktf depoly 'dev-*'", 'cdktf has no command depoly'],
    ['npx jest test/nowhere', 'test/nowhere is not there'],
    ['npm run litellm-keys -- --vers 1.107.0', 'knows no --vers'],
    ["npx cdktf deploy 'dev-*'", 'needs an account'],
    ['# account: yours\nnpx cdktf deploy dev-inference', 'refuses it without the stacks that dev-inference stands on'],
    ['npm run keys -- plan dev', 'needs an account'],
    ['# account: yours\nnpm run check', 'nothing in it needs an account'],
    ['# account:\ngcloud projects list', 'needs an account'],
    ['npm ci\n# account: yours\ngcloud projects list', 'needs an account'],
    ['frobnicate', 'is not known'],
    ['echo `date`', 'a substitution that cannot be checked'],
    ['echo "$(frobnicate)"', 'is not known'],
  ])('finds what is wrong with %j', async (text, problem) => expect((await blockProblems(text)).join('\n')).toContain(problem));

  it.each([
    ['npm run rehaerse', 'no such script'],
    ['npm run perimeter -- rport staging', "unknown command 'rport'"],
    ['npx cdktf deploy dev-inference', 'refuses it'],
    ['npx cdktf-vertex-gateway chek', 'there is no command chek'],
    ['npm run review -- --al', "unknown option '--al'"],
  ])('finds what is wrong with %j in a sentence', async (text, problem) => expect(await mentionProblem(text)).toContain(problem));

  it.each(['npm run review', 'npm run perimeter -- report staging', 'npm run keys -- plan', 'rehearse --from', 'a `text`'])(
    'is content with %j in a sentence',
    async (text) => expect(await mentionProblem(text)).toBeUndefined(),
  );
});
