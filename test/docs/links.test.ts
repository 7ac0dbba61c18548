import { brokenLinks } from '../support/docs/links';
import { anchorsOf, linksOf } from '../support/docs/markdown';
import { allPages, ROOT } from '../support/docs/pages';
import { withFiles } from '../support/files';

describe('links of all pages', () => {
  it('lead to files and headings that are there', () => {
    const pages = allPages();
    expect(pages.flatMap((page) => brokenLinks(page, ROOT))).toEqual([]);
    expect(pages.flatMap(({ text }) => linksOf(text)).length).toBeGreaterThan(200);
  });
});

describe('the check of links', () => {
  const check = (text: string): string[] =>
    withFiles({ 'docs/a.md': text, 'docs/b.md': '# One heading\n\n## `--flag` & more\n\n## More\n\n## More\n', 'docs/b.png': '' }, (root) =>
      brokenLinks({ path: 'docs/a.md', text }, root),
    );

  it.each([
    '[b](b.md)',
    '[b](./b.md#one-heading)',
    '[b](b.md#--flag--more)',
    '[b](b.md#more-1)',
    '![b](b.png "a picture")',
    '[up](../docs)',
    '# Here\n\n[here](#here)',
    '[out](https://example.com/a?b#c)',
    '`[no](link.md)` and\n\n```\n[no](link.md)\n```',
    '[b]: b.md',
  ])('is content with %j', (text) => expect(check(text)).toEqual([]));

  it.each([
    ['[b](c.md)', 'docs/a.md:1: c.md: no such file'],
    ['\n[b](b.md#two)', 'docs/a.md:2: b.md#two: no such heading; there are one-heading, --flag--more, more, more-1'],
    ['[b](#nowhere)', 'docs/a.md:1: #nowhere: no such heading; there are '],
    ['<img src="c.png">', 'docs/a.md:1: c.png: no such file'],
    ['[b]: c.md', 'docs/a.md:1: c.md: no such file'],
    ['[out](../../etc)', 'docs/a.md:1: ../../etc: leads out of the repository'],
    ['[abs](/docs/b.md)', 'docs/a.md:1: /docs/b.md: leads out of the repository'],
    ['[http](http://example.com)', 'docs/a.md:1: http://example.com: http: instead of https:'],
    ['[host](https://intranet/x)', 'docs/a.md:1: https://intranet/x: a host that is not on the internet'],
    ['[line](b.md#L3)', 'docs/a.md:1: b.md#L3: a line number: it is another one tomorrow'],
    ['`code` [b](c.md) `code`', 'docs/a.md:1: c.md: no such file'],
  ])('finds what is wrong with %j', (text, problem) => expect(check(text)).toEqual([problem]));
});

describe('Markdown', () => {
  it('names headings as GitHub does', () => {
    const text = '# What it does not show\n## [Link](x.md): `code_x`\n## What it does not show\n```\n# no heading\n```\n<a id="own"></a>\n';
    expect([...anchorsOf(text)]).toEqual(['what-it-does-not-show', 'link-code_x', 'what-it-does-not-show-1', 'own']);
  });
});
