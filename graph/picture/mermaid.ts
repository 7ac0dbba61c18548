import type { Arrow, Box, Frame, Graph, Item, Kind } from '../model';
import { FAMILY, type Family } from './colours';
import { visible } from './xml';

/** What GitHub lets Mermaid draw: characters of a diagram, and arrows in it. https://mermaid.js.org/config/schema-docs/config.html */
const LIMITS = { characters: 50_000, arrows: 500 };

/** Inside quotes Mermaid reads entities, and the browser what is markup: neither shall be found in a name. */
const quoted = (text: string): string =>
  visible(text)
    .replace(/[#&<>"'`\\[\]{}()|;]|%(?=[%{])/g, (character) => `#${character.codePointAt(0)!};`)
    // At the start of a text, Mermaid would take it for a list of Markdown, and refuse to draw it.
    .replace(/^([-*+]|\d+\.)(?=\s)/, '$1#8203;');

const shortened = (text: string, length: number): string => {
  const characters = [...visible(text)];
  return characters.length <= length ? characters.join('') : `${characters.slice(0, length - 9).join('')}…${characters.slice(-8).join('')}`;
};

const LONGEST = 40;

const line = (text: string): string => quoted(shortened(text, LONGEST));

const listed = ({ what, title, lines }: Item): string =>
  line([title, what === '' ? lines.join(', ') : what].filter((text) => text !== '').join(' · '));

/** More lines than this are counted. */
const MAX_LINES = 5;

function labelOf(box: Box): string {
  if (box.kind === 'rest') return (box.items ?? []).map(listed).join('<br>');
  const [kept, more] =
    box.lines.length > MAX_LINES ? [box.lines.slice(0, MAX_LINES - 1), box.lines.length - MAX_LINES + 1] : [box.lines, 0];
  const what = box.what === '' ? [] : [line(box.what)];
  return [...what, `<b>${line(box.title)}</b>`, ...kept.map(line), ...(more > 0 ? [`and ${more} more`] : [])].join('<br>');
}

/** Shapes that people know: data in a drum, people in a rounded box. */
const SHAPES: Partial<Record<Kind, readonly [string, string]>> = {
  database: ['[(', ')]'],
  cache: ['[(', ')]'],
  storage: ['[(', ')]'],
  people: ['([', '])'],
  workload: ['([', '])'],
  pipeline: ['([', '])'],
  anyone: ['([', '])'],
};

const ARROWS: Readonly<Record<Arrow['flow'], string>> = {
  data: '==>',
  identity: '-.->',
  encryption: '-.->',
  network: '-.->',
  images: '-.->',
};

/** Strokes only: the theme, light or dark, keeps its own grounds and texts. */
const STROKES: Readonly<Record<Family, string>> = {
  who: '#6e7781',
  way: '#388bfd',
  run: '#2da44e',
  model: '#bf8700',
  store: '#1b9aaa',
  guard: '#a475f9',
  rest: '#6e7781',
};

/** Lines of a Mermaid flowchart. Ids are short: b3, f1. */
class Chart {
  private readonly ids = new Map<string, string>();

  constructor(private readonly graph: Graph) {
    graph.boxes.forEach(({ id }, index) => this.ids.set(id, `b${index}`));
    graph.frames.forEach(({ id }, index) => this.ids.set(id, `f${index}`));
  }

  text(arrows: readonly Arrow[]): string {
    const families = [...new Set(this.graph.boxes.map(({ kind }) => FAMILY[kind]))];
    const lines = [
      'flowchart TB',
      ...this.inside(undefined, '  '),
      ...arrows.flatMap((arrow) => this.arrow(arrow)),
      ...families.map((family) => `  classDef ${family} stroke:${STROKES[family]},stroke-width:1.5px`),
      ...this.graph.frames
        .filter(({ kind }) => kind === 'perimeter')
        .map(({ id }) => `  style ${this.ids.get(id)} fill:none,stroke:#d4691a,stroke-width:2px,stroke-dasharray:8 5`),
    ];
    return `${lines.join('\n')}\n`;
  }

  private inside(parent: string | undefined, indent: string): string[] {
    return [
      ...this.graph.boxes.filter(({ frame }) => frame === parent).map((box) => `${indent}${this.box(box)}`),
      ...this.graph.frames.filter((frame) => frame.parent === parent).flatMap((frame) => this.frame(frame, indent)),
    ];
  }

  private frame({ id, title, lines }: Frame, indent: string): string[] {
    const content = this.inside(id, `${indent}  `);
    if (content.length === 0) content.push(`${indent}  ${this.ids.get(id)}e[" "]`);
    return [
      `${indent}subgraph ${this.ids.get(id)}["${[line(title), ...lines.slice(0, 1).map(line)].join(' · ')}"]`,
      ...content,
      `${indent}end`,
    ];
  }

  private box(box: Box): string {
    const [open, close] = SHAPES[box.kind] ?? ['[', ']'];
    return `${this.ids.get(box.id)}${open}"${labelOf(box)}"${close}:::${FAMILY[box.kind]}`;
  }

  private arrow({ from, to, flow, labels: [label] }: Arrow): string[] {
    const [start, end] = [this.ids.get(from), this.ids.get(to)];
    if (start === undefined || end === undefined) return [];
    return [`  ${start} ${ARROWS[flow]}${label === undefined ? '' : `|"${line(label)}"|`} ${end}`];
  }
}

const byWeight = (one: Arrow, other: Arrow): number => Number(other.flow === 'data') - Number(one.flow === 'data');

/**
 * The graph for Mermaid, as GitHub draws it: data in thick lines, identity in dotted ones. Where GitHub's limits leave no room for all
 * arrows, those for data stay first, and a note says how many are missing.
 */
export function mermaidOf(graph: Graph): string {
  const chart = new Chart(graph);
  const arrows = [...graph.arrows].sort(byWeight);
  const note = (missing: number): string => (missing === 0 ? '' : `%% ${missing} arrows are left out: a diagram holds no more.\n`);
  for (let kept = Math.min(arrows.length, LIMITS.arrows); ; kept = Math.floor(kept * 0.8)) {
    const text = chart.text(arrows.slice(0, kept)) + note(arrows.length - kept);
    if (text.length <= LIMITS.characters || kept === 0) return text;
  }
}
