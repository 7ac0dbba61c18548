import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { betweenMarkers } from '../between-markers';
import { createsText, madeBy } from './creates';
import { cell, documentationOf, table } from './documentation';
import { createdBy, runExample } from './example';
import { optionsOf } from './options';
import { permissionsOf } from './permissions';
import { type ConstructClass, ROOT, type Source } from './source';
import { relativePath } from './type-text';

/** A page whose generated parts are new. */
export interface Page {
  /** From the root of the repository. */
  readonly file: string;
  readonly text: string;
}

export const INDEX = 'docs/constructs.md';

/** Parts of every page that follow from the code, in their order; what a person writes stands around them. */
type Part = 'options' | 'creates' | 'permissions';

/** A page with its parts as they follow from the code. What a person has written stays. @throws Error where the page or a marker is missing */
export function pageOf(construct: ConstructClass, source: Source): Page {
  const path = join(ROOT, construct.page);
  if (!existsSync(path))
    throw new Error(`${construct.name} has no page: write ${construct.page}, as its neighbours are (see docs/decisions/0097).`);
  const written = readFileSync(path, 'utf8');
  const stack = runExample(firstExample(written, construct.page));
  const made = createdBy(stack, namesOf(source));
  const parts: Record<Part, string> = {
    options: optionsOf(construct, source),
    creates: createsText(construct, made, source),
    permissions: permissionsOf(madeBy(construct, made)),
  };
  const text = Object.entries(parts).reduce((page, [part, generated]) => replaced(page, part, generated, construct.page), written);
  return { file: construct.page, text };
}

/** The list of all constructs. */
export function indexPage(source: Source): Page {
  const rows = source.constructs.map(({ name, page, folder, symbol }) => [
    `[\`${name}\`](${relativePath(INDEX, page)})`,
    `[${folder.split('/')[1]}](${relativePath(INDEX, `${folder}/README.md`)})`,
    cell(firstSentence(documentationOf(symbol, source.checker).text)),
  ]);
  const generated = table(['Construct', 'In `cdktf-vertex-gateway/`', 'What it is'], rows);
  return { file: INDEX, text: replaced(readFileSync(join(ROOT, INDEX), 'utf8'), 'constructs', generated, INDEX) };
}

/** READMEs of folders with several constructs, with the list of their pages. */
export function folderPages({ constructs }: Source): Page[] {
  const folders = new Set(constructs.filter(({ page }) => !page.endsWith('/README.md')).map(({ folder }) => folder));
  return [...folders].map((folder) => {
    const file = `${folder}/README.md`;
    const links = constructs
      .filter((construct) => `${construct.folder}/`.startsWith(`${folder}/`))
      .map(({ name, page }) => `[${name}](${relativePath(file, page)})`);
    return { file, text: replaced(readFileSync(join(ROOT, file), 'utf8'), 'pages', `One page a construct: ${links.join(', ')}.`, file) };
  });
}

/** Every page, as it ought to be. */
export const allPages = (source: Source): (() => Page | Page[])[] => [
  ...source.constructs.map((construct) => () => pageOf(construct, source)),
  () => folderPages(source),
  () => indexPage(source),
];

/** Constructs that a reader finds a page of. What `core` has is how others are made, not who made it. */
const namesOf = ({ constructs }: Source): string[] =>
  constructs.filter(({ folder }) => folder !== 'constructs/core').map(({ name }) => name);

/** The smallest example stands first. */
function firstExample(text: string, page: string): string {
  const code = /^```ts\n(.*?)^```/ms.exec(text)?.[1];
  if (code === undefined) throw new Error(`${page} has no example: a block of TypeScript that uses the construct on a \`stack\`.`);
  return code;
}

/** The text with what stands between a part's two markers exchanged. */
function replaced(page: string, part: string, generated: string, file: string): string {
  // Prettier would pad every cell to the longest of its column.
  const block = `<!-- prettier-ignore-start -->\n\n${generated}\n\n<!-- prettier-ignore-end -->\n`;
  return betweenMarkers(page, file, `<!-- ${part}: begin -->`, `<!-- ${part}: end -->`, block);
}

const firstSentence = (text: string): string => /^.*?[.:](?= |$)/.exec(text)?.[0].replace(/:$/, '.') ?? text;
