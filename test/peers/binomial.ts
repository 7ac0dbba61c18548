/** Logarithm of the probability of each count of successes in n independent tries. */
function logProbabilities(n: number, p: number): number[] {
  const logs = [n * Math.log(1 - p)];
  for (let k = 1; k <= n; k++) logs.push(logs[k - 1]! + Math.log((n - k + 1) / k) + Math.log(p / (1 - p)));
  return logs;
}

/**
 * The counts between which n independent tries with probability p end, but for a probability of at most `alarm` in all. Exact: no normal
 * approximation, which is poor where p is near 0 or 1.
 */
export function binomialBounds(n: number, p: number, alarm: number): { readonly low: number; readonly high: number } {
  const probabilities = logProbabilities(n, p).map(Math.exp);
  const side = (from: readonly number[]): number => {
    let tail = 0;
    const inside = from.findIndex((probability) => (tail += probability) > alarm / 2);
    return inside;
  };
  return { low: side(probabilities), high: n - side([...probabilities].reverse()) };
}
