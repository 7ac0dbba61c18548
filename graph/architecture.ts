import { GraphError } from './app';
import { buildGraph } from './build';
import type { Subject } from './environments';
import { mermaidOf } from './picture/mermaid';
import { drawSvg } from './picture/svg';
import { summarize } from './summary';

const BEGIN = '<!-- diagram: begin -->\n';
const END = '<!-- diagram: end -->';

/**
 * The picture of an environment, and a page with its diagram.
 * @param page has two lines between which the diagram stands: `<!-- diagram: begin -->` and `<!-- diagram: end -->`
 * @throws GraphError if it has not
 */
export async function architecture({ name, stacks }: Subject, page: string): Promise<{ readonly picture: string; readonly page: string }> {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new GraphError(`The page has no place for the diagram: ${BEGIN.trim()} and ${END}, a line each.`);
  const graph = summarize(buildGraph(name, stacks));
  const diagram = `\n\`\`\`mermaid\n${mermaidOf(graph)}\`\`\`\n\n`;
  return { picture: await drawSvg(graph), page: page.slice(0, from + BEGIN.length) + diagram + page.slice(to) };
}
