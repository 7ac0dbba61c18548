import { answers, HEAD } from '../support/answers';

/** Lines of the file before `frontDoor`. */
const GATEWAY = `images: { repositories: { gateway: {} } }
secrets: { gateway-master-key: { source: generated, prefix: sk- }, gateway-salt-key: { source: generated } }
gateway:
  image: { repository: gateway, name: litellm, digest: "sha256:${'0'.repeat(64)}", version: 1.106.2 }
  saltKey: { confirmed: gateway-salt-key/1 }
`;
const PROXIES = HEAD.replace('subnet: 10.0.0.0/24', 'subnet: 10.0.0.0/24, proxySubnet: 10.9.0.0/23');
const door = (text: string, head = HEAD): string => `${head}${GATEWAY}  frontDoor:\n    ${text}\n`;
const ZONED = 'domains: { llm.acme.example: { zone: { name: acme } } }';
const external = (text: string, head = HEAD): string => door(`{ kind: external, ${ZONED}, ${text} }`, head);

describe('a front door', () => {
  answers('as it should be', door(`{ kind: external, ${ZONED} }`), []);
  answers(
    'with everything',
    external(
      `callers: { ranges: [203.0.113.0/24] }, denied: { countries: [KP] }, waf: { sqli: {}, cve: { preview: false } }, rateLimit: { requests: 10, seconds: 30 }, administrators: { signIn: { ops: { kind: group, email: ops@acme.example } } }`,
    ),
    [],
  );
  answers(
    'inside, as it should be',
    door(
      '{ kind: internal, domains: { llm.acme.example: { certificate: { kind: private-ca, issuanceConfig: projects/p-ca/locations/europe-west4/certificateIssuanceConfigs/ca } } } }',
      PROXIES,
    ),
    [],
  );
  answers('of no kind', door('{ domains: {} }'), ['11:3  gateway.frontDoor.kind  is missing\nAdd it under gateway.frontDoor: external.']);
  answers('of another kind', door(`{ kind: public, ${ZONED} }`), [
    '12:13  gateway.frontDoor.kind  public is not one of external, internal',
  ]);
  answers('without a domain', door('{ kind: external, domains: {} }'), [
    '12:23  gateway.frontDoor.domains  allowed here is 1 to 15 domains',
  ]);
  answers('with a domain that is none', door('{ kind: external, domains: { LLM.acme: { zone: { name: acme } } } }'), [
    '12:34  gateway.frontDoor.domains.LLM.acme  "LLM.acme" is not a domain in lower case, e.g. llm.example.com',
  ]);
  answers('with plain HTTP', external('http: true'), [
    '12:80  gateway.frontDoor.http  unknown key\nAllowed with kind: external: kind, domains, tls, open, alsoOpen, logSampleRate, callers, denied, administrators, rateLimit, waf, inspectBodies, verboseLog, keysInUrls.',
  ]);
  answers('with a certificate that nobody proves', door('{ kind: external, domains: { llm.acme.example: {} } }'), [
    '12:34  gateway.frontDoor.domains.llm.acme.example.certificate  Google issues no certificate for a domain that nobody proves, and there is no public zone to prove it in\nAdd the zone of the domain, or write certificate: { kind: existing, certificate: … }.',
  ]);
  answers(
    'with a private authority on the internet',
    door('{ kind: external, domains: { llm.acme.example: { certificate: { kind: private-ca, issuanceConfig: x } } } }'),
    [
      '12:75  gateway.frontDoor.domains.llm.acme.example.certificate.kind  private-ca is not one of managed, existing',
      '12:87  gateway.frontDoor.domains.llm.acme.example.certificate.issuanceConfig  unknown key\nAllowed with kind: private-ca: kind, zone, certificate.',
    ],
  );
  answers(
    'with a private key',
    door(
      '{ kind: external, domains: { llm.acme.example: { certificate: { kind: existing, certificate: projects/p-ca/locations/global/certificates/own, privateKey: abc } } } }',
    ),
    [
      '12:147  gateway.frontDoor.domains.llm.acme.example.certificate.privateKey  unknown key\nAllowed with kind: existing: kind, certificate.',
    ],
  );
  answers(
    'with a certificate of a region',
    door(
      '{ kind: external, domains: { llm.acme.example: { certificate: { kind: existing, certificate: projects/p-ca/locations/europe-west4/certificates/own } } } }',
    ),
    [
      '12:98  gateway.frontDoor.domains.llm.acme.example.certificate.certificate  is in europe-west4, but an external front door takes certificates of global only\nMake one there, and name it.',
    ],
  );
  answers(
    'with a compute certificate',
    door(
      '{ kind: external, domains: { llm.acme.example: { certificate: { kind: existing, certificate: projects/p-ca/global/sslCertificates/own } } } }',
    ),
    [
      '12:98  gateway.frontDoor.domains.llm.acme.example.certificate.certificate  projects/p-ca/global/sslCertificates/own is not projects/PROJECT/locations/LOCATION/certificates/NAME in Certificate Manager',
    ],
  );
  answers(
    'inside, with a global certificate',
    door(
      '{ kind: internal, domains: { llm.acme.example: { certificate: { kind: existing, certificate: projects/p-ca/locations/global/certificates/own } } } }',
      PROXIES,
    ),
    [
      '12:98  gateway.frontDoor.domains.llm.acme.example.certificate.certificate  is in global, but an internal front door takes certificates of europe-west4 only\nMake one there, and name it.',
    ],
  );
  answers(
    'inside, without proxies',
    door('{ kind: internal, domains: { llm.acme.example: { certificate: { kind: managed, zone: { name: acme } } } } }'),
    [
      '12:13  gateway.frontDoor.kind  an internal load balancer calls from addresses of its own, and the network has none for it\nAdd network.proxySubnet, e.g. a /23 beside the subnet.',
    ],
  );
  answers(
    'inside, with a certificate that nobody proves',
    door('{ kind: internal, domains: { llm.acme.example: { zone: { name: acme }, certificate: { kind: managed } } } }', PROXIES),
    [
      '12:76  gateway.frontDoor.domains.llm.acme.example.certificate  Google issues no certificate for a domain that nobody proves, and there is no public zone to prove it in\nWrite certificate: { kind: managed, zone: { name: … } } with a public zone, or kind: existing or private-ca.',
    ],
  );
  answers(
    'inside, with rules that only the internet has',
    door(
      '{ kind: internal, domains: { llm.acme.example: { certificate: { kind: managed, zone: { name: acme } } } }, waf: { sqli: {} } }',
      PROXIES,
    ),
    [
      '12:112  gateway.frontDoor.waf  unknown key\nIt belongs to another kind. Allowed with kind: internal: kind, domains, tls, open, alsoOpen, logSampleRate, administration, otherRegions.',
    ],
  );
  answers('with old TLS', external('tls: compatible'), ['12:85  gateway.frontDoor.tls  compatible is not one of modern, restricted']);
  answers('that opens nothing', external('open: []'), ['12:80  gateway.frontDoor.open  allowed here is a list of at least one API']);
  answers('that opens an API that is none', external('open: [admin]'), [
    '12:87  gateway.frontDoor.open.0  admin is not one of openai, gemini, anthropic, vertex, images, audio, realtime, rerank, batches, liveness',
  ]);
  answers('that opens everything', external('alsoOpen: ["/*"]'), [
    '12:91  gateway.frontDoor.alsoOpen.0  "/*" is not a path, e.g. /key/info, with /* at most at its end',
  ]);
  answers('with a wildcard within a path', external('alsoOpen: ["/v1/*/x"]'), [
    '12:91  gateway.frontDoor.alsoOpen.0  "/v1/*/x" is not a path, e.g. /key/info, with /* at most at its end',
  ]);
  answers('that lets in the whole internet', external('callers: { ranges: [0.0.0.0/0] }'), [
    '12:100  gateway.frontDoor.callers.ranges.0  0.0.0.0/0 is not a range between /8 and /32: a longer one lets half the internet in',
  ]);
  answers('that lets in nobody', external('callers: { ranges: [] }'), [
    '12:91  gateway.frontDoor.callers.ranges  allowed here is a list of 1 to 100 ranges',
  ]);
  answers('with an address for a range', external('callers: { ranges: [203.0.113.7] }'), [
    '12:100  gateway.frontDoor.callers.ranges.0  203.0.113.7 is not an IPv4 range, e.g. 203.0.113.0/24, or 203.0.113.7/32 for one address',
  ]);
  answers('with a range that does not begin where it says', external('callers: { ranges: [203.0.113.7/24] }'), [
    '12:100  gateway.frontDoor.callers.ranges.0  203.0.113.7/24 is not the start of a range: the /24 that holds this address is 203.0.113.0/24',
  ]);
  answers('with a range twice', external('callers: { ranges: [203.0.113.0/24, 203.0.113.0/24] }'), [
    '12:116  gateway.frontDoor.callers.ranges.1  203.0.113.0/24 stands twice\nRemove it.',
  ]);
  answers('with a part of another range', external('administrators: { ranges: [203.0.113.7/32, 203.0.113.0/24] }'), [
    '12:107  gateway.frontDoor.administrators.ranges.0  203.0.113.7/32 is a part of 203.0.113.0/24, which stands beside it\nRemove it.',
  ]);
  answers('that denies whom it lets in', external('callers: { ranges: [203.0.113.0/24] }, denied: { ranges: [203.0.112.0/23] }'), [
    '12:100  gateway.frontDoor.callers.ranges.0  203.0.113.0/24 is let in, but 203.0.112.0/23 under denied holds it, and is denied first\nRemove one of the two.',
  ]);
  answers(
    'that denies its administrators',
    external('administrators: { ranges: [203.0.113.0/24] }, denied: { ranges: [203.0.113.0/24] }'),
    [
      '12:107  gateway.frontDoor.administrators.ranges.0  203.0.113.0/24 is let in, but 203.0.113.0/24 under denied holds it, and is denied first\nRemove one of the two.',
    ],
  );
  answers('with a country by name', external('denied: { countries: [Russia] }'), [
    '12:102  gateway.frontDoor.denied.countries.0  Russia is not the code of a country, e.g. KP',
  ]);
  answers('with administrators who are nobody', external('administrators: {}'), [
    '12:80  gateway.frontDoor.administrators  names nobody\nAdd ranges, signIn or both, or remove it.',
  ]);
  answers('where nobody signs in', external('administrators: { signIn: {} }'), [
    '12:98  gateway.frontDoor.administrators.signIn  lets nobody sign in\nName people or groups, or remove it.',
  ]);
  answers('where everybody signs in', external('administrators: { signIn: { all: { kind: everybody } } }'), [
    '12:108  gateway.frontDoor.administrators.signIn.all.email  is missing\nAdd it under gateway.frontDoor.administrators.signIn.all.',
    '12:121  gateway.frontDoor.administrators.signIn.all.kind  everybody is not one of group, user',
  ]);
  answers(
    'with an OAuth client',
    external('administrators: { signIn: { ops: { kind: group, email: ops@acme.example } }, clientSecret: abc }'),
    ['12:157  gateway.frontDoor.administrators.clientSecret  unknown key\nAllowed here: ranges, signIn.'],
  );
  answers('with an interval that Cloud Armor does not have', external('rateLimit: { seconds: 45 }'), [
    '12:102  gateway.frontDoor.rateLimit.seconds  45 is not one of 10, 30, 60, 120, 180, 240, 270, 300, 600, 900, 1200, 1800, 2700, 3600',
  ]);
  answers('with a limit of nothing', external('rateLimit: { requests: 0 }'), [
    '12:103  gateway.frontDoor.rateLimit.requests  0 is not a whole number from 1 to 10000000',
  ]);
  answers('with a long ban', external('rateLimit: { banSeconds: 86400 }'), [
    '12:105  gateway.frontDoor.rateLimit.banSeconds  86400 is not a whole number from 60 to 3600',
  ]);
  answers('with a rule that is none', external('waf: { sql-injection: {} }'), [
    '12:87  gateway.frontDoor.waf.sql-injection  unknown key\nAllowed here: sqli, xss, lfi, rfi, rce, protocolattack, scannerdetection, sessionfixation, cve.',
  ]);
  answers('with a sensitivity of 5', external('waf: { sqli: { sensitivity: 5 } }'), [
    '12:108  gateway.frontDoor.waf.sqli.sensitivity  5 is not a whole number from 1 to 4',
  ]);
  answers('with an expression for a signature', external(`waf: { sqli: { except: ["') || true || ('"] } }`), [
    '12:104  gateway.frontDoor.waf.sqli.except.0  "\') || true || (\'" is not the id of a signature, e.g. owasp-crs-v030301-id942350-sqli',
  ]);
  answers('that inspects bodies with nothing', external('inspectBodies: true'), [
    '12:95  gateway.frontDoor.inspectBodies  has no effect without rules\nAdd gateway.frontDoor.waf, or remove it.',
  ]);
  answers('with proxies inside the subnet', HEAD.replace('subnet: 10.0.0.0/24', 'subnet: 10.0.0.0/20, proxySubnet: 10.0.8.0/23'), [
    '5:46  network.proxySubnet  10.0.8.0/23 overlaps with 10.0.0.0/20: a subnet for proxies is for them alone\nChoose a range outside of it.',
  ]);
  answers('with too few proxies', HEAD.replace('subnet: 10.0.0.0/24', 'subnet: 10.0.0.0/24, proxySubnet: 10.9.0.0/27'), [
    '5:46  network.proxySubnet  10.9.0.0/27 is not a range between /16 and /26',
  ]);
});
