import type { Box, Item, Kind } from '../model';
import { fitted, widthOf, type Font } from './metrics';
import { visible } from './xml';

/** A line of text in a box. Positions are those of the baseline, in the box. */
export interface Row {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  /** The whole text, if some of it did not fit. */
  readonly full?: string;
  readonly style: 'what' | 'title' | 'line';
  /** The icon before it. */
  readonly icon?: Kind;
}

/** A box as it is drawn. */
export interface Card {
  readonly width: number;
  readonly height: number;
  readonly rows: readonly Row[];
}

export const FONTS = { what: { size: 11.5 }, title: { size: 14, bold: true }, line: { size: 12 } } as const satisfies Record<
  Row['style'],
  Font
>;

const STEP: Readonly<Record<Row['style'], number>> = { what: 15, title: 18, line: 16 };

const PAD = { x: 9, y: 8 };

/** Room of the icon, left of the text. */
const ICON = 22;

/** Room of the sign at the right that says it is encrypted with a key of one's own. */
const SIGN = 16;

const MAX_WIDTH = 198;
const MIN_WIDTH = 112;

/** More lines are counted. */
const MAX_LINES = 5;

interface Written {
  readonly style: Row['style'];
  readonly text: string;
  readonly icon?: Kind;
  /** Pixels above it. */
  readonly gap?: number;
}

const shortened = (lines: readonly string[]): string[] =>
  lines.length <= MAX_LINES ? [...lines] : [...lines.slice(0, MAX_LINES - 1), `and ${lines.length - MAX_LINES + 1} more`];

const written = ({ kind, what, title, lines }: Item): Written[] =>
  [
    ...(what === '' ? [] : [{ style: 'what' as const, text: what }]),
    { style: 'title', text: title },
    ...shortened(lines).map((text): Written => ({ style: 'line', text })),
  ].map((row, index) => (index === 0 ? { ...row, icon: kind } : row)) as Written[];

/** A list of things that have no arrows: each has a line, and what it is. */
const listed = (items: readonly Item[]): Written[] =>
  items.flatMap(({ kind, what, title, lines }, index): Written[] => [
    { style: 'title', text: title, icon: kind, ...(index > 0 && { gap: 5 }) },
    { style: 'line', text: what === '' ? lines.join(', ') : [what, ...lines.slice(0, 1)].join(' · ') },
  ]);

/** How a box is filled: its size follows from what is in it, and what is too long is cut. */
export function cardOf(box: Box): Card {
  // Before it is measured: signs that say what cannot be seen take room.
  const rows = (box.kind === 'rest' ? listed(box.items ?? []) : written(box)).map((row) => ({ ...row, text: visible(row.text) }));
  const sign = box.keys.length > 0 && box.kind !== 'rest' ? SIGN : 0;
  // The sign stands beside the first line.
  const chromeOf = (index: number): number => PAD.x * 2 + ICON + (index === 0 ? sign : 0);
  const wanted = Math.max(...rows.map(({ text, style }, index) => widthOf(text, FONTS[style]) + chromeOf(index)));
  const width = Math.ceil(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, wanted)));
  let y = PAD.y;
  const placed = rows.map(({ text, style, icon, gap = 0 }, index): Row => {
    y += STEP[style] + gap;
    const shown = fitted(text, width - chromeOf(index), FONTS[style]);
    return { x: PAD.x + ICON, y: y - 4, text: shown, style, ...(shown !== text && { full: text }), ...(icon && { icon }) };
  });
  return { width, height: Math.round(y + PAD.y), rows: placed };
}
