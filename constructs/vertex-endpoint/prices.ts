import type { Accelerator } from './machine';

/** What one replica on a machine costs. */
export interface MachinePrice {
  /** For example `g2-standard-12`. */
  readonly machineType: string;
  /**
   * The accelerators that the price includes.
   * @default none
   */
  readonly accelerator?: Accelerator;
  /** US dollars an hour, for machine and accelerators together. */
  readonly usdPerHour: number;
  /** Region that the price is of. */
  readonly region: string;
  /** ISO date on which the source said so. */
  readonly asOf: string;
  /** Page that says so. */
  readonly source: string;
}

/** Hours of a month, as the price calculators of the clouds count them. */
export const HOURS_PER_MONTH = 730;

const SOURCE = "https://cloud.google.com/vertex-ai/pricing (a third party's copy of its table)";

/** Online prediction, on demand. Short on purpose: a price without a source is worse than none. Users add theirs with `prices`. */
export const PRICES: readonly MachinePrice[] = [
  { machineType: 'e2-standard-2', usdPerHour: 0.0770564, region: 'us-central1', asOf: '2026-11-21', source: SOURCE },
  { machineType: 'n1-standard-2', usdPerHour: 0.1095, region: 'us-central1', asOf: '2026-11-21', source: SOURCE },
];
