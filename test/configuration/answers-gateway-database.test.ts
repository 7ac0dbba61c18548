import { answers, HEAD } from '../support/answers';

/** Lines of the file before `database`. */
const GATEWAY = `images: { repositories: { gateway: {} } }
secrets: { gateway-master-key: { source: generated, prefix: sk- }, gateway-salt-key: { source: generated } }
gateway:
  image: { repository: gateway, name: litellm, digest: "sha256:${'0'.repeat(64)}", version: 1.106.2 }
  saltKey: { confirmed: gateway-salt-key/1 }
`;
const PROXY = `authProxy: { repository: gateway, digest: "sha256:${'1'.repeat(64)}" }`;
const STATE = 'state: { backend: gcs, bucket: acme-state }';
const production = HEAD.replace('tier: development', 'tier: production').replace(/^state: .*$/m, STATE);
const database = (text: string, head = HEAD): string => `${head}${GATEWAY}  database: ${text}\n`;
const password = (text: string, head = HEAD): string => database(`{ login: { kind: password }, ${text} }`, head);

/** The answers, each by a part of it. */
const given = (title: string, text: string, expected: readonly RegExp[]): void =>
  answers(
    title,
    text,
    expected.map((part) => expect.stringMatching(part) as string),
  );

describe('the database of a gateway', () => {
  given('with a password', database('{ login: { kind: password } }'), []);
  given('with an identity', database(`{ login: { kind: iam, ${PROXY} } }`), []);
  given(
    'with everything',
    password('tier: db-perf-optimized-N-4, recoveryDays: 30, backups: 60, maxConnections: 800, diskLimitGB: 500'),
    [],
  );
  given('without a login', database('{ tier: db-custom-1-3840 }'), [/gateway\.database\.login +is missing/]);
  given('with an identity, and nobody who logs in with it', database('{ login: { kind: iam } }'), [
    /gateway\.database\.login\.authProxy +is missing/,
  ]);
  given('with a login of no kind', database('{ login: { kind: none } }'), [/none is not one of iam, password/]);
  given('with a tier that is none', password('tier: large'), [/gateway\.database\.tier +large is not a tier of Cloud SQL/]);
  given('with an old PostgreSQL', password('version: POSTGRES_14'), [/POSTGRES_14 is not one of POSTGRES_15, POSTGRES_16, POSTGRES_17/]);
  given('through a peering that the network has not', password('connectivity: private-services-access'), [
    /private-services-access needs the peering of the network\nGive network\.privateServicesAccess a range, or write private-service-connect\./,
  ]);
  given('with a proxy from nowhere', database(`{ login: { kind: iam, ${PROXY.replace('gateway', 'proxies')} } }`), [
    /images has no repository proxies\nWrite one of: gateway\./,
  ]);
  given('with certificates that nobody has', password('clientCertificates: true'), [
    /only the auth proxy has a client certificate, and there is none/,
  ]);
  given('brought back further than its edition can', password('recoveryDays: 14'), [
    /14 days need the edition ENTERPRISE_PLUS: others keep 7/,
  ]);
  given('brought back further than its backups', password('backups: 3'), [/3 daily backups do not reach back 7 days/]);
  given('with a stand-by of a shared core', password('tier: db-f1-micro, highAvailability: true'), [/db-f1-micro has no service level/]);
  given('larger than its limit', password('diskGB: 100, diskLimitGB: 50'), [/50 GB is less than diskGB, 100/]);
  given('with a flag that has a setting', password('flags: { max_connections: "500" }'), [
    /has a setting of its own: the connection budget counts with it\nWrite gateway\.database\.maxConnections\./,
  ]);
  given('with logins by identity off', password('flags: { cloudsql.iam_authentication: "off" }'), [/is always on\nRemove the line\./]);
  given('in one zone, in production', password('highAvailability: false', production), [
    /a database in one zone is not enough in the production tier/,
  ]);
  given('on a shared core, in production', password('tier: db-g1-small', production), [
    /db-g1-small shares its processor and has no service level/,
  ]);
});

describe('Redis of a gateway', () => {
  given('as it should be', `${HEAD}${GATEWAY}  redis: {}\n`, []);
  given('of no size', `${HEAD}${GATEWAY}  redis: { node: huge }\n`, [/huge is not one of nano, small, medium, large/]);
  given('without a copy, in production', `${production}${GATEWAY}  redis: { replicas: 0 }\n`, [
    /Redis without a copy is not enough in the production tier/,
  ]);
});
