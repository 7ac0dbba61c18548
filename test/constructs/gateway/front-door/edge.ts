import { BlockList } from 'node:net';
import type { Block, Template } from '../../../support/template';

/** A request as the edge sees it. */
export interface Request {
  readonly address: string;
  readonly country?: string;
  readonly host?: string;
  readonly path: string;
  readonly query?: string;
}

interface Rule {
  readonly action: string;
  readonly priority: number;
  readonly preview: boolean;
  readonly match: { readonly config?: { readonly src_ip_ranges: string[] }; readonly expr?: { readonly expression: string } };
}

export interface Verdict {
  readonly allowed: boolean;
  /** Priorities of rules in preview that matched before: what the log says. */
  readonly logged: readonly number[];
  readonly limited: boolean;
}

/** What Cloud Armor does: the first rule that matches and is not in preview decides, and a limit that is kept says allow. */
export function judge(policy: Block, request: Request): Verdict {
  const rules = [...(policy['rule'] as Rule[])].sort((one, other) => one.priority - other.priority);
  const logged: number[] = [];
  for (const rule of rules.filter((each) => matches(each, request))) {
    if (!rule.preview) {
      const limited = rule.action === 'throttle' || rule.action === 'rate_based_ban';
      return { allowed: limited || rule.action === 'allow', logged, limited };
    }
    logged.push(rule.priority);
  }
  throw new Error('a policy has a default rule');
}

function matches({ match }: Rule, { address, country = 'DE', query = '' }: Request): boolean {
  if (match.config) {
    return match.config.src_ip_ranges.some((range) => {
      if (range === '*') return true;
      const [network, bits] = range.split('/') as [string, string];
      const list = new BlockList();
      list.addSubnet(network, Number(bits));
      return list.check(address);
    });
  }
  const expression = match.expr!.expression;
  const [, regions] = /^'\[(.*)\]'\.contains\(origin\.region_code\)$/.exec(expression) ?? [];
  if (regions !== undefined) return regions.split(',').includes(country);
  const [, pattern] = /^request\.query\.matches\('(.*)'\)$/.exec(expression) ?? [];
  if (pattern !== undefined) return new RegExp(pattern).test(query);
  // Whether a signature fits is Google's to know; these requests hold none.
  if (expression.startsWith('evaluatePreconfiguredWaf(')) return false;
  throw new Error(`no reading of ${expression}`);
}

interface UrlMap {
  readonly default_service: string;
  readonly host_rule: readonly { readonly hosts: string[] }[];
  readonly path_matcher: readonly { readonly default_service: string; readonly path_rule: { paths: string[]; service: string }[] }[];
}

/** Where a URL map sends a request: `${google_compute_backend_service.ID.id}`. The longest path that fits counts. */
export function route(map: Block, { host = 'llm.acme.example', path }: Request): string {
  const { default_service, host_rule, path_matcher } = map as unknown as UrlMap;
  if (!host_rule[0]!.hosts.includes(host)) return default_service;
  const found = path_matcher[0]!.path_rule
    .flatMap(({ paths, service }) => paths.map((pattern) => ({ pattern, service })))
    .filter(({ pattern }) => (pattern.endsWith('/*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern))
    .sort((one, other) => other.pattern.length - one.pattern.length)[0];
  return found?.service ?? path_matcher[0]!.default_service;
}

type Backend = 'api' | 'administration';

/** Both backend services of an external front door, each with its policy, by what they serve. */
export function backends(template: Template): Record<Backend, { service: Block; policy: Block; reference: string }> {
  const { google_compute_backend_service: services, google_compute_security_policy: policies } = template.json['resource'] as Record<
    string,
    Record<string, Block>
  >;
  const of = (name: Backend) => {
    const [id, service] = Object.entries(services!).find(([, each]) => String(each['name']).endsWith(`-${name}`))!;
    const policy = Object.entries(policies!).find(
      ([key]) => service['security_policy'] === `\${google_compute_security_policy.${key}.id}`,
    )![1];
    return { service, policy, reference: `\${google_compute_backend_service.${id}.id}` };
  };
  return { api: of('api'), administration: of('administration') };
}

/** What becomes of a request at an external front door. */
export function enter(template: Template, request: Request): Verdict & { readonly backend: Backend; readonly signedIn: boolean } {
  const both = backends(template);
  const to = route(template.resource('google_compute_url_map'), request);
  const backend: Backend = to === both.api.reference ? 'api' : 'administration';
  const { service, policy } = both[backend];
  const [iap] = [service['iap'] as { enabled: boolean }].flat();
  return { ...judge(policy, request), backend, signedIn: iap?.enabled ?? false };
}
