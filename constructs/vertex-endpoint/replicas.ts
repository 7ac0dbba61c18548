import type { Checks } from '../core';

export interface Replicas {
  /** At least 1: Vertex AI does not scale to zero. They are paid for with and without traffic. */
  readonly min: number;
  /**
   * At least `min`.
   * @default `min`
   */
  readonly max?: number;
  /**
   * A deploy counts as done with so many replicas, and the rest follows: 1 to `min`.
   * @default `min`
   */
  readonly required?: number;
  /**
   * Spot machines: cheaper, and taken away when Google needs them.
   * @default false
   */
  readonly spot?: boolean;
}

/** Against slips of the keyboard: far above what any quota allows. */
const MAX_REPLICAS = 1000;

export function checkReplicas(check: Checks, prop: string, { min, max, required }: Replicas): void {
  check.between(`${prop}.min`, min, 1, MAX_REPLICAS);
  check.between(`${prop}.max`, max, 1, MAX_REPLICAS);
  check.between(`${prop}.required`, required, 1, MAX_REPLICAS);
  check.that(() => max === undefined || max >= min, `\`${prop}.max\` must be at least min (${min}), got: ${max}.`, min, max);
  check.that(
    () => required === undefined || required <= min,
    `\`${prop}.required\` must be at most min (${min}), got: ${required}.`,
    min,
    required,
  );
}
