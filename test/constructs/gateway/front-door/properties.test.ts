import * as fc from 'fast-check';
import {
  API_FAMILIES,
  type ApiFamily,
  type CertificateSource,
  type ExternalFrontDoorProps,
  type InternalFrontDoorProps,
} from '../../../../constructs/gateway/front-door';
import { ADMINISTRATION_PREFIXES } from '../../../../constructs/gateway/front-door/api-paths';
import { Principal } from '../../../../constructs/workload-identity';
import type { Template } from '../../../support/template';
import { external, internal, ZONE } from './doors';
import { backends, enter } from './edge';

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

/** Ranges that share nothing: the second number tells the lists apart, the third the ranges. */
const ranges = (list: number, minLength = 1) =>
  fc
    .uniqueArray(fc.integer({ min: 0, max: 255 }), { minLength, maxLength: 25 })
    .map((thirds) => thirds.map((third) => `20.${list}.${third}.0/24`));

const preview = optional(fc.boolean());
const certificate = (location: string): fc.Arbitrary<CertificateSource> =>
  fc.constantFrom<CertificateSource>(
    { kind: 'managed', zone: ZONE },
    { kind: 'existing', certificate: `projects/p-ca/locations/${location}/certificates/own` },
    { kind: 'private-ca', issuanceConfig: `projects/p-ca/locations/${location}/certificateIssuanceConfigs/ca` },
  );
const domains = (location: string) =>
  fc.dictionary(
    fc.stringMatching(/^[a-z]{1,8}\.acme\.example$/),
    fc.record({ zone: optional(fc.constant(ZONE)), certificate: certificate(location) }),
    {
      minKeys: 1,
      maxKeys: 4,
    },
  );

const common = {
  tls: fc.constantFrom('MODERN' as const, 'RESTRICTED' as const, undefined),
  open: optional(fc.subarray<ApiFamily>(API_FAMILIES, { minLength: 1 })),
  alsoOpen: optional(fc.subarray(['/key/info', '/mcp/*', '/rag/query'])),
  logSampleRate: optional(fc.double({ min: 0, max: 1, noNaN: true })),
};

const externals: fc.Arbitrary<Partial<ExternalFrontDoorProps>> = fc.record({
  ...common,
  domains: domains('global'),
  callers: optional(fc.record({ ranges: ranges(1, 0), preview })),
  denied: optional(fc.record({ ranges: optional(ranges(2)), regions: optional(fc.subarray(['KP', 'RU', 'IR'])), preview })),
  administrators: optional(
    fc.record({
      ranges: optional(ranges(3, 0)),
      iap: optional(fc.constant({ projectNumber: '123456789012', members: { ops: Principal.group('ops@acme.example') } })),
    }),
  ),
  rateLimit: optional(
    fc.record({
      requests: fc.integer({ min: 1, max: 10_000_000 }),
      by: fc.constantFrom('address' as const, 'key' as const, 'address-and-key' as const),
      banSeconds: optional(fc.integer({ min: 60, max: 3600 })),
      preview,
    }),
  ),
  waf: optional(fc.constantFrom({}, { sqli: {}, cve: { preview: false } }, { xss: { sensitivity: 4 } })),
  inspectBodies: optional(fc.boolean()),
  verboseLog: optional(fc.boolean()),
  allowKeysInUrls: optional(fc.boolean()),
});

const internals: fc.Arbitrary<Partial<InternalFrontDoorProps>> = fc.record({
  ...common,
  domains: domains('europe-west4'),
  administration: optional(fc.boolean()),
  globalAccess: optional(fc.boolean()),
});

/** Somewhere that no list names. */
const STRANGER = '198.51.100.1';
const options: fc.Parameters<unknown> = { numRuns: 25 };

const plainHttp = (template: Template): string[] => [
  ...template.types().filter((type) => /target_http_proxy/.test(type)),
  ...['google_compute_global_forwarding_rule', 'google_compute_forwarding_rule'].flatMap((type) =>
    template
      .resources(type)
      .filter((rule) => rule['port_range'] !== '443')
      .map((rule) => String(rule['name'])),
  ),
];

