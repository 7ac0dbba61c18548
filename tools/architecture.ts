import { buildGraph, drawSvg, mermaidOf, type Subject, summarize } from '../graph';
import { betweenMarkers } from './between-markers';

/** Where the page is that has the diagram of an environment. */
export const PAGE = 'docs/architecture.md';

/** The picture of an environment, and the page with its diagram. */
export async function architecture({ name, stacks }: Subject, page: string): Promise<{ readonly picture: string; readonly page: string }> {
  const graph = summarize(buildGraph(name, stacks));
  const diagram = `\n\`\`\`mermaid\n${mermaidOf(graph)}\`\`\`\n\n`;
  return {
    picture: await drawSvg(graph),
    page: betweenMarkers(page, PAGE, '<!-- diagram: begin -->', '<!-- diagram: end -->', diagram),
  };
}
