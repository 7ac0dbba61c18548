import { buildGraph, drawSvg, mermaidOf, summarize } from '../../graph';
import { cardOf } from '../../graph/picture/card';
import { visible } from '../../graph/picture/xml';
import { foreign } from './stacks';

const NAMES = [
  '<script>alert(1)</script>',
  '"]; click b0 href "javascript:alert(1)"',
  '</text></svg><svg onload=alert(1)>',
  '&lt;b&gt; &#60; #60;b#62;',
  'turned \u202Egnp.exe\u202C and \u0000\u0007\u001b[31m control',
  'two\nlines\r\n%%{init: {"theme":"dark"}}%%',
  '1. a list',
  '- and another',
  'end',
  '`code` **bold** $$x$$ \\ \ud800 lone',
  ']]> --> <!-- ${var.x}',
  '長い名前'.repeat(30),
];

const graph = () =>
  summarize(
    buildGraph(
      '<env> & "co" \u202E',
      NAMES.map((name, index) =>
        foreign(
          {
            google_cloud_run_v2_service: {
              s: { name, location: 'l', template: { containers: [{ image: `x/${name}`, args: ['acme:r:d'] }] } },
            },
            google_sql_database_instance: { d: { name, region: 'r', database_version: name } },
            google_cloud_run_v2_service_iam_member: {
              m: { name: '${google_cloud_run_v2_service.s.name}', role: `roles/${name}`, member: `group:${name}` },
            },
          },
          `${name} ${index}`,
        ),
      ),
    ),
  );

/** Tags open and close in order, attributes are quoted, and no character is left that XML reads otherwise. */
function mistakesIn(xml: string): string[] {
  const open: string[] = [];
  const found: string[] = [];
  for (const [tag] of xml.matchAll(/<[^>]*>/g)) {
    const [, close, name = '', attributes = '', self] = /^<(\/?)([a-z]+)((?: [\w:-]+="[^"<]*")*)(\/?)>$/.exec(tag) ?? [];
    if (name === '') found.push(`no tag: ${tag}`);
    else if (close) {
      if (open.pop() !== name) found.push(`closed in vain: ${tag}`);
    } else if (!self) open.push(name);
    if (/ on\w+=|href=/.test(attributes)) found.push(`does something: ${tag}`);
  }
  const texts = xml.replace(/<style>[^<]*<\/style>/, '').replace(/<[^>]*>/g, '');
  if (/&(?!amp;|lt;|gt;|quot;|#39;|#96;)/.test(texts)) found.push('an entity that is none of ours');
  if (/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/.test(xml))
    found.push('a deceptive character');
  return [...found, ...open.map((name) => `never closed: ${name}`)];
}

const TEXT = String.raw`"[^"\n]*"`;

/** Every line that the diagrams are made of; Mermaid's own grammar takes each of them. */
const LINES: readonly RegExp[] = [
  /^flowchart TB$/,
  new RegExp(String.raw`^ *subgraph f\d+\[${TEXT}\]$`),
  /^ *end$/,
  new RegExp(String.raw`^ *(b\d+|f\d+e)(\[${TEXT}\]|\(\[${TEXT}\]\)|\[\(${TEXT}\)\])(:::\w+)?$`),
  new RegExp(String.raw`^ *[bf]\d+ (==>|-\.->)(\|${TEXT}\|)? [bf]\d+$`),
  /^ *classDef [a-z]+ stroke:#[0-9a-f]{6},stroke-width:1\.5px$/,
  /^ *style f\d+ fill:none,stroke:#[0-9a-f]{6},stroke-width:2px,stroke-dasharray:8 5$/,
  /^%% \d+ arrows are left out: a diagram holds no more\.$/,
];

/** Of a text in quotes: only breaks and bold are markup, entities are numbers, and nothing is a directive. */
const isPlain = (text: string): boolean =>
  /^([^<>&#%`\\[\]{}()|;]|<br>|<\/?b>|#\d+;|%(?![%{]))*$/.test(text) && !/(^|<br>|<b>)([-*+]|\d+\.)\s/.test(text);

function refused(diagram: string): string[] {
  const lines = diagram.trimEnd().split('\n');
  const unknown = lines.filter((line) => !LINES.some((known) => known.test(line)));
  const texts = [...diagram.matchAll(/"([^"\n]*)"/g)].map(([, text]) => text!);
  return [...unknown, ...texts.filter((text) => !isPlain(text))];
}

describe('hostile names', () => {
  it('stay text in a picture', async () => {
    const svg = await drawSvg(graph());
    expect(mistakesIn(svg)).toEqual([]);
    expect(svg).toContain('\\u{202e}');
    expect(svg).toMatch(/^<svg [^>]*role="img" aria-labelledby="title desc"/);
    expect(svg).toContain('prefers-color-scheme:dark');
    expect(svg).not.toMatch(/<script|<foreignObject|url\((?!#to-)|@import|@font-face/);
  });

  it('fit as they are drawn, with what cannot be seen spelled out', () => {
    const texts = graph().boxes.flatMap((box) => cardOf(box).rows.map(({ text }) => text));
    expect(texts.filter((text) => text !== visible(text))).toEqual([]);
  });

  it('stay text in a diagram', () => expect(refused(mermaidOf(graph()))).toEqual([]));

  it('are found out by these checks', () => {
    expect(mistakesIn('<g><text x="1">a</g>')).not.toEqual([]);
    expect(mistakesIn('<g>a & b</g>')).not.toEqual([]);
    expect(refused('flowchart TB\n  b0["a"] --> b1')).not.toEqual([]);
    expect(refused('flowchart TB\n  b0["1. a"]:::who')).not.toEqual([]);
    expect(refused('flowchart TB\n  b0["<i>a</i>"]:::who')).not.toEqual([]);
  });
});

describe('the limits of GitHub', () => {
  const many = (count: number) => ({
    title: 'many',
    frames: [],
    boxes: Array.from({ length: 60 }, (_, index) => ({
      id: `b ${index}`,
      kind: 'service' as const,
      what: 'Cloud Run service',
      title: `a service with a name ${index}`,
      lines: [],
      project: '',
      folded: [],
      keys: [],
    })),
    arrows: Array.from({ length: count }, (_, index) => ({
      from: `b ${index % 60}`,
      to: `b ${(index * 7 + 1) % 60}`,
      flow: index % 3 === 0 ? ('data' as const) : ('identity' as const),
      labels: ['a label that is rather long, but not too long for it'],
      because: [],
    })),
  });

  it('are kept: data first, and what is missing is said', () => {
    const text = mermaidOf(many(900));
    expect(text.length).toBeLessThanOrEqual(50_000);
    const kept = text.split('\n').filter((line) => /==>|-\.->/.test(line)).length;
    expect(kept).toBeLessThanOrEqual(500);
    expect(text).toContain(`%% ${900 - kept} arrows are left out`);
    expect(text.split('\n').filter((line) => line.includes('==>'))).toHaveLength(300);
    expect(mermaidOf(many(100))).not.toContain('%%');
  });
});
