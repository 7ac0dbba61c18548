import { withFiles } from '../support/files';
import { typeErrors } from '../support/snippet-types';
import { markdownFiles, snippetsOf } from '../support/snippets';

const files = markdownFiles();

describe('snippets', () => {
  it('are found with their line, language and code, also in lists and within longer fences', () => {
    const text = '# Title\n\n1. Do:\n\n   ```sh\n   one\n     two\n   ```\n\n````md\n```ts\nx\n```\n````\n';
    const found = withFiles({ 'page.md': text }, (directory) => snippetsOf(`${directory}/page.md`));
    expect(found.map(({ line, language, code }) => ({ line, language, code }))).toEqual([
      { line: 6, language: 'sh', code: 'one\n  two\n' },
      { line: 11, language: 'md', code: '```ts\nx\n```\n' },
    ]);
  });

  it('are looked for in every folder', () => {
    expect(files).toEqual(expect.arrayContaining(['README.md', 'constructs/gateway/database/README.md', 'docs/workflow.md']));
  });
});

describe('TypeScript in Markdown', () => {
  const snippets = files.flatMap(snippetsOf).filter(({ language }) => ['ts', 'typescript'].includes(language));

  it('type-checks, each block as a module of its own', () => {
    const wrong = { file: 'README.md', line: 7, language: 'ts', info: '', code: "const port: number = 'none';\n" };
    const [first, ...others] = typeErrors([wrong, ...snippets]);
    expect(first).toBe("README.md:7:7: Type 'string' is not assignable to type 'number'.");
    expect(others).toEqual([]);
  });
});
