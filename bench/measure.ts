/** One thing to time. */
export type Work = () => Promise<void> | void;

/** One thing that says itself how much it took. */
export type Measure = () => Promise<number> | number;

export interface Comparison {
  /** Median of each; of what is timed, seconds. */
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
export const compare = (subject: Work, floor: Work, rounds: number): Promise<Comparison> =>
  compareMeasures(
    () => seconds(subject),
    () => seconds(floor),
    rounds,
  );

/** The same of anything that is measured. */
export async function compareMeasures(subject: Measure, floor: Measure, rounds: number): Promise<Comparison> {
  const pairs: [number, number][] = [];
  for (let round = 0; round < rounds; round++) pairs.push([await subject(), await floor()]);
  return {
    subject: median(pairs.map(([s]) => s)),
    floor: median(pairs.map(([, f]) => f)),
    ratio: median(pairs.map(([s, f]) => s / f)),
  };
}
