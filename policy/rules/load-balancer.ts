import { resource, type Rule } from '../rule';
import type { StackElement } from '../stack';
import { Unresolved } from '../text';

const GLOBAL_BACKEND = 'google_compute_backend_service';
const REGIONAL_BACKEND = 'google_compute_region_backend_service';
const POLICY = 'google_compute_security_policy';
const REGIONAL_POLICY = 'google_compute_region_security_policy';
const SSL_POLICY = 'google_compute_ssl_policy';
const HTTP_PROXIES = ['google_compute_target_http_proxy', 'google_compute_region_target_http_proxy'];
const HTTPS_PROXIES = ['google_compute_target_https_proxy', 'google_compute_region_target_https_proxy'];
const POLICIES = [POLICY, REGIONAL_POLICY];

/** A load balancer that takes calls from the internet. The default of the API is EXTERNAL. */
const isExternal = (element: StackElement): boolean => {
  const scheme = element.text('load_balancing_scheme');
  if (!scheme) return element.type === GLOBAL_BACKEND;
  return scheme.is('EXTERNAL', 'EXTERNAL_MANAGED');
};

/** Cloud Armor for backends; policies at the edge of a cache look at less. */
const isBackendPolicy = (element: StackElement): boolean => {
  const type = element.text('type');
  return !type || type.is('CLOUD_ARMOR');
};

/** A global policy says `rule`, a regional one `rules`. */
const rulesOf = (element: StackElement) => [...element.blocks('rule'), ...element.blocks('rules')];

/** Rules can also be resources of their own. */
const hasRulesElsewhere = ({ type, stack }: StackElement): boolean => stack.ofType(`${type}_rule`).length > 0;

const MATCH_ALL = { match: { versioned_expr: 'SRC_IPS_V1', config: { src_ip_ranges: ['*'] } } };
const lastRule = (action: string) => ({ action, priority: 2147483647, ...MATCH_ALL });
const throttle = {
  action: 'throttle',
  priority: 1000,
  ...MATCH_ALL,
  rate_limit_options: { conform_action: 'allow', exceed_action: 'deny(429)', rate_limit_threshold: { count: 600, interval_sec: 60 } },
};
const policy = (...rule: object[]) => resource(POLICY, { name: 'edge', rule });
const backend = (settings: object, others: object = {}) =>
  resource(GLOBAL_BACKEND, { name: 'gateway', load_balancing_scheme: 'EXTERNAL_MANAGED', ...settings }, others);

