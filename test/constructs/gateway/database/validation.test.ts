import { EnvironmentStack, Testing } from '../../../../constructs/core';
import {
  DatabaseConnectivity,
  GatewayCache,
  type GatewayCacheProps,
  GatewayDatabase,
  type GatewayDatabaseProps,
  type GatewayMigrationsProps,
  PasswordLogin,
} from '../../../../constructs/gateway/database';
import { TEST_ENVIRONMENT } from '../../../support/template';
import { Account, build, databaseProps, image, NETWORK, SUBNETWORK } from './examples';

const stack = () => new EnvironmentStack(Testing.app({ stackTraces: false }), 'test-stack', TEST_ENVIRONMENT);
const psc = (subnetwork: string, network = NETWORK) => DatabaseConnectivity.privateServiceConnect({ network, subnetwork });

describe('GatewayDatabase refuses', () => {
  it.each<[string, Partial<GatewayDatabaseProps>, string]>([
    ['a name', { name: 'Gateway' }, '`name` must be at most 75 of a-z'],
    ['a version', { version: 'POSTGRES_14' }, '`version` must be POSTGRES_15, POSTGRES_16 or POSTGRES_17, got: "POSTGRES_14"'],
    ['a tier', { tier: 'n1-standard-1' }, '`tier` must be a tier of Cloud SQL'],
    ['an odd number of vCPUs', { tier: 'db-custom-3-7680' }, '`tier` db-custom-3-7680: 1 vCPU, or an even number up to 96.'],
    ['too little memory', { tier: 'db-custom-2-2048' }, 'memory is a multiple of 256 MB, at least 3840'],
    ['memory between the steps', { tier: 'db-custom-2-7700' }, 'memory is a multiple of 256 MB'],
    ['too much memory a vCPU', { tier: 'db-custom-1-7680' }, '0.9 to 6.5 GB a vCPU'],
    ['a stand-by of a shared core', { tier: 'db-f1-micro', highAvailability: true }, 'shared-core tiers have no service level'],
    ['a small disk', { diskGB: 5 }, '`diskGB` must be a whole number between 10 and 65536, got: 5'],
    ['a limit below the disk', { diskGB: 100, diskLimitGB: 50 }, '`diskLimitGB`, 50, is less than the disk begins with, 100'],
    ['no backups', { backups: 0 }, '`backups` must be a whole number between 1 and 365'],
    ['recovery beyond the edition', { recoveryDays: 14 }, '`recoveryDays` must be a whole number between 1 and 7, got: 14'],
    [
      'recovery beyond the default backups',
      { tier: 'db-perf-optimized-N-2', recoveryDays: 30 },
      '`backups`, 14, is less than `recoveryDays`, 30',
    ],
    ['recovery beyond the backups', { backups: 3 }, '`backups`, 3, is less than `recoveryDays`, 7'],
    ['an hour', { backupHour: 24 }, '`backupHour` must be'],
    ['a day', { maintenance: { day: 0, hour: 3 } }, '`maintenance.day` must be'],
    ['a flag with a prop', { flags: { max_connections: '500' } }, '`flags.max_connections`: use the prop `maxConnections`'],
    ['logins by identity switched off', { flags: { 'cloudsql.iam_authentication': 'off' } }, 'it is always on'],
    ['few connections', { maxConnections: 10 }, '`maxConnections` must be'],
    ['a generation', { generation: 0 }, '`generation` must be'],
    ['a key', { encryptionKey: 'key' }, '`encryptionKey` must be projects/P/locations/L/keyRings/R/cryptoKeys/K'],
    [
      'a key elsewhere',
      { encryptionKey: 'projects/p/locations/global/keyRings/r/cryptoKeys/k' },
      'must be in the region of the instance, europe-west4, but',
    ],
    ['a network by its name', { connectivity: DatabaseConnectivity.privateServicesAccess('default') }, '`connectivity.network` must be'],
    [
      'a subnet elsewhere',
      { connectivity: psc('projects/acme-ai-test/regions/us-central1/subnetworks/s') },
      'must be in the region of the instance, europe-west4: projects/acme-ai-test/regions/us-central1/subnetworks/s is in us-central1',
    ],
  ])('%s', (_, over, message) => expect(() => new GatewayDatabase(stack(), 'Database', databaseProps(over))).toThrow(message));

  it('several mistakes at once', () => {
    const wrong = () => new GatewayDatabase(stack(), 'Database', databaseProps({ diskGB: 1, backups: 0, tier: 'large' }));
    for (const message of ['`diskGB`', '`backups`', '`tier`']) expect(wrong).toThrow(message);
  });
});

describe('a login refuses', () => {
  it('client certificates without the proxy that has one', () => {
    const made = stack();
    const database = new GatewayDatabase(made, 'Database', databaseProps({ clientCertificates: true }));
    expect(() => new PasswordLogin(made, 'Login', { database, account: new Account(made) })).toThrow(
      'the database asks for client certificates, which only the auth proxy has: give `authProxyImage`',
    );
  });

  it.each([0, 1.5, 1_000_001])('version %d', (version) =>
    expect(() => build(stack(), { login: 'password', version })).toThrow('`version` must be a whole number between 1 and 1000000'),
  );

  it('an image of the proxy by its tag', () => {
    const made = stack();
    const database = new GatewayDatabase(made, 'Database', databaseProps());
    const login = () => new PasswordLogin(made, 'Login', { database, account: new Account(made), authProxyImage: 'proxy:2.15' });
    expect(login).toThrow('`authProxyImage` must be an image by digest');
  });
});

describe('GatewayMigrations refuses', () => {
  it.each<[string, Partial<GatewayMigrationsProps>, string]>([
    ['an image by its tag', { image: 'litellm:1.106.2' }, '`image` must be an image by digest'],
    ['less memory than Prisma needs', { memoryGiB: 1 }, '`memoryGiB` must be a whole number between 2 and 32, got: 1'],
    ['no end', { timeoutSeconds: 0 }, '`timeoutSeconds` must be a whole number between 60 and 86400'],
    ['many tries', { retries: 10 }, '`retries` must be a whole number between 0 and 3'],
    ['a long name', { name: 'm'.repeat(50) }, '`name` must be at most 49'],
    ['an attempt', { attempt: 0 }, '`attempt` must be'],
  ])('%s', (_, migrations, message) => expect(() => build(stack(), { migrations: { image: image('1'), ...migrations } })).toThrow(message));
});

describe('GatewayCache refuses', () => {
  it.each<[string, Partial<GatewayCacheProps>, string]>([
    ['a name', { name: 'Cache' }, '`name` must be at most 40 of a-z'],
    ['many copies', { replicas: 3 }, '`replicas` must be a whole number between 0 and 2, got: 3'],
    ['no shard', { shards: 0 }, '`shards` must be a whole number between 1 and 125, got: 0'],
  ])('%s', (_, over, message) => {
    const made = stack();
    const props: GatewayCacheProps = {
      name: 'test-gateway',
      projectId: 'acme-ai-test',
      region: 'europe-west4',
      network: { network: NETWORK, subnetwork: SUBNETWORK },
      account: new Account(made),
      ...over,
    };
    expect(() => new GatewayCache(made, 'Cache', props)).toThrow(message);
  });
});
