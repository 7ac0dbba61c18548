import { stable } from '../../../support/snapshot';
import type { Block } from '../../../support/template';
import { internal } from './doors';

const REFUSED = [{ fault_injection_policy: [{ abort: [{ http_status: 403, percentage: 100 }] }] }];
const matcher = (map: Block) => (map['path_matcher'] as Block[])[0]!;

/** Blocks as lists or alone: both are the same to Terraform. */
const asLists = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(asLists)
    : value !== null && typeof value === 'object'
      ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, typeof each === 'object' ? [asLists(each)].flat() : each]))
      : value;

describe('an internal front door', () => {
  it('stays as it is', () => expect(stable(internal())).toMatchSnapshot());

  it('stays as it is with everything', () => {
    const everything = internal({
      domains: {
        'llm.acme.internal': {
          zone: { name: 'acme-internal', projectId: 'acme-dns' },
          certificate: {
            kind: 'private-ca',
            issuanceConfig: 'projects/acme-ca/locations/europe-west4/certificateIssuanceConfigs/gateway',
          },
        },
        'llm.acme.example': {
          certificate: { kind: 'existing', certificate: 'projects/acme-ca/locations/europe-west4/certificates/own' },
        },
      },
      tls: 'RESTRICTED',
      open: ['gemini'],
      alsoOpen: ['/key/info'],
      administration: true,
      globalAccess: true,
      logSampleRate: 0.5,
    });
    expect(stable(everything)).toMatchSnapshot();
  });

  it('has an address in the subnet, and answers on port 443 only, with TLS 1.2 or newer', () => {
    const template = internal();
    expect(template.resource('google_compute_forwarding_rule')).toMatchObject({
      load_balancing_scheme: 'INTERNAL_MANAGED',
      port_range: '443',
      allow_global_access: false,
    });
    expect(template.resource('google_compute_address')).toMatchObject({ address_type: 'INTERNAL', purpose: 'SHARED_LOADBALANCER_VIP' });
    expect(template.resource('google_compute_region_ssl_policy')).toMatchObject({ min_tls_version: 'TLS_1_2' });
    expect(template.types().filter((type) => /http_proxy|_global_|iap|security_policy/.test(type))).toEqual([]);
  });

  it('refuses administration and other names itself: the provider attaches no policy within a region', () => {
    const map = internal().resource('google_compute_region_url_map');
    expect(asLists(map['default_route_action'])).toEqual(asLists(REFUSED[0]));
    expect(asLists(matcher(map)['default_route_action'])).toEqual(asLists(REFUSED[0]));
    const paths = (matcher(map)['path_rule'] as { paths: string[]; route_action?: unknown }[]).flatMap((rule) => rule.paths);
    expect(paths).toContain('/v1/chat/completions');
    expect(paths).not.toContain('/ui/*');
  });

  it('opens administration where asked to, and still answers to no other name', () => {
    const map = internal({ administration: true }).resource('google_compute_region_url_map');
    expect(matcher(map)).not.toHaveProperty('default_route_action');
    expect(map['default_route_action']).toBeDefined();
  });

  it('is known in the network only', () => {
    const template = internal();
    expect(template.resource('google_dns_managed_zone')).toMatchObject({ dns_name: 'llm.acme.example.', visibility: 'private' });
    const records = template.resources('google_dns_record_set');
    // The other proves the domain to Google, in a public zone.
    expect(records.filter(({ type }) => type === 'A')).toEqual([
      expect.objectContaining({ managed_zone: expect.stringContaining('google_dns_managed_zone') as string }),
    ]);
  });
});
