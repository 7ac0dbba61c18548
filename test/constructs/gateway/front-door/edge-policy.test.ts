import type { EdgePolicyProps } from '../../../../constructs/gateway/front-door/edge-policy';
import type { Block } from '../../../support/template';
import { external } from './doors';
import { backends, enter, judge } from './edge';

interface Rule {
  readonly action: string;
  readonly priority: number;
  readonly preview: boolean;
  readonly match: { readonly config?: { readonly src_ip_ranges: string[] }; readonly expr?: { readonly expression: string } };
  readonly rate_limit_options?: Block;
  readonly preconfigured_waf_config?: Block;
}

const CHAT = '/v1/chat/completions';
const policy = (props: Parameters<typeof external>[0] = {}): Block => backends(external(props)).api.policy;
const rules = (props: Parameters<typeof external>[0] = {}): Rule[] =>
  [...(policy(props)['rule'] as Rule[])].sort((one, other) => one.priority - other.priority);
const find = (all: readonly Rule[], text: string): Rule => all.find((rule) => JSON.stringify(rule).includes(text))!;

describe('the policy in front of the API', () => {
  it('limits everybody, and lets in who keeps the limit', () => {
    expect(judge(policy(), { address: '192.0.2.1', path: CHAT })).toEqual({ allowed: true, limited: true, logged: [] });
    expect(find(rules(), 'throttle').rate_limit_options).toEqual({
      conform_action: 'allow',
      exceed_action: 'deny(429)',
      enforce_on_key: '',
      enforce_on_key_configs: [{ enforce_on_key_type: 'IP' }],
      rate_limit_threshold: { count: 1200, interval_sec: 60 },
    });
  });

  it.each([
    ['key', ['HTTP_HEADER authorization', 'HTTP_HEADER x-goog-api-key']],
    ['address-and-key', ['IP ', 'HTTP_HEADER authorization', 'HTTP_HEADER x-goog-api-key']],
  ] as const)('counts by %s', (by, expected) => {
    const options = find(rules({ rateLimit: { requests: 10, by } }), 'throttle').rate_limit_options!;
    const configs = options['enforce_on_key_configs'] as { enforce_on_key_type: string; enforce_on_key_name?: string }[];
    expect(configs.map((config) => `${config.enforce_on_key_type} ${config.enforce_on_key_name ?? ''}`)).toEqual(expected);
  });

  it('bans who exceeds the limit where asked to', () => {
    const rule = find(rules({ rateLimit: { requests: 10, banSeconds: 600 } }), 'rate_based_ban');
    expect(rule.rate_limit_options).toMatchObject({ ban_duration_sec: 600, exceed_action: 'deny(429)' });
  });

  it('looks for attacks before it looks at limits: a limit that is kept ends the search', () => {
    const all = rules({
      waf: { sqli: {} },
      denied: { ranges: ['192.0.2.0/24'], regions: ['KP'] },
      callers: { ranges: ['203.0.113.0/24'] },
    });
    const order = ['192.0.2.0/24', 'region_code', 'key=', 'sqli', 'throttle', '"action":"allow"', 'not allowed', 'nobody else'];
    expect(order.map((text) => all.indexOf(find(all, text)))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  describe('with an allow list', () => {
    const list = (preview: boolean, more: Partial<EdgePolicyProps> = {}) =>
      external({ callers: { ranges: ['203.0.113.0/24'], preview }, ...more });
    const [inside, outside] = ['203.0.113.9', '192.0.2.1'].map((address) => ({ address, path: CHAT })) as [never, never];

    it('keeps out who is not on it', () => {
      expect(enter(list(false), inside)).toMatchObject({ allowed: true, limited: true });
      expect(enter(list(false), outside)).toMatchObject({ allowed: false });
    });

    it('in preview lets everybody in, limited, and logs who would be kept out', () => {
      expect(enter(list(true), inside)).toMatchObject({ allowed: true, limited: true, logged: [] });
      expect(enter(list(true), outside)).toMatchObject({ allowed: true, limited: true, logged: [7000] });
    });

    it('holds while the limit is in preview', () => {
      const limitInPreview = list(false, { rateLimit: { requests: 10, preview: true } });
      expect(enter(limitInPreview, inside)).toMatchObject({ allowed: true, limited: false });
      expect(enter(limitInPreview, outside)).toMatchObject({ allowed: false });
    });

    it('of more than ten ranges takes more rules', () => {
      const ranges = Array.from({ length: 21 }, (_, index) => `203.0.${index}.0/24`);
      const template = external({ callers: { ranges } });
      expect(enter(template, { address: '203.0.20.1', path: CHAT })).toMatchObject({ allowed: true });
      expect(enter(template, { address: '203.0.21.1', path: CHAT })).toMatchObject({ allowed: false });
      for (const { match } of rules({ callers: { ranges } })) expect(match.config?.src_ip_ranges.length ?? 0).toBeLessThanOrEqual(10);
    });
  });

  it('keeps out denied addresses and countries, after a preview', () => {
    const denied = { ranges: ['192.0.2.0/24'], regions: ['KP'] };
    const bad = { address: '192.0.2.1', path: CHAT };
    expect(enter(external({ denied }), bad)).toMatchObject({ allowed: true, logged: [1000] });
    expect(enter(external({ denied: { ...denied, preview: false } }), bad)).toMatchObject({ allowed: false });
    const foreign = { address: '198.51.100.1', country: 'KP', path: CHAT };
    expect(enter(external({ denied: { ...denied, preview: false } }), foreign)).toMatchObject({ allowed: false });
    expect(enter(external({ denied: { ...denied, preview: false } }), { ...foreign, path: '/ui/' })).toMatchObject({ allowed: false });
  });

  it.each(['key=sk-1', 'alt=sse&key=sk-1'])('refuses %s in a URL, which logs hold', (query) => {
    const request = { address: '192.0.2.1', path: '/v1beta/models/x:generateContent', query };
    expect(enter(external(), request)).toMatchObject({ allowed: false });
    expect(enter(external({ allowKeysInUrls: true }), request)).toMatchObject({ allowed: true });
    expect(enter(external(), { ...request, query: 'alt=sse&monkey=1' })).toMatchObject({ allowed: true });
  });

  describe('with preconfigured rules', () => {
    it('begins in preview, at the lowest sensitivity, and leaves prompts alone', () => {
      expect(find(rules({ waf: { sqli: {} } }), 'sqli')).toMatchObject({
        action: 'deny(403)',
        preview: true,
        match: { expr: { expression: "evaluatePreconfiguredWaf('sqli-v33-stable', {'sensitivity': 1})" } },
        preconfigured_waf_config: {
          exclusion: [{ target_rule_set: 'sqli-v33-stable', request_query_param: [{ operator: 'EQUALS_ANY' }] }],
        },
      });
      expect(policy()).toMatchObject({ advanced_options_config: { json_parsing: 'STANDARD', log_level: 'NORMAL' } });
    });

    it('keeps the number of a rule that is promoted, so that the plan shows that alone', () => {
      const [tried, promoted] = [true, false].map((preview) => rules({ waf: { xss: { preview }, cve: {} } }));
      const differing = promoted!.filter((rule) => !tried!.some((other) => JSON.stringify(other) === JSON.stringify(rule)));
      expect(differing).toEqual([{ ...find(tried!, 'xss'), preview: false }]);
    });

    it('leaves out signatures, and looks into bodies, where asked to', () => {
      const rule = find(rules({ waf: { rce: { except: ['owasp-crs-v030301-id932100-rce'] } }, inspectBodies: true }), 'rce');
      expect(rule.match.expr!.expression).toBe(
        "evaluatePreconfiguredWaf('rce-v33-stable', {'sensitivity': 1, 'opt_out_rule_ids': ['owasp-crs-v030301-id932100-rce']})",
      );
      expect(rule.preconfigured_waf_config).toBeUndefined();
    });
  });
});
