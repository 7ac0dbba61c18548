import { ComputeSecurityPolicy } from '@cdktf/provider-google/lib/compute-security-policy';
import { Construct } from 'constructs';
import { Checks } from '../../core';
import { asProviderRule, defaultRule } from './edge-rules';
import { lastWord, policyRules } from './policy-rules';
import { isRange, RANGE_RULE, rangeConflicts } from './ranges';
import { checkRateLimit, type RateLimit } from './rate-limit';
import { SIGNATURE, SIGNATURE_RULE, type WafRule, type WafRuleSet } from './waf';

export interface AllowedRanges {
  /** IPv4 ranges, /8 to /32, at most 100. */
  readonly ranges: readonly string[];
  /**
   * Only log who would be kept out.
   * @default false
   */
  readonly preview?: boolean;
}

export interface DeniedCallers {
  /**
   * IPv4 ranges, /8 to /32, at most 100.
   * @default none
   */
  readonly ranges?: readonly string[];
  /**
   * Countries by their ISO 3166-1 code, e.g. `KP`, at most 300.
   * @default none
   */
  readonly regions?: readonly string[];
  /**
   * Only log who would be kept out.
   * @default true
   */
  readonly preview?: boolean;
}

export interface EdgePolicyProps {
  readonly name: string;
  readonly description: string;
  /**
   * Who is let in; nobody else is. An empty list lets nobody in.
   * @default everybody
   */
  readonly allowed?: AllowedRanges;
  /**
   * Who is kept out.
   * @default nobody
   */
  readonly denied?: DeniedCallers;
  readonly rateLimit: RateLimit;
  /**
   * Rule sets against known attacks, each with its settings.
   * @default none
   */
  readonly waf?: Readonly<Partial<Record<WafRuleSet, WafRule>>>;
  /**
   * Whether rule sets also look at the fields of a body, which hold prompts.
   * @default false
   */
  readonly inspectBodies?: boolean;
  /**
   * Whether a key in a URL (`?key=`) is refused.
   * @default false
   */
  readonly refuseKeysInUrls?: boolean;
  /**
   * Log what in a request made a rule set match. Values of fields stand in such a log.
   * @default false
   */
  readonly verboseLog?: boolean;
}

/** Ranges in one list: ten rules of ten. */
const MAX_RANGES = 100;

/** Cloud Armor in front of one backend service. */
export class EdgePolicy extends Construct {
  readonly resource: ComputeSecurityPolicy;

  constructor(scope: Construct, id: string, props: EdgePolicyProps) {
    super(scope, id);
    this.check(props);
    this.resource = new ComputeSecurityPolicy(this, 'Resource', {
      name: props.name,
      description: props.description,
      type: 'CLOUD_ARMOR',
      advancedOptionsConfig: { jsonParsing: 'STANDARD', logLevel: props.verboseLog ? 'VERBOSE' : 'NORMAL' },
      rule: [...policyRules(props).map(asProviderRule), defaultRule(lastWord(props.allowed))],
    });
  }

  private check({ allowed, denied, rateLimit, waf = {} }: EdgePolicyProps): void {
    const check = new Checks(this);
    for (const [name, ranges] of [
      ['allowed.ranges', allowed?.ranges],
      ['denied.ranges', denied?.ranges],
    ] as const) {
      for (const range of ranges ?? []) check.that(() => isRange(range), `\`${name}\` takes ${RANGE_RULE}, got: ${range}.`, range);
      check.between(`${name}.length`, ranges?.length, 0, MAX_RANGES);
    }
    for (const problem of rangeConflicts(allowed?.ranges ?? [], denied?.ranges ?? [])) check.add(`${problem} Remove one of the two.`);
    for (const region of denied?.regions ?? []) check.matches('denied.regions', region, /^[A-Z]{2}$/, 'codes of ISO 3166-1, e.g. KP');
    check.between('denied.regions.length', denied?.regions?.length, 0, 300);
    checkRateLimit(check, 'rateLimit', rateLimit);
    for (const [name, { sensitivity, except }] of Object.entries(waf)) {
      check.between(`waf.${name}.sensitivity`, sensitivity, 1, 4);
      for (const signature of except ?? []) check.matches(`waf.${name}.except`, signature, SIGNATURE, SIGNATURE_RULE);
    }
    check.done();
  }
}
