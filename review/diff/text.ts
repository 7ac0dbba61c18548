import { diffLines } from 'diff';
import { type Line } from './difference';

/** Lines around a change that are shown. */
const CONTEXT = 2;

/** Past so many edits two texts have little in common, and finding the shortest way between them takes long. */
const MAX_EDITS = 2000;

export const isLong = (text: string): boolean => text.includes('\n');

/** What changes from one text to the other, with a little of what stays. */
export function lineDiff(before: string, after: string): Line[] {
  const parts = diffLines(before, after, { maxEditLength: MAX_EDITS, timeout: 1000 });
  const all: Line[] =
    parts === undefined
      ? [
          ...linesOf(before).map((text) => ({ kind: 'removed', text }) as const),
          ...linesOf(after).map((text) => ({ kind: 'added', text }) as const),
        ]
      : parts.flatMap(({ added, removed, value }) =>
          linesOf(value).map((text) => ({ kind: added ? ('added' as const) : removed ? ('removed' as const) : ('same' as const), text })),
        );
  return withGaps(all);
}

const linesOf = (text: string): string[] => (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');

function withGaps(all: readonly Line[]): Line[] {
  const near = new Set<number>();
  all.forEach((line, index) => {
    if (line.kind !== 'same') for (let each = index - CONTEXT; each <= index + CONTEXT; each++) near.add(each);
  });
  const shown: Line[] = [];
  let skipped = 0;
  all.forEach((line, index) => {
    if (!near.has(index)) skipped++;
    else {
      if (skipped > 0) shown.push({ kind: 'gap', lines: skipped });
      skipped = 0;
      shown.push(line);
    }
  });
  if (skipped > 0) shown.push({ kind: 'gap', lines: skipped });
  return shown;
}
