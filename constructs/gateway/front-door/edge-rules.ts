import type {
  ComputeSecurityPolicyRule,
  ComputeSecurityPolicyRulePreconfiguredWafConfigExclusion,
  ComputeSecurityPolicyRuleRateLimitOptions,
} from '@cdktf/provider-google/lib/compute-security-policy';

export type RateLimitOptions = ComputeSecurityPolicyRuleRateLimitOptions;

/** One thing that happens at the edge. Its place comes from its kind, so that nobody numbers rules by hand. */
export interface EdgeRule {
  readonly band: keyof typeof BANDS;
  /** Place within its kind, from 0. */
  readonly index: number;
  readonly action: 'allow' | 'deny(403)' | 'throttle' | 'rate_based_ban';
  readonly description: string;
  /** Only log what it would do. */
  readonly preview: boolean;
  /** Ranges of addresses, at most ten; or an expression. */
  readonly ranges?: readonly string[];
  readonly expression?: string;
  readonly rateLimit?: RateLimitOptions;
  readonly exclusion?: ComputeSecurityPolicyRulePreconfiguredWafConfigExclusion;
}

/**
 * Cloud Armor does what the first rule says that matches, and a limit that is kept says allow. So: what denies comes first, then the
 * limits, then who is let in, then everybody else. A rule that leaves preview keeps its number.
 */
const BANDS = {
  deniedRanges: 1000,
  deniedRegions: 2000,
  keysInUrls: 2500,
  waf: 3000,
  rateLimit: 5000,
  allowed: 6000,
  others: 7000,
  othersRateLimit: 8000,
} as const;

/** Of a match by ranges: https://cloud.google.com/armor/quotas */
const RANGES_PER_RULE = 10;
export const EVERYBODY = ['*'];
/** The default rule, which every policy has. */
const LAST = 2_147_483_647;

export function inTens(ranges: readonly string[]): string[][] {
  const tens: string[][] = [];
  for (let first = 0; first < ranges.length; first += RANGES_PER_RULE) tens.push(ranges.slice(first, first + RANGES_PER_RULE));
  return tens;
}

export const asProviderRule = (rule: EdgeRule): ComputeSecurityPolicyRule => ({
  action: rule.action,
  priority: BANDS[rule.band] + rule.index,
  description: rule.description,
  preview: rule.preview,
  match:
    rule.expression === undefined
      ? { versionedExpr: 'SRC_IPS_V1', config: { srcIpRanges: [...(rule.ranges ?? EVERYBODY)] } }
      : { expr: { expression: rule.expression } },
  rateLimitOptions: rule.rateLimit,
  preconfiguredWafConfig: rule.exclusion === undefined ? undefined : { exclusion: [rule.exclusion] },
});

export const defaultRule = (action: 'allow' | 'deny(403)'): ComputeSecurityPolicyRule => ({
  action,
  priority: LAST,
  description: action === 'allow' ? 'everybody else' : 'nobody else',
  preview: false,
  match: { versionedExpr: 'SRC_IPS_V1', config: { srcIpRanges: EVERYBODY } },
});
