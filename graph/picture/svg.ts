import type { Flow, Graph } from '../model';
import { FONTS } from './card';
import { STYLE, FAMILY } from './colours';
import { ICONS } from './icons';
import { FRAME_FONT, LABEL_FONT, layOut } from './layout';
import { fitted, FONT_FAMILY, widthOf } from './metrics';
import type { Layout, PlacedArrow, PlacedBox, PlacedFrame, Point } from './placed';
import { element, escaped, px, title, visible } from './xml';

const CORNER = 7;

/** A line with round corners. */
function pathOf(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const parts = [`M${px(first.x)} ${px(first.y)}`];
  for (const [index, corner] of rest.entries()) {
    const [before, after] = [points[index]!, rest[index + 1]];
    if (after === undefined) parts.push(`L${px(corner.x)} ${px(corner.y)}`);
    else {
      const [start, end] = [towards(corner, before), towards(corner, after)];
      parts.push(`L${px(start.x)} ${px(start.y)}Q${px(corner.x)} ${px(corner.y)} ${px(end.x)} ${px(end.y)}`);
    }
  }
  return parts.join('');
}

/** A point on the way from a corner to another, a corner's radius away, or half of the way. */
function towards(corner: Point, other: Point): Point {
  const length = Math.hypot(other.x - corner.x, other.y - corner.y);
  const share = length === 0 ? 0 : Math.min(CORNER, length / 2) / length;
  return { x: corner.x + (other.x - corner.x) * share, y: corner.y + (other.y - corner.y) * share };
}

function drawFrame({ frame, x, y, width, height }: PlacedFrame): { readonly ground: string; readonly name: string } {
  const lines = visible(frame.lines.join(' · '));
  const name = fitted(visible(frame.title), width - 28, FRAME_FONT);
  const at = x + 14 + widthOf(name, FRAME_FONT) + 8;
  const room = x + width - 14 - at;
  const shown = widthOf(lines, FONTS.line) <= room ? lines : '';
  const plate = shown === '' ? at - 8 : at + widthOf(shown, FONTS.line);
  return {
    ground: element('rect', { class: frame.kind, x, y, width, height, rx: frame.kind === 'stack' ? 10 : 14 }, title(`${name}: ${lines}`)),
    // Arrows come in from above: the name stays readable.
    name:
      element('rect', {
        class: frame.kind === 'stack' ? 'halo in' : 'halo',
        x: x + 11,
        y: y + 8,
        width: plate - x - 8,
        height: 18,
        rx: 3,
      }) +
      element('text', { class: frame.kind === 'stack' ? 'name' : 'name guarded', x: x + 14, y: y + 21 }, escaped(name)) +
      (shown === '' ? '' : element('text', { class: 'line', x: at, y: y + 21 }, escaped(shown))),
  };
}

function drawBox({ box, card, x, y, width, height }: PlacedBox): string {
  const says = [
    [box.what, box.title].filter((text) => text !== '').join(' '),
    ...(box.items ?? [box]).map(({ title: name, lines }) => [name, ...lines].join(', ')),
    ...(box.keys.length > 0 ? [`encrypted with your own key: ${box.keys.join(', ')}`] : []),
    ...(box.folded.length > 0 ? [`and ${box.folded.length} more: ${box.folded.join(', ')}`] : []),
  ];
  const rows = card.rows.map((row) => {
    const icon =
      row.icon &&
      element('path', {
        class: `icon ${FAMILY[row.icon]}`,
        transform: `translate(${px(x + 8)} ${px(y + row.y - 12)})`,
        d: ICONS[row.icon],
      });
    return (
      (icon ?? '') +
      element('text', { class: row.style, x: x + row.x, y: y + row.y }, escaped(row.text), row.full === undefined ? '' : title(row.full))
    );
  });
  const key = box.keys.length > 0 && box.kind !== 'rest';
  return element(
    'g',
    {},
    title(says.filter((text) => text !== '').join('; ')),
    element('rect', { class: `card ${FAMILY[box.kind]}`, x, y, width, height, rx: 8 }),
    ...rows,
    key ? element('path', { class: 'icon guard', transform: `translate(${px(x + width - 21)} ${px(y + 9)}) scale(.9)`, d: ICONS.key }) : '',
  );
}

function drawArrow({ arrow, points }: PlacedArrow): string {
  const says = `${arrow.labels.join(', ')}: ${arrow.because.join('; ')}`;
  return element('path', { class: `arrow ${arrow.flow}`, d: pathOf(points), 'marker-end': `url(#to-${arrow.flow})` }, title(says));
}

function drawLabel({ label }: PlacedArrow): string {
  if (label === undefined) return '';
  const { x, y, width, height, text } = label;
  return (
    element('rect', { class: 'halo', x, y: y + 0.5, width, height: height - 1, rx: 3 }) +
    element('text', { class: 'say', x: x + width / 2, y: y + height - 3.5, 'text-anchor': 'middle' }, escaped(text))
  );
}

const FLOWS: readonly Flow[] = ['data', 'identity', 'encryption', 'network', 'images'];

