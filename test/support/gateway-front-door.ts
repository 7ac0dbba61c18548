import * as fc from 'fast-check';
import type { EnvironmentInput } from './environments';
import type { GatewayInput } from './gateway';

type FrontDoorInput = NonNullable<GatewayInput['frontDoor']>;

const zone = fc.constantFrom({ name: 'acme-example' }, { name: 'acme-example', project: 'acme-dns' });
const domain = fc.stringMatching(/^[a-z]{1,8}\.acme\.example$/);

const existing = (location: string) =>
  fc.constant({ kind: 'existing' as const, certificate: `projects/acme-ca/locations/${location}/certificates/own` });
const authority = (location: string) =>
  fc.constant({ kind: 'private-ca' as const, issuanceConfig: `projects/acme-ca/locations/${location}/certificateIssuanceConfigs/ca` });

/** Ranges that share nothing: the second number tells the lists apart. */
const ranges = (list: number) =>
  fc
    .uniqueArray(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 12 })
    .map((thirds) => thirds.map((third) => `20.${list}.${third}.0/24`));

const common = {
  tls: fc.constantFrom('modern' as const, 'restricted' as const),
  open: fc.subarray(['openai', 'gemini', 'anthropic', 'vertex', 'batches', 'liveness'] as const, { minLength: 1 }).map((open) => [...open]),
  alsoOpen: fc.subarray(['/key/info', '/mcp/*']),
  logSampleRate: fc.constantFrom(0, 0.5, 1),
};

const external: fc.Arbitrary<FrontDoorInput> = fc.record(
  {
    kind: fc.constant('external' as const),
    domains: fc.dictionary(domain, fc.oneof(fc.record({ zone }), fc.record({ certificate: existing('global') })), {
      minKeys: 1,
      maxKeys: 3,
    }),
    ...common,
    callers: fc.record({ ranges: ranges(1), preview: fc.boolean() }),
    denied: fc.record({ ranges: ranges(2), countries: fc.subarray(['KP', 'RU']), preview: fc.boolean() }),
    administrators: fc.oneof(
      fc.record({ ranges: ranges(3) }),
      fc.record({ signIn: fc.constant({ ops: { kind: 'group' as const, email: 'ops@acme.example' } }) }),
      fc.record({ ranges: ranges(3), signIn: fc.constant({ me: { kind: 'user' as const, email: 'me@acme.example' } }) }),
    ),
    rateLimit: fc.record(
      {
        requests: fc.integer({ min: 1, max: 10_000_000 }),
        seconds: fc.constantFrom(10 as const, 3600 as const),
        by: fc.constantFrom('address' as const, 'key' as const, 'address-and-key' as const),
        banSeconds: fc.integer({ min: 60, max: 3600 }),
        preview: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
    waf: fc.constantFrom(
      {},
      { sqli: {}, cve: { preview: false } },
      { xss: { sensitivity: 4, except: ['owasp-crs-v030301-id941100-xss'] } },
    ),
    verboseLog: fc.boolean(),
    keysInUrls: fc.constantFrom('refused' as const, 'allowed' as const),
  },
  { requiredKeys: ['kind', 'domains'] },
);

const internal = (region: string): fc.Arbitrary<FrontDoorInput> =>
  fc.record(
    {
      kind: fc.constant('internal' as const),
      domains: fc.dictionary(
        domain,
        fc.record(
          {
            certificate: fc.oneof(existing(region), authority(region), fc.record({ kind: fc.constant('managed' as const), zone })),
            zone: fc.constant({ name: 'acme-internal' }),
          },
          { requiredKeys: ['certificate'] },
        ),
        { minKeys: 1, maxKeys: 3 },
      ),
      ...common,
      administration: fc.constantFrom('closed' as const, 'open' as const),
      otherRegions: fc.boolean(),
    },
    { requiredKeys: ['kind', 'domains'] },
  );

/** Every kind of valid front door. */
export const frontDoors = (region: string): fc.Arbitrary<FrontDoorInput> => fc.oneof(external, internal(region));

/** An environment file with the front door before its gateway, and with what it needs of the network. */
export function withFrontDoor(settings: EnvironmentInput, frontDoor: FrontDoorInput): EnvironmentInput {
  const network = frontDoor.kind === 'internal' ? { ...settings.network, proxySubnet: '172.20.0.0/23' } : settings.network;
  return { ...settings, network, gateway: { ...settings.gateway!, frontDoor } };
}
