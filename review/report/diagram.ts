import { type Html, html } from './html-text';
import { COUNTED, type StackReport } from './model';
import { shorten, visible } from './visible';

const BOX = { width: 190, height: 66, gapX: 56, gapY: 18 };

const SHORT: Readonly<Record<(typeof COUNTED)[number], string>> = {
  create: '+',
  update: '~',
  replace: '±',
  delete: '−',
  forget: '×',
  import: '⇥',
  move: '→',
  drift: '≈',
};

/** The stacks as boxes, from the ones that are applied first on the left to those that wait for them, each with what changes in it. */
export function diagram(stacks: readonly StackReport[]): Html | undefined {
  if (stacks.length < 2 || stacks.length > MOST) return undefined;
  const columns = columnsOf(stacks);
  const tallest = Math.max(...columns.map((column) => column.length));
  const width = columns.length * (BOX.width + BOX.gapX) - BOX.gapX + 4;
  const height = tallest * (BOX.height + BOX.gapY) - BOX.gapY + 4;
  const places = new Map(
    columns.flatMap((column, x) => column.map(({ stack }, y) => [stack, placeOf(x, y, column.length, tallest)] as const)),
  );
  const arrows = stacks.flatMap(({ stack, dependencies }) =>
    direct(dependencies, stacks).flatMap((before) => arrow(places.get(before), places.get(stack)) ?? []),
  );
  const boxes = stacks.map((stack) => box(stack, places.get(stack.stack)!));
  return html`<div
    class="diagram"
    tabindex="0"
    role="region"
    aria-label="Diagram of the stacks"
    style="--least:${columns.length * LEAST}px"
  >
    <svg viewBox="0 0 ${width} ${height}" width="${width}" role="img" aria-labelledby="diagram-title">
      <title id="diagram-title">${stacks.length} stacks in the order in which they are applied, with the number of changes in each</title>
      <defs>
        <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0 8 4 0 8z" fill="var(--soft)" />
        </marker>
      </defs>
      ${arrows}${boxes}
    </svg>
    ${legend(stacks)}
  </div>`;
}

/** Pixels to which a column may shrink on a small screen before the picture is scrolled. */
const LEAST = 150;

/** What the signs in the boxes stand for; those that are there. */
function legend(stacks: readonly StackReport[]): Html {
  const present = COUNTED.filter((key) => stacks.some(({ counts }) => counts[key] > 0));
  const entries = present.map((key, index) => html`${index > 0 && ' · '}<span class="${key}">${SHORT[key]}</span> ${key}`);
  return html`<p class="legend soft">${entries}</p>`;
}

/** More boxes than this are no picture any more. */
const MOST = 60;

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** A stack stands one column behind the last of those that it waits for. A circle, which no app synthesizes, ends where it began. */
function columnsOf(stacks: readonly StackReport[]): StackReport[][] {
  const byId = new Map(stacks.map((stack) => [stack.stack, stack]));
  const depths = new Map<string, number>();
  const depth = (id: string, above: readonly string[]): number => {
    const known = depths.get(id);
    if (known !== undefined) return known;
    const before = (byId.get(id)?.dependencies ?? []).filter((other) => byId.has(other) && !above.includes(other));
    const result = Math.max(-1, ...before.map((other) => depth(other, [...above, id]))) + 1;
    depths.set(id, result);
    return result;
  };
  const columns: StackReport[][] = [];
  for (const stack of stacks) (columns[depth(stack.stack, [stack.stack])] ??= []).push(stack);
  return columns.filter((column) => column !== undefined);
}

/** An arrow that leads where others lead too, by a longer way, says nothing new. */
function direct(dependencies: readonly string[], stacks: readonly StackReport[]): string[] {
  const before = (id: string, seen: Set<string>): Set<string> => {
    for (const other of stacks.find(({ stack }) => stack === id)?.dependencies ?? []) if (!seen.has(other)) before(other, seen.add(other));
    return seen;
  };
  return dependencies.filter((id) => !dependencies.some((other) => other !== id && before(other, new Set()).has(id)));
}

const placeOf = (x: number, y: number, length: number, tallest: number): Spot => ({
  x: 2 + x * (BOX.width + BOX.gapX),
  y: 2 + (y + (tallest - length) / 2) * (BOX.height + BOX.gapY),
});

function arrow(from: Spot | undefined, to: Spot | undefined): Html | undefined {
  if (from === undefined || to === undefined) return undefined;
  const [x1, y1, x2, y2] = [from.x + BOX.width, from.y + BOX.height / 2, to.x - 3, to.y + BOX.height / 2];
  const middle = (x1 + x2) / 2;
  return html`<path
    d="M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}"
    fill="none"
    stroke="var(--soft)"
    stroke-width="1.5"
    marker-end="url(#arrow)"
  />`;
}

function box({ stack, counts, errored }: StackReport, { x, y }: Spot): Html {
  const present = COUNTED.filter((key) => counts[key] > 0);
  const grave = errored || counts.delete > 0 ? '--stop' : counts.replace > 0 ? '--replace' : present.length > 0 ? '--update' : '--line';
  const chips = present.map(
    (key) =>
      html`<tspan class="${key}" style="fill:var(--${COLOURS[key]})" dx="${key === present[0] ? 0 : 8}"
        >${SHORT[key]}${counts[key]}</tspan
      >`,
  );
  return html`<g
    ><rect
      x="${x}"
      y="${y}"
      width="${BOX.width}"
      height="${BOX.height}"
      rx="10"
      fill="var(--sunk)"
      stroke="var(${grave})"
      stroke-width="${present.length > 0 ? 2 : 1}"
    />
    <text x="${x + 14}" y="${y + 27}" fill="var(--text)" font-size="14" font-weight="650">${shorten(visible(stack), 22)}</text>
    <text x="${x + 14}" y="${y + 49}" fill="var(--soft)" font-size="13.5" font-weight="600"
      >${present.length === 0 ? (errored ? 'not planned' : 'no changes') : chips}</text
    ></g
  >`;
}

const COLOURS: Readonly<Record<(typeof COUNTED)[number], string>> = {
  create: 'create',
  update: 'update',
  replace: 'replace',
  delete: 'delete',
  forget: 'move',
  import: 'move',
  move: 'move',
  drift: 'look',
};
