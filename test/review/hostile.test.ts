import { jsonDocument, marker } from '../../review';
import { everyFormat, reportOf } from './plans';

const texts = everyFormat(reportOf('hostile'));

/** What a reader of Markdown sees as text: without code spans and fenced blocks, found as CommonMark finds them. */
function outsideCode(markdown: string): string {
  const kept: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.split('\n')) {
    const opening = /^\s*(`{3,})/.exec(line)?.[1];
    if (fence === undefined && opening !== undefined && !line.trim().slice(opening.length).includes('`')) fence = opening;
    else if (fence !== undefined) fence = line.trim() === fence ? undefined : fence;
    else kept.push(line.replace(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, '·'));
  }
  expect(fence).toBeUndefined();
  return kept.join('\n');
}

describe('names and values that want to be more', () => {
  it('stay code in Markdown', () => {
    const rest = outsideCode(texts.markdown);
    for (const wanted of [
      '<script',
      '<img',
      '</summary><',
      '**bold**',
      '@octocat',
      'https://evil',
      'All good',
      '[link]',
      '<!-- plan-review: prod',
    ]) {
      expect(rest).not.toContain(wanted);
    }
    expect(rest.match(/<details>/g)).toHaveLength(rest.match(/<\/details>/g)!.length);
  });

  it('stay text in HTML', () => {
    for (const wanted of ['<script', '<img', 'onerror=alert(1)>', '<!-- plan']) expect(texts.html).not.toContain(wanted);
    expect(texts.html.match(/<details/g)).toHaveLength(texts.html.match(/<\/details>/g)!.length);
  });

  it('hide nothing: characters that turn, control or vanish are written out', () => {
    for (const text of [texts.markdown, texts.html, texts.sarif]) {
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/);
    }
    expect(texts.markdown).toContain('\\u{202e}');
  });

  it('are shortened, and say how long they were', () => {
    expect(texts.markdown).toMatch(/x…\(5002 characters\)…x/);
  });

  it('stand in JSON as they are', () => {
    expect(() => JSON.parse(jsonDocument(reportOf('hostile'), 'dev')) as unknown).not.toThrow();
  });

  it('cannot end the marker of a comment', () => {
    expect(marker('prod --> <b>x')).toBe('<!-- plan-review: prod-b-x -->');
  });
});
