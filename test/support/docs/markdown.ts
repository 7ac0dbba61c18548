export interface Found {
  readonly text: string;
  readonly line: number;
}

const FENCE = /^\s*(`{3,})/;

/** The lines that are no code; Prettier sees to it that fences here have only one form. */
function proseOf(markdown: string): Found[] {
  let fence: string | undefined;
  return markdown.split('\n').flatMap((text, index) => {
    const mark = FENCE.exec(text)?.[1];
    if (fence === undefined && mark === undefined) return [{ text, line: index + 1 }];
    if (fence === undefined) fence = mark;
    else if (text.trim() === fence) fence = undefined;
    return [];
  });
}

const CODE = /(`+)(.+?)\1(?!`)/g;
/** `[text](target)`, `![text](target "title")`, `[name]: target` and `src`, `href`, `srcset` of HTML. */
const LINKS = [/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g, /^\s*\[[^\]]+\]:\s+<?(\S+?)>?\s*$/g, /\s(?:src|href|srcset)="([^"]*)"/g];

export const inlineCodeOf = (markdown: string): Found[] =>
  proseOf(markdown).flatMap(({ text, line }) => [...text.matchAll(CODE)].map(([, , code]) => ({ text: code!.trim(), line })));

/** Targets of links and pictures. */
export const linksOf = (markdown: string): Found[] =>
  proseOf(markdown).flatMap(({ text, line }) => {
    const plain = text.replace(CODE, '``');
    return LINKS.flatMap((pattern) => [...plain.matchAll(pattern)].map(([, target]) => ({ text: target!, line })));
  });

/** What `#anchor` may be: GitHub's names of the headings, and `id`s of HTML. */
export function anchorsOf(markdown: string): Set<string> {
  const seen = new Map<string, number>();
  const anchors = new Set<string>();
  for (const { text } of proseOf(markdown)) {
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
