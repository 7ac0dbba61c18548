/** One thing to time. */
export type Work = () => Promise<void> | void;

export interface Comparison {
  /** Median seconds of each. */
  readonly subject: number;
  readonly floor: number;
  /** Median of the ratios of the single rounds. */
  readonly ratio: number;
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

async function seconds(work: Work): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** Times both in turns, so that a noisy minute of the machine falls on both, and compares round by round. */
export async function compare(subject: Work, floor: Work, rounds: number): Promise<Comparison> {
  const pairs: [number, number][] = [];
  for (let round = 0; round < rounds; round++) pairs.push([await seconds(subject), await seconds(floor)]);
  return {
    subject: median(pairs.map(([s]) => s)),
    floor: median(pairs.map(([, f]) => f)),
    ratio: median(pairs.map(([s, f]) => s / f)),
  };
}
