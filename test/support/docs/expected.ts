/** What changes from run to run: figures, hashes in brackets, how wide a table is. */
const form = (line: string): string =>
  line
    .trim()
    .replace(/\([0-9a-f]{7,}\)/g, '(#)')
    .replace(/\d+(\.\d+)*/g, '#')
    .replace(/─+/g, '─')
    .replace(/\s+/g, ' ');

/**
 * The first line that a page promises and that the output does not have at its place; undefined if it has them all. A line `...` stands
 * for any lines; figures may be others.
 */
export function missingLine(promised: string, output: string): string | undefined {
  const lines = output.split('\n').map(form);
  // Parts between the `...`, each of lines that follow each other.
  const parts = promised.trimEnd().split(/^\s*\.\.\.$\n?/m);
  let next = 0;
  for (const [index, part] of parts.entries()) {
    const wanted = part.split('\n').filter((line) => line !== '');
    const starts = index === 0 ? [0] : [...lines.keys()].slice(next);
    const best = { start: next, length: -1 };
    for (const start of starts) {
      const length = agreeing(wanted.map(form), lines.slice(start));
      if (length > best.length) Object.assign(best, { start, length });
      if (length === wanted.length) break;
    }
    if (best.length < wanted.length) return wanted[Math.max(0, best.length)];
    next = best.start + wanted.length;
  }
  return undefined;
}

/** How many lines are the same, from the first on. */
function agreeing(wanted: readonly string[], found: readonly string[]): number {
  const other = wanted.findIndex((line, index) => line !== found[index]);
  return other < 0 ? wanted.length : other;
}
