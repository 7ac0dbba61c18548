import type { ExternalFrontDoorProps, InternalFrontDoorProps } from '../../../../constructs/gateway/front-door';
import { Principal } from '../../../../constructs/workload-identity';
import { external, internal, ZONE } from './doors';

const managed = { zone: ZONE, certificate: { kind: 'managed' as const, zone: ZONE } };
const existing = (certificate: string) => ({
  domains: { 'llm.acme.example': { certificate: { kind: 'existing' as const, certificate } } },
});

/** What is given, where it is said, and what is said. */
const EXTERNAL: readonly [string, Partial<ExternalFrontDoorProps>, string][] = [
  ['a name of capitals', { name: 'Gateway' }, 'test-stack/FrontDoor: `name` must be 1 to 63 of a-z, 0-9 and dash, starting with a letter'],
  ['no domain', { domains: {} }, '`domains.length` must be a whole number between 1 and 15, got: 0'],
  ['a domain without a dot', { domains: { localhost: managed } }, '`domains` must be a domain in lower case'],
  ['a domain with a scheme', { domains: { 'https://llm.acme.example': managed } }, '`domains` must be a domain in lower case'],
  ['a wildcard', { domains: { '*.acme.example': managed } }, '`domains` must be a domain in lower case'],
  [
    'a domain for a zone',
    { domains: { 'llm.acme.example': { ...managed, zone: { name: 'acme.example' } } } },
    'must be the name of a zone',
  ],
  [
    'a certificate of a region',
    existing('projects/p/locations/europe-west4/certificates/own'),
    'projects/PROJECT/locations/global/certificates/NAME',
  ],
  ['a certificate itself', existing('-----BEGIN CERTIFICATE-----'), 'projects/PROJECT/locations/global/certificates/NAME'],
  [
    'a service that is none',
    { service: { name: 'Gateway', region: 'europe-west4' } },
    '`service.name` must be the name of a Cloud Run service',
  ],
  ['no API', { open: [] }, '`open` must have at least one API'],
  ['every path', { alsoOpen: ['/*'] }, '`alsoOpen`: "/*" is not a path'],
  ['a path with a wildcard within', { alsoOpen: ['/v1/*/x'] }, '"/v1/*/x" is not a path'],
  ['administration', { alsoOpen: ['/key/generate'] }, '"/key/generate" is not a path of the API: /key is administration'],
  ['administration with a wildcard', { alsoOpen: ['/key/*'] }, '"/key/*" is not a path of the API: /key is administration'],
  ['what holds administration', { alsoOpen: ['/v1/*'] }, '"/v1/*" is not a path of the API: /v1/agents is administration'],
  ['a sample of 200 %', { logSampleRate: 2 }, '`logSampleRate` must be between 0 and 1, got: 2'],
  [
    'the whole internet',
    { callers: { ranges: ['0.0.0.0/0'] } },
    'takes an IPv4 range between /8 and /32, e.g. 203.0.113.0/24, got: 0.0.0.0/0',
  ],
  ['IPv6, which the address is not', { callers: { ranges: ['2001:db8::/32'] } }, '`allowed.ranges` takes an IPv4 range'],
  [
    'too many ranges',
    { callers: { ranges: Array.from({ length: 101 }, (_, n) => `10.0.${n}.0/24`) } },
    '`allowed.ranges.length` must be a whole number between 0 and 100',
  ],
  ['a range twice', { callers: { ranges: ['203.0.113.0/24', '203.0.113.0/24'] } }, '203.0.113.0/24 stands twice. Remove one of the two.'],
  ['a range in another', { denied: { ranges: ['203.0.113.0/24', '203.0.113.7/32'] } }, '203.0.113.7/32 is a part of 203.0.113.0/24'],
  [
    'who is let in and denied',
    { callers: { ranges: ['203.0.113.0/24'] }, denied: { ranges: ['203.0.113.0/24'] } },
    '203.0.113.0/24 is let in, but 203.0.113.0/24, which holds it, is denied first',
  ],
  ['a country by name', { denied: { regions: ['Germany'] } }, '`denied.regions` must be codes of ISO 3166-1'],
  ['an interval of 45 seconds', { rateLimit: { requests: 1, seconds: 45 } }, '`rateLimit.seconds` must be one of 10, 30, 60'],
  ['a limit of nothing', { rateLimit: { requests: 0 } }, '`rateLimit.requests` must be a whole number between 1 and 10000000, got: 0'],
  [
    'a ban of a day',
    { rateLimit: { requests: 1, banSeconds: 86_400 } },
    '`rateLimit.banSeconds` must be a whole number between 60 and 3600',
  ],
  ['a sensitivity of 0', { waf: { sqli: { sensitivity: 0 } } }, '`waf.sqli.sensitivity` must be a whole number between 1 and 4, got: 0'],
  ['an expression for a signature', { waf: { sqli: { except: ["') || true || ('"] } } }, '`waf.sqli.except` must be the id of a signature'],
  [
    'nobody who signs in',
    { administrators: { iap: { projectNumber: '1', members: {} } } },
    '/Administrators: `members` must have at least one element',
  ],
  [
    'everybody who signs in',
    { administrators: { iap: { projectNumber: '1', members: { all: Principal.everybody('allAuthenticatedUsers', 'because we can') } } } },
    'all: allAuthenticatedUsers is everybody. Name people or groups.',
  ],
  [
    'a group that is none',
    { administrators: { iap: { projectNumber: '1', members: { ops: Principal.group('ops') } } } },
    'ops: a group is an e-mail address',
  ],
];

const INTERNAL: readonly [string, Partial<InternalFrontDoorProps>, string][] = [
  [
    'a global certificate',
    existing('projects/p/locations/global/certificates/own'),
    'projects/PROJECT/locations/europe-west4/certificates/NAME',
  ],
  [
    'an authority of another region',
    {
      domains: {
        'llm.acme.example': {
          certificate: { kind: 'private-ca', issuanceConfig: 'projects/p/locations/us-east1/certificateIssuanceConfigs/ca' },
        },
      },
    },
    'projects/PROJECT/locations/europe-west4/certificateIssuanceConfigs/NAME',
  ],
  ['administration by path', { alsoOpen: ['/ui/*'] }, '"/ui/*" is not a path of the API: /ui is administration'],
];

/** The message as it is, without patterns. */
const said = (build: () => unknown): string => {
  try {
    build();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing';
};

describe('a front door refuses', () => {
  it.each(EXTERNAL)('%s', (_, props, message) => expect(said(() => external(props))).toContain(message));
  it.each(INTERNAL)('inside: %s', (_, props, message) => expect(said(() => internal(props))).toContain(message));

  it('everything that is wrong at once', () => {
    const message = said(() => external({ name: 'X', open: [], logSampleRate: 3 }));
    expect(message.split('\n')).toHaveLength(3);
  });
});