/** What stands between the internet and a service. */
export const LOAD_BALANCERS: readonly Rule[] = [
  {
    id: 'LB-001',
    level: 'error',
    title: 'Backends on the internet have a security policy',
    reason: 'Without Cloud Armor every request reaches the gateway: floods, scanners and the pages of administrators included.',
    fix: 'Set `security_policy`.',
    types: [GLOBAL_BACKEND, REGIONAL_BACKEND],
    maps: {},
    check: (element, judge) => {
      if (isExternal(element) && !element.has('security_policy')) judge('is not set', 'security_policy');
    },
    good: backend({ security_policy: `\${${POLICY}.edge.id}` }, { [POLICY]: { edge: { name: 'edge' } } }),
    bad: backend({}),
  },
  {
    id: 'LB-002',
    level: 'error',
    title: 'Plain HTTP only leads to HTTPS',
    reason: 'Keys of callers would cross the internet as they are.',
    fix: 'Let the URL map of the HTTP proxy redirect: `default_url_redirect.https_redirect = true`. Or remove the proxy.',
    types: HTTP_PROXIES,
    maps: { checkov: ['CKV2_GCP_37', 'CKV2_GCP_38'] },
    check: (element, judge) => {
      const map = element.target('url_map');
      if (!map) throw new Unresolved('url_map', 'is not in this stack');
      if (!map.flag('default_url_redirect.https_redirect')) judge('does not redirect to HTTPS', 'url_map');
      else if (map.has('path_matcher')) judge('has paths that it does not redirect', 'url_map');
    },
    good: resource(
      'google_compute_target_http_proxy',
      { name: 'redirect', url_map: '${google_compute_url_map.redirect.id}' },
      { google_compute_url_map: { redirect: { name: 'redirect', default_url_redirect: { https_redirect: true, strip_query: false } } } },
    ),
    bad: resource(
      'google_compute_target_http_proxy',
      { name: 'plain', url_map: '${google_compute_url_map.gateway.id}' },
      { google_compute_url_map: { gateway: { name: 'gateway', default_service: 'gateway' } } },
    ),
  },
  {
    id: 'LB-003',
    level: 'error',
    title: 'TLS 1.2 is the least',
    reason: 'Without a policy a load balancer still speaks TLS 1.0 and 1.1, which are broken.',
    fix: 'Set `ssl_policy` to one with `min_tls_version = "TLS_1_2"` and the profile MODERN or RESTRICTED.',
    types: HTTPS_PROXIES,
    maps: { google: ['COM-CO-1.1'] },
    check: (element, judge) => {
      if (!element.has('ssl_policy')) judge('is not set', 'ssl_policy');
    },
    good: resource('google_compute_target_https_proxy', { name: 'gateway', url_map: 'gateway', ssl_policy: `\${${SSL_POLICY}.modern.id}` }),
    bad: resource('google_compute_target_https_proxy', { name: 'gateway', url_map: 'gateway' }),
  },
  {
    id: 'LB-004',
    level: 'error',
    title: 'TLS policies refuse what is broken',
    reason: 'The default of a policy is COMPATIBLE with TLS 1.0.',
    fix: 'Set `min_tls_version` to TLS_1_2 and `profile` to MODERN or RESTRICTED.',
    types: [SSL_POLICY, 'google_compute_region_ssl_policy'],
    maps: { checkov: ['CKV_GCP_4'], google: ['COM-CO-1.1'] },
    check: (element, judge) => {
      if (!element.text('min_tls_version')?.is('TLS_1_2', 'TLS_1_3')) judge('is not TLS_1_2', 'min_tls_version');
      if (!element.text('profile')?.is('MODERN', 'RESTRICTED', 'CUSTOM')) judge('is COMPATIBLE', 'profile');
    },
    good: resource(SSL_POLICY, { name: 'modern', profile: 'MODERN', min_tls_version: 'TLS_1_2' }),
    bad: resource(SSL_POLICY, { name: 'modern', profile: 'MODERN' }),
  },
  {
    id: 'LB-005',
    level: 'warning',
    title: 'In production the rules of Cloud Armor bite',
    reason: 'A rule in preview only logs what it would have denied.',
    fix: 'Remove `preview` once the log shows nobody who should pass.',
    types: [...POLICIES, 'google_compute_security_policy_rule', 'google_compute_region_security_policy_rule'],
    when: 'production',
    maps: {},
    check: (element, judge) =>
      judge.each(element.type.endsWith('_rule') ? [element] : rulesOf(element), (rule) => {
        if (rule.flag('preview')) judge('is in preview', rule.place);
      }),
    good: policy(throttle, lastRule('deny(403)')),
    bad: policy({ ...throttle, preview: true }, lastRule('deny(403)')),
  },
  {
    id: 'LB-006',
    level: 'warning',
    title: 'A security policy denies something',
    reason: 'A policy of which every rule allows is decoration.',
    fix: 'Add rules that deny, throttle or ban; or deny in the last one (priority 2147483647).',
    types: POLICIES,
    maps: {},
    check: (element, judge) => {
      if (!isBackendPolicy(element) || hasRulesElsewhere(element)) return;
      const denies = rulesOf(element).some((rule) => rule.text('action')?.startsWith('deny', 'throttle', 'rate_based_ban', 'redirect'));
      if (!denies) judge('only allows', 'rule');
    },
    good: policy(throttle, lastRule('allow')),
    bad: policy(lastRule('allow')),
  },
  {
    id: 'LB-007',
    level: 'warning',
    title: 'One caller cannot take everything',
    reason: 'Models are slow and paid for by token: a single caller in a loop uses up quota and budget of all others.',
    fix: 'Add a rule with `throttle` or `rate_based_ban`.',
    types: POLICIES,
    maps: {},
    check: (element, judge) => {
      if (!isBackendPolicy(element) || hasRulesElsewhere(element)) return;
      const rules = rulesOf(element);
      const limits = rules.some((rule) => rule.text('action')?.is('throttle', 'rate_based_ban'));
      if (!limits) judge('has no limit of requests', 'rule');
    },
    good: policy(throttle, lastRule('allow')),
    bad: policy({ action: 'deny(403)', priority: 100, ...MATCH_ALL }, lastRule('allow')),
  },
  {
    id: 'LB-008',
    level: 'warning',
    title: 'Requests are logged where they arrive',
    reason: 'What Cloud Armor has denied stands in no other log.',
    fix: 'Set `log_config` with `enable = true`.',
    types: [GLOBAL_BACKEND, REGIONAL_BACKEND],
    maps: {},
    check: (element, judge) => {
      if (isExternal(element) && !element.flag('log_config.enable')) judge('is not true', 'log_config.enable');
    },
    good: backend({ log_config: { enable: true, sample_rate: 1 } }),
    bad: backend({}),
  },
];