describe('whatever is asked of an external front door', () => {
  const always = (holds: (template: Template, props: Partial<ExternalFrontDoorProps>) => void) => () =>
    fc.assert(
      fc.property(externals, (props) => holds(external(props), props)),
      options as fc.Parameters<[Partial<ExternalFrontDoorProps>]>,
    );

  it(
    'plain HTTP is not answered, and old TLS neither',
    always((template) => {
      expect(plainHttp(template)).toEqual([]);
      expect(template.resource('google_compute_ssl_policy')).toMatchObject({ min_tls_version: 'TLS_1_2' });
      expect(template.resource('google_compute_target_https_proxy')['ssl_policy']).toBeDefined();
    }),
  );

  it(
    'every backend has a policy, whose priorities are different, and whose default denies where there is a list that is not tried only',
    always((template, { callers }) => {
      for (const { policy } of Object.values(backends(template))) {
        const priorities = (policy['rule'] as { priority: number }[]).map(({ priority }) => priority);
        expect(new Set(priorities).size).toBe(priorities.length);
      }
      expect(template.resources('google_compute_backend_service')).toHaveLength(2);
      const rules = backends(template).api.policy['rule'] as { priority: number; action: string; preview: boolean }[];
      const last = rules.find(({ priority }) => priority === 2 ** 31 - 1)!;
      expect(last).toMatchObject({ action: callers && !callers.preview ? 'deny(403)' : 'allow', preview: false });
    }),
  );

  it(
    'a stranger calls the API only where no list keeps strangers out',
    always((template, { callers, domains: given, open = ['openai'] }) => {
      const host = Object.keys(given!)[0]!;
      const path = { openai: '/v1/models', gemini: '/v1beta/models/x', liveness: '/health/liveness' }[open[0] as 'openai'];
      if (path === undefined) return;
      const verdict = enter(template, { address: STRANGER, host, path });
      expect(verdict).toMatchObject({ backend: 'api', allowed: callers === undefined || callers.preview === true });
    }),
  );

  it(
    'who is on the list of callers and not denied gets through',
    always((template, { callers, domains: given, open = ['openai'] }) => {
      const host = Object.keys(given!)[0]!;
      if (!open.includes('openai')) return;
      for (const range of callers?.ranges ?? []) {
        const address = range.replace('.0/24', '.9');
        expect(enter(template, { address, host, path: '/v1/models' })).toMatchObject({ allowed: true, signedIn: false });
      }
    }),
  );

  it(
    'a stranger reaches administration only by signing in, whatever the path and the name',
    always((template, { domains: given, administrators }) => {
      const hosts = [...Object.keys(given!), '198.51.100.9'];
      for (const path of [...ADMINISTRATION_PREFIXES, '/', '/key/generate', '/made-up-tomorrow']) {
        for (const host of hosts) {
          const { backend, allowed, signedIn } = enter(template, { address: STRANGER, host, path });
          expect(backend).toBe('administration');
          if (allowed) expect(signedIn && administrators?.ranges === undefined).toBe(true);
        }
      }
    }),
  );

  it(
    'no secret is asked for: no OAuth client, no private key',
    always((template) => expect(JSON.stringify(template.json)).not.toMatch(/oauth2|private_key|self_managed/)),
  );
});

describe('whatever is asked of an internal front door', () => {
  it('it answers inside only, not over plain HTTP, and to its names only', () =>
    fc.assert(
      fc.property(internals, (props) => {
        const template = internal(props);
        expect(plainHttp(template)).toEqual([]);
        expect(template.types().filter((type) => /global_(address|forwarding)/.test(type))).toEqual([]);
        expect(template.resource('google_compute_forwarding_rule')['load_balancing_scheme']).toBe('INTERNAL_MANAGED');
        expect(template.resource('google_compute_region_ssl_policy')['min_tls_version']).toBe('TLS_1_2');
        expect(template.resource('google_compute_region_url_map')['default_route_action']).toBeDefined();
      }),
      options as fc.Parameters<[Partial<InternalFrontDoorProps>]>,
    ));
});
