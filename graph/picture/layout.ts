import type { ELK as Elk, ElkEdgeSection, ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api';
import type { Arrow, Box, Graph } from '../model';
import { cardOf, type Card } from './card';
import { componentsOf } from './components';
import { costOf } from './cost';
import { fitted, widthOf, type Font } from './metrics';
import type { Layout, Point, Rect } from './placed';
import { visible } from './xml';

export const LABEL_FONT: Font = { size: 11 };

const LABEL_HEIGHT = 14;

/** In pixels; longer ones are cut. */
const MAX_LABEL = 140;

export const FRAME_FONT: Font = { size: 13.5, bold: true };

/** https://eclipse.dev/elk/reference/options.html */
const OPTIONS: Readonly<Record<string, string>> = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.padding': '[left=8,top=8,right=8,bottom=8]',
  'elk.spacing.nodeNode': '16',
  'elk.spacing.edgeNode': '11',
  'elk.spacing.edgeEdge': '10',
  'elk.spacing.edgeLabel': '3',
  'elk.spacing.componentComponent': '24',
  'elk.layered.spacing.nodeNodeBetweenLayers': '30',
  'elk.layered.spacing.edgeNodeBetweenLayers': '14',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '11',
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
};

const FRAME_OPTIONS: Readonly<Record<string, string>> = { 'elk.padding': '[left=11,top=34,right=11,bottom=11]' };

/** Data decides what stands above what. */
const priorityOf = ({ flow }: Arrow): string => (flow === 'data' ? '10' : '1');

function nodesIn(parent: string | undefined, graph: Graph, cards: ReadonlyMap<Box, Card>): ElkNode[] {
  const frames = graph.frames
    .filter((frame) => frame.parent === parent)
    .map((frame): ElkNode => {
      const children = nodesIn(frame.id, graph, cards);
      const empty = { width: Math.ceil(widthOf(visible(frame.title), FRAME_FONT)) + 28, height: 48 };
      return { id: frame.id, layoutOptions: { ...FRAME_OPTIONS }, ...(children.length > 0 ? { children } : empty) };
    });
  const boxes = graph.boxes
    .filter(({ frame }) => frame === parent)
    .map((box): ElkNode => {
      const { width, height } = cards.get(box)!;
      return { id: box.id, width, height };
    });
  return [...boxes, ...frames];
}

const labelsOf = ({ labels }: Arrow): ElkExtendedEdge['labels'] => {
  const text = fitted(visible(labels.slice(0, 2).join(', ')), MAX_LABEL, LABEL_FONT);
  return text === ''
    ? []
    : [{ text, width: Math.ceil(widthOf(text, LABEL_FONT)) + 6, height: LABEL_HEIGHT, layoutOptions: { 'elk.edgeLabels.inline': 'true' } }];
};

function* nodesOf(node: ElkNode): Generator<ElkNode> {
  yield node;
  for (const child of node.children ?? []) yield* nodesOf(child);
}

const pointsOf = (sections: readonly ElkEdgeSection[] = []): Point[] =>
  sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint]);

const rect = ({ x = 0, y = 0, width = 0, height = 0 }: Partial<Rect>): Rect => ({ x, y, width, height });

/** What stands alone in a frame goes below something else there, so that frames grow down and not aside: ids, from above to below. */
function columns({ boxes, arrows }: Graph): (readonly [string, string])[] {
  const from = new Set(arrows.map((arrow) => arrow.from));
  const connected = new Set(arrows.flatMap((arrow) => [arrow.from, arrow.to]));
  return boxes.flatMap(({ id, frame }): (readonly [string, string])[] => {
    if (connected.has(id) || frame === undefined) return [];
    const others = boxes.filter((box) => box.frame === frame && connected.has(box.id));
    const above = others.find((box) => !from.has(box.id)) ?? others[0];
    return above ? [[above.id, id]] : [];
  });
}

