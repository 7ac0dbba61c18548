export { GraphError, readApp, type SynthesizedStack } from './app';
export { buildGraph } from './build';
export { environmentsOf, type Subject } from './environments';
export type { Arrow, Box, Flow, Frame, Graph, Item, Kind } from './model';
export { mermaidOf } from './picture/mermaid';
export { drawSvg } from './picture/svg';
export { summarize, type Look } from './summary';
