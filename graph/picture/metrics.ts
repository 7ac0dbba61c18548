/**
 * Widths of Helvetica, in thousandths of the size: Arial and Liberation Sans have the same on purpose, so a picture is laid out alike
 * wherever it is looked at. From the metrics that Adobe publishes with the font (Helvetica.afm, Helvetica-Bold.afm).
 */
const REGULAR: Readonly<Record<string, number>> = {};
const BOLD: Readonly<Record<string, number>> = {};

const PRINTABLE = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));

const widths = (into: Record<string, number>, list: string): void =>
  list.split(' ').forEach((width, index) => {
    into[PRINTABLE[index]!] = Number(width);
  });

widths(
  REGULAR,
  '278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 ' +
    '1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 ' +
    '333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584',
);
widths(
  BOLD,
  '278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 333 333 584 584 584 611 ' +
    '975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722 667 944 667 667 611 333 278 333 584 556 ' +
    '333 556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 333 611 556 778 556 556 500 389 280 389 584',
);

/** Where the font has no such character, another one is taken: few are wider than they are high. */
const UNKNOWN = 1000;

const OTHERS: Readonly<Record<string, number>> = { '…': 1000, '·': 278, '×': 584, '–': 556 };

export interface Font {
  /** In pixels. */
  readonly size: number;
  readonly bold?: boolean;
}

export const FONT_FAMILY = "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif";

/** Width of a line of text in pixels, a little more than it takes: rendering rounds. */
export function widthOf(text: string, { size, bold = false }: Font): number {
  const table = bold ? BOLD : REGULAR;
  let thousandths = 0;
  for (const character of text) thousandths += table[character] ?? OTHERS[character] ?? UNKNOWN;
  return (thousandths * size * 1.02) / 1000;
}

/** The text, or as much of its two ends as fits: names differ at both. */
export function fitted(text: string, width: number, font: Font): string {
  if (widthOf(text, font) <= width) return text;
  const characters = [...text];
  for (let kept = characters.length - 1; kept > 1; kept -= 1) {
    const head = Math.ceil(kept * 0.6);
    const shorter = `${characters.slice(0, head).join('')}…${characters.slice(characters.length - (kept - head)).join('')}`;
    if (widthOf(shorter, font) <= width) return shorter;
  }
  return '…';
}