async function layOutOnce(elk: Elk, graph: Graph, attempt: Readonly<Record<string, string>>): Promise<Layout> {
  const cards = new Map(graph.boxes.map((box) => [box, cardOf(box)]));
  const drawn = graph.arrows.map((arrow, index): ElkExtendedEdge => ({
    id: `arrow ${index}`,
    sources: [arrow.from],
    targets: [arrow.to],
    labels: labelsOf(arrow) ?? [],
    layoutOptions: { 'elk.layered.priority.direction': priorityOf(arrow), 'elk.layered.priority.shortness': priorityOf(arrow) },
  }));
  const hidden = columns(graph).map(([above, below], index): ElkExtendedEdge => ({
    id: `column ${index}`,
    sources: [above],
    targets: [below],
  }));
  const root: ElkNode & { readonly edges?: ElkExtendedEdge[] } = await elk.layout({
    id: 'picture',
    layoutOptions: { ...OPTIONS, ...attempt },
    children: nodesIn(undefined, graph, cards),
    edges: [...drawn, ...hidden],
  });
  const placed = new Map([...nodesOf(root)].map((node) => [node.id, rect(node)]));
  return {
    width: Math.ceil(root.width ?? 0),
    height: Math.ceil(root.height ?? 0),
    boxes: graph.boxes.map((box) => ({ box, card: cards.get(box)!, ...placed.get(box.id)! })),
    frames: graph.frames.map((frame) => ({ frame, ...placed.get(frame.id)! })),
    arrows: (root.edges ?? []).slice(0, drawn.length).map((edge, index) => {
      const [label] = edge.labels ?? [];
      return {
        arrow: graph.arrows[index]!,
        points: pointsOf(edge.sections),
        ...(label && { label: { ...rect(label), text: label.text ?? '' } }),
      };
    }),
  };
}

/** Layered layout begins with a random order: some beginnings end better than others. The same ones are tried each time. */
const ATTEMPTS: readonly Readonly<Record<string, string>>[] = ['BRANDES_KOEPF', 'NETWORK_SIMPLEX'].flatMap((placement) =>
  ['NONE', 'NODES_AND_EDGES'].flatMap((order) =>
    ['1', '2'].map((seed) => ({
      'elk.layered.nodePlacement.strategy': placement,
      'elk.layered.considerModelOrder.strategy': order,
      'elk.randomSeed': seed,
    })),
  ),
);

/** Many boxes take long, and nobody looks at them as one picture. */
const MANY = 40;

async function layOutPart(elk: Elk, graph: Graph): Promise<Layout> {
  const attempts = ATTEMPTS.slice(0, graph.arrows.length < 3 || graph.boxes.length > MANY ? 1 : undefined);
  let best: { readonly layout: Layout; readonly cost: number } | undefined;
  for (const attempt of attempts) {
    const layout = await layOutOnce(elk, graph, attempt);
    const cost = costOf(layout);
    if (best === undefined || cost < best.cost) best = { layout, cost };
  }
  return best!.layout;
}

const moved = <T extends Point>(thing: T, by: Point): T => ({ ...thing, x: thing.x + by.x, y: thing.y + by.y });

/** Puts parts below the first one, beside each other where there is room. */
function packed(parts: readonly Layout[]): Layout {
  const widest = Math.max(0, ...parts.map(({ width }) => width));
  let [x, y, row] = [0, 0, 0];
  let all: Layout = { width: widest, height: 0, boxes: [], frames: [], arrows: [] };
  for (const part of parts) {
    if (x > 0 && x + part.width > widest) [x, y, row] = [0, y + row, 0];
    const by = { x, y };
    all = {
      width: widest,
      height: Math.max(all.height, y + part.height),
      boxes: [...all.boxes, ...part.boxes.map((box) => moved(box, by))],
      frames: [...all.frames, ...part.frames.map((frame) => moved(frame, by))],
      arrows: [
        ...all.arrows,
        ...part.arrows.map(({ arrow, points, label }) => ({
          arrow,
          points: points.map((point) => moved(point, by)),
          ...(label && { label: moved(label, by) }),
        })),
      ],
    };
    x += part.width;
    row = Math.max(row, part.height);
  }
  return all;
}

/** Places boxes, frames and arrows so that nothing covers anything. The same graph is always placed alike. */
export async function layOut(graph: Graph): Promise<Layout> {
  // Loaded here: it is 1.6 MB, and only pictures need it.
  const { default: ELK } = await import('elkjs/lib/elk.bundled.js');
  const elk = new ELK();
  const parts: Layout[] = [];
  for (const part of componentsOf(graph)) parts.push(await layOutPart(elk, part));
  return packed(parts);
}
