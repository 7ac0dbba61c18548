/** A block between fences, without the indentation that it has in a list. */
export interface Fence {
  readonly language: string;
  readonly text: string;
  /** Of the opening fence, from 1. */
  readonly line: number;
  /** Of the line after the closing fence. */
  readonly end: number;
}

export interface Found {
  readonly text: string;
  readonly line: number;
}

const FENCE = /^(\s*)(`{3,}|~{3,})\s*(\S*)/;

/** Blocks, and the lines between them; Prettier sees to it that Markdown here has only one form. */
function split(markdown: string): { fences: Fence[]; prose: Found[] } {
  const fences: Fence[] = [];
  const prose: Found[] = [];
  let open: { indent: number; mark: string; language: string; line: number; lines: string[] } | undefined;
  markdown.split('\n').forEach((text, index) => {
    const line = index + 1;
    const [, indent = '', mark = '', language = ''] = FENCE.exec(text) ?? [];
    if (open === undefined && mark !== '') open = { indent: indent.length, mark, language, line, lines: [] };
    else if (open === undefined) prose.push({ text, line });
    else if (text.trim() === open.mark) {
      fences.push({ language: open.language, text: open.lines.map((each) => `${each}\n`).join(''), line: open.line, end: line + 1 });
      open = undefined;
    } else open.lines.push(text.slice(Math.min(open.indent, text.length - text.trimStart().length)));
  });
  if (open !== undefined) throw new Error(`line ${open.line}: a block that has no end`);
  return { fences, prose };
}

export const fencesOf = (markdown: string): Fence[] => split(markdown).fences;

const CODE = /(`+)(.+?)\1(?!`)/g;
/** `[text](target)`, `![text](target "title")`, `[name]: target` and `src`, `href`, `srcset` of HTML. */
const LINKS = [/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g, /^\s*\[[^\]]+\]:\s+<?(\S+?)>?\s*$/g, /\s(?:src|href|srcset)="([^"]*)"/g];

export const inlineCodeOf = (markdown: string): Found[] =>
  split(markdown).prose.flatMap(({ text, line }) => [...text.matchAll(CODE)].map(([, , code]) => ({ text: code!.trim(), line })));

/** Targets of links and pictures. */
export const linksOf = (markdown: string): Found[] =>
  split(markdown).prose.flatMap(({ text, line }) => {
    const plain = text.replace(CODE, '``');
    return LINKS.flatMap((pattern) => [...plain.matchAll(pattern)].map(([, target]) => ({ text: target!, line })));
  });

/** What `#anchor` may be: GitHub's names of the headings, and `id`s of HTML. */
export function anchorsOf(markdown: string): Set<string> {
  const seen = new Map<string, number>();
  const anchors = new Set<string>();
  for (const { text } of split(markdown).prose) {
    for (const [, id] of text.matchAll(/\s(?:id|name)="([^"]+)"/g)) anchors.add(id!);
    const heading = /^#{1,6}\s+(.*?)\s*#*$/.exec(text)?.[1];
    if (heading === undefined) continue;
    const name = slug(heading);
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    anchors.add(count === 0 ? name : `${name}-${count}`);
  }
  return anchors;
}

/** A heading as GitHub names it: text of links, small letters, no punctuation, hyphens for blanks. */
const slug = (heading: string): string =>
  heading
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    .replace(/ /g, '-');
