import fc from 'fast-check';
import type { Environment } from '../../../configuration';
import { Testing, withoutTokenTraces } from '../../../constructs/core';
import { FoundationStack } from '../../../stacks/foundation';
import { GatewayStack } from '../../../stacks/gateway';
import { environments } from '../../support/environments';
import { Template } from '../../support/template';
import { productionGateway, wholeGateway } from './gateway-environment';
import { type Intended, openings } from './openings';

/** Of a stack of NAT, whose address only lets traffic out. */
const isNat = (sentence: string): boolean => /^google_compute_address\.Network_/.test(sentence);

const intended = ({ gateway, identity }: Environment): Intended => ({
  door: gateway?.frontDoor?.kind === 'external',
  everybody: Object.values(identity.invokers).some(({ kind }) => kind === 'everybody'),
});

const openingsOf = (environment: Environment): string[] =>
  withoutTokenTraces(() => {
    const app = Testing.app();
    return [new FoundationStack(app, environment), new GatewayStack(app, environment, environment.gateway!)];
  })
    .flatMap((stack) => openings(new Template(stack).json, intended(environment)))
    .filter((sentence) => !isNat(sentence));

describe('no combination of options lets the internet in past the front door', () => {
  it('of any valid environment with a gateway', () => {
    fc.assert(
      fc.property(
        environments.filter(({ gateway }) => gateway !== undefined),
        (environment) => expect(openingsOf(environment)).toEqual([]),
      ),
      { numRuns: 40, endOnFailure: true },
    );
  }, 240_000);

  it('of a gateway with everything on, and of one for everybody', () => {
    expect(openingsOf(wholeGateway())).toEqual([]);
  });
});

describe('an opening is found', () => {
  let json: Record<string, unknown>;
  beforeAll(() => {
    const production = productionGateway();
    json = new Template(new GatewayStack(Testing.app(), production, production.gateway!)).json;
  });
  const closed: Intended = { door: true, everybody: false };

  /** The stack with one more resource, or with one changed. */
  const found = (type: string, block: object, as: Intended = closed): string[] => {
    const resource = json['resource'] as Record<string, Record<string, object>>;
    const [[name, before] = ['added', {}]] = Object.entries(resource[type] ?? {});
    return openings({ resource: { ...resource, [type]: { [name]: { ...before, ...block } } } }, as).map((sentence) =>
      sentence.replace(/^\S+ /, ''),
    );
  };

  it('in nothing that is there', () => expect(openings(json, closed)).toEqual([]));

  it.each<[string, object, string]>([
    ['google_cloud_run_v2_service', { ingress: 'INGRESS_TRAFFIC_ALL' }, 'ingress is INGRESS_TRAFFIC_ALL'],
    ['google_cloud_run_v2_service', { invoker_iam_disabled: true }, 'nobody asks who calls'],
    ['google_cloud_run_v2_service', { template: {} }, 'its traffic does not go through the network'],
    ['google_cloud_run_v2_service_iam_member', { member: 'allUsers' }, 'everybody may call, which nobody asked for'],
    ['google_cloud_run_v2_service_iam_binding', { members: ['user:a@b.c'] }, 'takes away what others were given'],
    [
      'google_sql_database_instance',
      { settings: { ip_configuration: { ipv4_enabled: true, ssl_mode: 'ENCRYPTED_ONLY' } } },
      'has an address of the internet',
    ],
    ['google_sql_database_instance', { settings: { ip_configuration: { ipv4_enabled: false } } }, 'can be spoken to without TLS'],
    ['google_redis_cluster', { transit_encryption_mode: 'TRANSIT_ENCRYPTION_MODE_DISABLED' }, 'can be spoken to without TLS'],
    ['google_redis_cluster', { authorization_mode: 'AUTH_MODE_DISABLED' }, 'does not ask who calls'],
    ['google_compute_global_forwarding_rule', { port_range: '80' }, 'listens on 80'],
    ['google_compute_forwarding_rule', { load_balancing_scheme: 'EXTERNAL_MANAGED' }, 'is a door to the internet within a region'],
    ['google_compute_backend_service', { security_policy: undefined }, 'is reached from the internet without a policy of Cloud Armor'],
    ['google_compute_target_http_proxy', {}, 'answers without TLS'],
    ['google_compute_firewall', { allow: [{ protocol: 'tcp' }], source_ranges: ['0.0.0.0/0'] }, 'lets everybody in'],
    ['google_compute_address', { address_type: 'EXTERNAL' }, 'is an address of the internet'],
  ])('in %s with %j', (type, block, sentence) => expect(found(type, block)).toContain(sentence));

  it('in a secret for everybody, also where everybody may call', () => {
    const member = { member: 'allAuthenticatedUsers' };
    expect(found('google_secret_manager_secret_iam_member', member, { door: true, everybody: true })).toContain('is given to the world');
  });

  it('in a door that the file does not have', () => {
    const sentence = 'is a door to the internet that nobody asked for';
    expect(found('google_compute_global_forwarding_rule', {}, { door: false, everybody: false })).toContain(sentence);
  });
});
