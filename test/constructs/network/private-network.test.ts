import { PrivateNetwork, type PrivateNetworkProps } from '../../../constructs/network';
import { stable } from '../../support/snapshot';
import { type Block, synthesize, type Template } from '../../support/template';

const network = (props: Partial<PrivateNetworkProps> = {}): Template =>
  synthesize(
    (stack) => new PrivateNetwork(stack, 'Network', { name: 'test', region: 'europe-west4', subnetRange: '10.0.0.0/24', ...props }),
  );

const firewalls = (template: Template): Record<string, Block> =>
  Object.fromEntries(template.resources('google_compute_firewall').map((rule) => [String(rule['name']).replace('test-egress-', ''), rule]));

describe('PrivateNetwork', () => {
  it('stays as it is with everything on', () => {
    const everything = network({ nat: true, privateServicesRange: '10.1.0.0/20', flowLogs: true });
    expect(stable(everything)).toMatchSnapshot();
  });

  it('has no way out but to the restricted VIP', () => {
    const template = network();
    expect(template.resource('google_compute_network')).toMatchObject({
      delete_default_routes_on_create: true,
      auto_create_subnetworks: false,
    });
    expect(template.resource('google_compute_route')).toMatchObject({
      dest_range: '199.36.153.4/30',
      next_hop_gateway: 'default-internet-gateway',
    });
    expect(template.types()).not.toContain('google_compute_router_nat');
    expect(Object.keys(firewalls(template)).sort()).toEqual(['deny-all', 'google-apis', 'internal']);
  });

  it('denies what no rule of higher priority allows', () => {
    const { 'deny-all': denyAll, ...others } = firewalls(network({ nat: true, privateServicesRange: '10.1.0.0/20' }));
    expect(denyAll).toMatchObject({ direction: 'EGRESS', destination_ranges: ['0.0.0.0/0'], deny: [{ protocol: 'all' }] });
    for (const rule of Object.values(others)) expect(rule['priority']).toBeLessThan(denyAll!['priority'] as number);
    expect(others['internal']).toMatchObject({ destination_ranges: ['10.0.0.0/24', '10.1.0.0/20'], allow: [{ protocol: 'all' }] });
    expect(others['google-apis']).toMatchObject({ destination_ranges: ['199.36.153.4/30'], allow: [{ protocol: 'tcp', ports: ['443'] }] });
  });

  it('lets out to the internet what NAT needs, but not around the restricted VIP', () => {
    const template = network({ nat: true });
    const { internet, 'private-vip': privateVip } = firewalls(template);
    expect(internet).toMatchObject({ destination_ranges: ['0.0.0.0/0'], allow: [{ protocol: 'tcp', ports: ['443'] }] });
    expect(privateVip).toMatchObject({ destination_ranges: ['199.36.153.8/30'], deny: [{ protocol: 'all' }] });
    expect(privateVip!['priority']).toBeLessThan(internet!['priority'] as number);
    expect(template.resources('google_compute_route').map((route) => route['dest_range'])).toContain('0.0.0.0/0');
  });

  it.each([
    ['googleapis.com.', 'restricted.googleapis.com.'],
    ['pkg.dev.', 'pkg.dev.'],
    ['gcr.io.', 'gcr.io.'],
    ['run.app.', 'run.app.'],
  ])('resolves %s and everything below it to the restricted VIP', (domain, host) => {
    const template = network();
    expect(template.resources('google_dns_managed_zone').map((zone) => zone['dns_name'])).toContain(domain);
    expect(template.resources('google_dns_record_set')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: host, type: 'A', rrdatas: ['199.36.153.4', '199.36.153.5', '199.36.153.6', '199.36.153.7'] }),
        expect.objectContaining({ name: `*.${domain}`, type: 'CNAME', rrdatas: [host] }),
      ]),
    );
  });

  it('leaves the peering behind when it goes, and takes the internet from the producers', () => {
    const template = network({ privateServicesRange: '10.1.0.0/20' });
    expect(template.resource('google_compute_global_address')).toMatchObject({
      address: '10.1.0.0',
      prefix_length: 20,
      purpose: 'VPC_PEERING',
    });
    expect(template.resource('google_service_networking_connection')).toMatchObject({ deletion_policy: 'ABANDON' });
    expect(template.resource('google_service_networking_vpc_service_controls')).toMatchObject({ enabled: true });
  });

  it('keeps every name within 63 characters', () => {
    const name = `a${'b'.repeat(62)}`;
    const { resource } = network({ name, nat: true, privateServicesRange: '10.1.0.0/20' }).json as {
      resource: Record<string, Record<string, Block>>;
    };
    const names = Object.entries(resource)
      .filter(([type]) => type !== 'google_dns_record_set')
      .flatMap(([, blocks]) => Object.values(blocks).map((block) => block['name']))
      .filter((each): each is string => typeof each === 'string');
    expect(names.length).toBeGreaterThan(10);
    for (const each of names) expect(each).toMatch(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/);
  });

  it.each<[string, Partial<PrivateNetworkProps>, RegExp]>([
    ['a name', { name: 'Test' }, /^test-stack\/Network: `name` must be 1 to 63 of a-z, .* got: "Test"\.$/],
    [
      'a subnet that is no range',
      { subnetRange: '10.0.0.0' },
      /`subnetRange` must be an IPv4 range between \/8 and \/29, .* got: "10\.0\.0\.0"/,
    ],
    ['an octet', { subnetRange: '10.0.256.0/24' }, /`subnetRange`/],
    ['a range too small', { privateServicesRange: '10.1.0.0/30' }, /`privateServicesRange`/],
    [
      'ranges that overlap',
      { privateServicesRange: '10.0.0.128/25' },
      /10\.0\.0\.128\/25 overlaps `subnetRange` 10\.0\.0\.0\/24.* Move one\./,
    ],
    ['two at once', { name: '', subnetRange: 'x' }, /`name`[^\n]*\n[^\n]*`subnetRange`/],
  ])('refuses %s', (_, props, message) => {
    expect(() => network(props)).toThrow(message);
  });
});
