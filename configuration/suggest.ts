import { distance } from 'fastest-levenshtein';

/** How people vary a name without thinking it different: case, dash, underscore. */
const fold = (name: string): string => name.toLowerCase().replace(/[-_\s]/g, '');

/** The candidate that was probably meant; undefined if none is near. Near is a beginning (prod), or one slip in three letters, at least two. */
export function nearest(given: string, candidates: readonly string[]): string | undefined {
  const folded = fold(given);
  const begun = candidates.filter((candidate) => folded.length >= 3 && fold(candidate).startsWith(folded));
  if (begun.length === 1) return begun[0];
  let best: { candidate: string; slips: number } | undefined;
  for (const candidate of candidates) {
    const slips = distance(folded, fold(candidate));
    if (slips <= Math.max(Math.min(2, folded.length - 1), Math.floor(folded.length / 3)) && (!best || slips < best.slips))
      best = { candidate, slips };
  }
  return best?.candidate;
}