const MEANING: Readonly<Record<Flow, string>> = {
  data: 'data flows, from who asks',
  identity: 'who may: call, read, act as',
  encryption: 'encrypts',
  network: 'in the network',
  images: 'takes images',
};

const COLOUR = (flow: Flow): string => (flow === 'data' || flow === 'identity' ? `var(--${flow})` : 'var(--other)');

const marker = (flow: Flow): string =>
  element(
    'marker',
    {
      id: `to-${flow}`,
      viewBox: '0 0 10 10',
      refX: 8.5,
      refY: 5,
      markerWidth: 9,
      markerHeight: 9,
      markerUnits: 'userSpaceOnUse',
      orient: 'auto',
    },
    element('path', { d: 'M0 1 9 5 0 9Z', style: `fill:${COLOUR(flow)}` }),
  );

const LEGEND = 34;

/** What lines and signs mean, as far as they are drawn. */
function legend(layout: Layout, y: number): { readonly markup: string; readonly width: number } {
  let x = 14;
  const parts: string[] = [];
  const say = (sample: string, text: string, room: number): void => {
    parts.push(sample, element('text', { class: 'say', x: x + room, y: y + 4 }, escaped(text)));
    x += room + widthOf(text, LABEL_FONT) + 20;
  };
  for (const flow of FLOWS.filter((each) => layout.arrows.some(({ arrow }) => arrow.flow === each)))
    say(element('path', { class: `arrow ${flow}`, d: `M${px(x)} ${px(y)}h26`, 'marker-end': `url(#to-${flow})` }), MEANING[flow], 33);
  if (layout.boxes.some(({ box }) => box.keys.length > 0))
    say(
      element('path', { class: 'icon guard', transform: `translate(${px(x)} ${px(y - 8)})`, d: ICONS.key }),
      'encrypted with your own key',
      21,
    );
  if (layout.frames.some(({ frame }) => frame.kind === 'stack'))
    say(element('rect', { class: 'stack', x, y: y - 7, width: 22, height: 14, rx: 4 }), 'a stack', 28);
  if (layout.frames.some(({ frame }) => frame.kind === 'perimeter'))
    say(element('rect', { class: 'perimeter', x, y: y - 7, width: 22, height: 14, rx: 4 }), 'service perimeter', 28);
  return { markup: element('g', {}, ...parts), width: x };
}

const depthOf = (frame: PlacedFrame['frame']): number => (frame.parent === undefined ? 0 : 1);

/** A picture on its own: no script, no font, no link; light or dark as the reader's system is. */
export function svgOf(graph: Graph, layout: Layout): string {
  const { markup, width: legendWidth } = legend(layout, layout.height + LEGEND / 2 - 4);
  const [width, height] = [Math.ceil(Math.max(layout.width, legendWidth)), layout.height + LEGEND];
  const frames = [...layout.frames].sort((one, other) => depthOf(one.frame) - depthOf(other.frame)).map(drawFrame);
  const present = FLOWS.filter((flow) => layout.arrows.some(({ arrow }) => arrow.flow === flow));
  const head = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${width} ${height}`,
    width: String(width),
    height: String(height),
    role: 'img',
    'aria-labelledby': 'title desc',
    'font-family': FONT_FAMILY,
  };
  return `${element(
    'svg',
    head,
    `<title id="title">${escaped(graph.title)}: stacks, main resources, flows of data and identity</title>`,
    `<desc id="desc">${escaped(describe(graph))}</desc>`,
    `<style>${STYLE}</style><defs>`,
    ...present.map(marker),
    '</defs>',
    element('rect', { class: 'halo', width, height }),
    '\n',
    frames.map(({ ground }) => ground).join('\n'),
    '\n',
    [...layout.arrows]
      .sort((one, other) => FLOWS.indexOf(other.arrow.flow) - FLOWS.indexOf(one.arrow.flow))
      .map(drawArrow)
      .join('\n'),
    '\n',
    frames.map(({ name }) => name).join('\n'),
    '\n',
    layout.boxes.map(drawBox).join('\n'),
    '\n',
    layout.arrows.map(drawLabel).join(''),
    markup,
  )}\n`;
}

/** The picture in words, for those who cannot see it. */
function describe({ frames, boxes, arrows }: Graph): string {
  const names = new Map([
    ...boxes.map(({ id, what, title: name }) => [id, [what, name].filter(Boolean).join(' ')] as const),
    ...frames.map(({ id, title: name }) => [id, name] as const),
  ]);
  const said = arrows.map(
    ({ from, to, labels }) => `${names.get(from)} → ${names.get(to)}${labels[0] === undefined ? '' : ` (${labels[0]})`}`,
  );
  return `Stacks: ${frames
    .filter(({ kind }) => kind === 'stack')
    .map(({ title: name }) => name)
    .join(', ')}. ${said.join('; ')}.`;
}

/** Draws a graph; the same graph gives the same bytes. */
export const drawSvg = async (graph: Graph): Promise<string> => svgOf(graph, await layOut(graph));
