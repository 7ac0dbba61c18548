import type { Environment } from '../configuration';

/** What a tier implies. An environment file says which tier it is; here, and only here, stands what that means. */
export interface TierTraits {
  /** Data (secrets, keys, images) is guarded against a deploy that would delete it. */
  readonly protectsData: boolean;
  /** A service perimeter protects the project: what does not support VPC Service Controls is refused. */
  readonly insidePerimeter: boolean;
  /** A perimeter is enforced only with evidence, committed beside the environment file, that nothing breaks. */
  readonly perimeterNeedsEvidence: boolean;
  /** Images may come from public registries: Docker Hub, GitHub and others. */
  readonly allowsPublicUpstreams: boolean;
  /** A breach of the policy that is an error stops the synthesis; elsewhere it is a warning. */
  readonly stopsAtBreaches: boolean;
}

const TIERS: Readonly<Record<Environment['tier'], TierTraits>> = {
  development: {
    protectsData: false,
    insidePerimeter: false,
    perimeterNeedsEvidence: false,
    allowsPublicUpstreams: true,
    stopsAtBreaches: false,
  },
  staging: {
    protectsData: false,
    insidePerimeter: true,
    perimeterNeedsEvidence: false,
    allowsPublicUpstreams: true,
    stopsAtBreaches: false,
  },
  production: {
    protectsData: true,
    insidePerimeter: true,
    perimeterNeedsEvidence: true,
    allowsPublicUpstreams: false,
    stopsAtBreaches: true,
  },
};

export const traitsOf = ({ tier }: Environment): TierTraits => TIERS[tier];
