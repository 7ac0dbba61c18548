import type { AllowedRanges, DeniedCallers, EdgePolicyProps } from './edge-policy';
import { type EdgeRule, inTens } from './edge-rules';
import { rateLimitOptions, type RateLimit } from './rate-limit';
import { wafRules } from './waf';

/** The rules of a policy but the last, which is the default. */
export const policyRules = ({ allowed, denied = {}, rateLimit, waf = {}, ...props }: EdgePolicyProps): EdgeRule[] => [
  ...deniedRules(denied),
  ...(props.refuseKeysInUrls ? [KEYS_IN_URLS] : []),
  ...wafRules(waf, props.inspectBodies ?? false),
  ...(allowed === undefined ? [limit(rateLimit, 'rateLimit')] : allowedRules(allowed, rateLimit)),
];

/** While the allow list is tried, the default lets in who is not on it. */
export const lastWord = (allowed: AllowedRanges | undefined) => (allowed === undefined || allowed.preview ? 'allow' : 'deny(403)');

const KEYS_IN_URLS: EdgeRule = {
  band: 'keysInUrls',
  index: 0,
  action: 'deny(403)',
  description: 'a key in a URL would stand in logs: it goes into a header',
  preview: false,
  expression: "request.query.matches('(^|&)key=')",
};

function deniedRules({ ranges = [], regions = [], preview = true }: DeniedCallers): EdgeRule[] {
  const deny = { action: 'deny(403)', preview } as const;
  const addresses = inTens(ranges).map((ten, index): EdgeRule => {
    return { ...deny, band: 'deniedRanges', index, description: 'denied addresses', ranges: ten };
  });
  if (regions.length === 0) return addresses;
  const expression = `'[${regions.join(',')}]'.contains(origin.region_code)`;
  return [...addresses, { ...deny, band: 'deniedRegions', index: 0, description: 'denied countries', expression }];
}

/** A list in preview denies nobody, so that the others need a limit too, after the log says that they would have been denied. */
function allowedRules({ ranges, preview = false }: AllowedRanges, rateLimit: RateLimit): EdgeRule[] {
  const tens = inTens(ranges);
  return [
    ...tens.map((ten, index) => limit(rateLimit, 'rateLimit', index, ten)),
    // Reached while the limit is in preview; always there, so that nobody is kept out in the moment in which it leaves preview.
    ...tens.map((ten, index): EdgeRule => {
      return { band: 'allowed', index, action: 'allow', description: 'allowed addresses', preview: false, ranges: ten };
    }),
    { band: 'others', index: 0, action: 'deny(403)', description: 'addresses that are not allowed', preview },
    ...(preview ? [limit(rateLimit, 'othersRateLimit')] : []),
  ];
}

const limit = (rateLimit: RateLimit, band: EdgeRule['band'], index = 0, ranges?: readonly string[]): EdgeRule => ({
  band,
  index,
  action: rateLimit.banSeconds === undefined ? 'throttle' : 'rate_based_ban',
  description: 'limit of requests',
  preview: rateLimit.preview ?? false,
  ranges,
  rateLimit: rateLimitOptions(rateLimit),
});
