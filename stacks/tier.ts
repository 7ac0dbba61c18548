import type { Environment } from '../configuration';

/** What a tier implies. An environment file says which tier it is; here, and only here, stands what that means. */
export interface TierTraits {
  /** Data (secrets, keys, images) is guarded against a deploy that would delete it. */
  readonly protectsData: boolean;
  /** A service perimeter protects the project: what does not support VPC Service Controls is refused. */
  readonly insidePerimeter: boolean;
}

const TIERS: Readonly<Record<Environment['tier'], TierTraits>> = {
  development: { protectsData: false, insidePerimeter: false },
  staging: { protectsData: false, insidePerimeter: true },
  production: { protectsData: true, insidePerimeter: true },
};

export const traitsOf = ({ tier }: Environment): TierTraits => TIERS[tier];
