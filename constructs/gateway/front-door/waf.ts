import type { EdgeRule } from './edge-rules';

/**
 * Preconfigured rule sets that make sense before a Python service, after OWASP's Core Rule Set 3.3, by the name that a rule has here.
 * https://cloud.google.com/armor/docs/waf-rules
 */
export const WAF_RULE_SETS = {
  sqli: 'sqli-v33-stable',
  xss: 'xss-v33-stable',
  lfi: 'lfi-v33-stable',
  rfi: 'rfi-v33-stable',
  rce: 'rce-v33-stable',
  protocolattack: 'protocolattack-v33-stable',
  scannerdetection: 'scannerdetection-v33-stable',
  sessionfixation: 'sessionfixation-v33-stable',
  /** Log4j and others that are used on the day they are known. */
  cve: 'cve-canary',
} as const;

export type WafRuleSet = keyof typeof WAF_RULE_SETS;
export const WAF_NAMES = Object.keys(WAF_RULE_SETS) as WafRuleSet[];

export interface WafRule {
  /**
   * 1 to 4: the paranoia level of OWASP. Higher finds more, also more that is harmless.
   * @default 1
   */
  readonly sensitivity?: number;
  /**
   * Only log what would be denied. Set it to false when the log shows only what should be denied.
   * @default true
   */
  readonly preview?: boolean;
  /**
   * Signatures to leave out, by id, e.g. owasp-crs-v030301-id942350-sqli.
   * @default none
   */
  readonly except?: readonly string[];
}

export const SIGNATURE = /^[a-z0-9]+(-[a-z0-9]+)*$/;
export const SIGNATURE_RULE = 'the id of a signature, e.g. owasp-crs-v030301-id942350-sqli';

/** Prompts are text about anything, SQL and shell commands included: fields of the body are left out unless asked for. */
export const wafRules = (rules: Readonly<Partial<Record<WafRuleSet, WafRule>>>, inspectBodies: boolean): EdgeRule[] =>
  WAF_NAMES.flatMap((name, index) => {
    const rule = rules[name];
    if (!rule) return [];
    const { sensitivity = 1, preview = true, except = [] } = rule;
    const set = WAF_RULE_SETS[name];
    const left = except.length > 0 ? `, 'opt_out_rule_ids': [${except.map((id) => `'${id}'`).join(', ')}]` : '';
    return [
      {
        band: 'waf' as const,
        index,
        action: 'deny(403)' as const,
        description: `preconfigured rules: ${name}`,
        preview,
        expression: `evaluatePreconfiguredWaf('${set}', {'sensitivity': ${sensitivity}${left}})`,
        // Cloud Armor counts a field of the body as a query parameter.
        exclusion: inspectBodies ? undefined : { targetRuleSet: set, requestQueryParam: [{ operator: 'EQUALS_ANY' }] },
      },
    ];
  });
