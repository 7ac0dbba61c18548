import type { Environment } from '../configuration';

/** What a tier implies. An environment file says which tier it is; here, and only here, stands what that means. */
export interface TierTraits {
  /** Data (secrets, keys, images) is guarded against a deploy that would delete it. */
  readonly protectsData: boolean;
}

const TIERS: Readonly<Record<Environment['tier'], TierTraits>> = {
  development: { protectsData: false },
  staging: { protectsData: false },
  production: { protectsData: true },
};

export const traitsOf = ({ tier }: Environment): TierTraits => TIERS[tier];
