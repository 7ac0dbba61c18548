import type { Graph, Kind } from '../../graph';
import { cardOf, FONTS } from '../../graph/picture/card';
import { layOut } from '../../graph/picture/layout';
import { widthOf } from '../../graph/picture/metrics';
import type { Layout, Point, Rect } from '../../graph/picture/placed';
import { svgOf } from '../../graph/picture/svg';
import { buildGraph, summarize } from '../../graph';
import { synthesized } from './stacks';

const KINDS: readonly Kind[] = ['service', 'database', 'secret', 'endpoint', 'storage', 'account'];

/** Frames in a frame, long names, boxes without arrows, arrows to frames and back. */
const tangle = (): Graph => {
  const boxes = Array.from({ length: 14 }, (_, index) => ({
    id: `box ${index}`,
    kind: KINDS[index % KINDS.length]!,
    what: 'Something of a kind',
    title: index % 3 === 0 ? `a-name-that-is-much-too-long-for-any-box-${index}`.repeat(3) : `name-${index}`,
    lines: Array.from({ length: index % 8 }, (_line, at) => `line ${at} with MANY wide letters WWWWWWWW`),
    project: '',
    folded: [],
    keys: index % 4 === 0 ? ['own'] : [],
    ...(index > 2 && { frame: `stack ${index % 3}` }),
  }));
  return {
    title: 'a tangle',
    frames: [
      { id: 'around', kind: 'perimeter', title: 'Service perimeter', lines: ['enforced'] },
      ...[0, 1, 2].map((index) => ({
        id: `stack ${index}`,
        kind: 'stack' as const,
        title: `stack-${index}`,
        lines: ['many resources'],
        ...(index < 2 && { parent: 'around' }),
      })),
      { id: 'empty', kind: 'perimeter', title: 'A perimeter around nothing that is drawn', lines: [] },
    ],
    boxes,
    arrows: Array.from({ length: 18 }, (_, index) => ({
      from: `box ${(index * 5) % 12}`,
      to: index === 4 ? 'around' : `box ${(index * 7 + 3) % 12}`,
      flow: index % 2 === 0 ? ('data' as const) : ('identity' as const),
      labels: index % 5 === 0 ? [] : ['a label'],
      because: ['the test'],
    })).filter(({ from, to }) => from !== to),
  };
};

const overlap = (one: Rect, other: Rect): boolean =>
  one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height;

const holds = (outer: Rect, inner: Rect): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

/** On the border, within half a pixel. */
const touches = ({ x, y, width, height }: Rect, point: Point): boolean =>
  overlap({ x: x - 0.5, y: y - 0.5, width: width + 1, height: height + 1 }, { ...point, width: 0, height: 0 }) &&
  !overlap({ x: x + 0.5, y: y + 0.5, width: width - 1, height: height - 1 }, { ...point, width: 0, height: 0 });

function mistakes({ boxes, frames, arrows, width, height }: Layout): string[] {
  const rects = new Map<string, Rect>([
    ...boxes.map((box) => [box.box.id, box] as const),
    ...frames.map((frame) => [frame.frame.id, frame] as const),
  ]);
  const parents = new Map([
    ...boxes.map(({ box }) => [box.id, box.frame] as const),
    ...frames.map(({ frame }) => [frame.id, frame.parent] as const),
  ]);
  const found: string[] = [];
  for (const [id, rect] of rects) {
    const parent = parents.get(id);
    if (!holds(parent === undefined ? { x: 0, y: 0, width, height } : rects.get(parent)!, rect))
      found.push(`${id} leaves ${parent ?? 'the picture'}`);
    for (const [other, another] of rects)
      if (id < other && parents.get(other) === parent && overlap(rect, another)) found.push(`${id} covers ${other}`);
  }
  for (const { arrow, points, label } of arrows) {
    if (!touches(rects.get(arrow.from)!, points[0]!)) found.push(`an arrow does not begin at ${arrow.from}`);
    if (!touches(rects.get(arrow.to)!, points.at(-1)!)) found.push(`an arrow does not end at ${arrow.to}`);
    if (label && boxes.some((box) => overlap(box, label))) found.push(`the label ${label.text} covers a box`);
  }
  for (const { box, card, width: wide } of boxes)
    for (const row of card.rows)
      if (row.x + widthOf(row.text, FONTS[row.style]) > wide - 8) found.push(`${row.text} does not fit into ${box.id}`);
  return found;
}

describe('a layout', () => {
  it.each([
    ['of a tangle', tangle],
    ['of dev in detail', () => summarize(buildGraph('dev', synthesized('dev')), { detail: true })],
  ])('%s covers nothing, fits every text, and leads every arrow to its boxes', async (_, graph) => {
    expect(mistakes(await layOut(graph()))).toEqual([]);
  });

  it('is the same for the same graph, and found out when it covers something', async () => {
    const [layout, again] = [await layOut(tangle()), await layOut(tangle())];
    expect(svgOf(tangle(), layout)).toBe(svgOf(tangle(), again));
    const [first, second, ...rest] = layout.boxes;
    const onTop = { ...layout, boxes: [first!, { ...second!, x: first!.x + 5, y: first!.y + 5 }, ...rest] };
    expect(mistakes(onTop)).not.toEqual([]);
  });

  it('cuts long names in the middle, and tells them whole', () => {
    const card = cardOf(tangle().boxes[0]!);
    const cut = card.rows.find(({ style }) => style === 'title');
    expect(cut?.text).toMatch(/^a-name-.*….*0$/);
    expect(cut?.full).toBe(tangle().boxes[0]!.title);
  });

  it('of nothing is a picture of nothing', async () => {
    const empty = { title: 'empty', frames: [], boxes: [], arrows: [] };
    expect(svgOf(empty, await layOut(empty))).toMatch(/^<svg /);
  });
});
