import { EnvironmentStack, Testing } from '../../../../constructs/core';
import { DatabaseConnectivity, GatewayCache } from '../../../../constructs/gateway/database';
import { stable } from '../../../support/snapshot';
import { Template, TEST_ENVIRONMENT } from '../../../support/template';
import { Account, build, type Example, NETWORK, SUBNETWORK } from './examples';

const newStack = () => new EnvironmentStack(Testing.app({ stackTraces: false }), 'test-stack', TEST_ENVIRONMENT);

function synthesized(example: Example): Template {
  const stack = newStack();
  build(stack, example);
  return new Template(stack);
}

const KEY = 'projects/acme-ai-test/locations/europe-west4/keyRings/test-europe-west4/cryptoKeys/database';
const everything: Example = {
  login: 'password',
  version: 3,
  database: {
    tier: 'db-perf-optimized-N-4',
    connectivity: DatabaseConnectivity.privateServiceConnect({ network: NETWORK, subnetwork: SUBNETWORK }),
    highAvailability: true,
    clientCertificates: true,
    encryptionKey: KEY,
    maxConnections: 800,
    flags: { log_min_duration_statement: '5000' },
    diskGB: 100,
    diskLimitGB: 1000,
    backups: 60,
    recoveryDays: 30,
    generation: 2,
  },
  migrations: { memoryGiB: 8, timeoutSeconds: 3600, retries: 0, attempt: 2, encryptionKey: KEY },
};

type Instance = {
  settings: { ip_configuration: object; database_flags: { name: string }[] };
  lifecycle: object;
  deletion_protection: boolean;
};

describe('what is synthesized', () => {
  it('smallest: login by identity', () => expect(stable(synthesized({}))).toMatchSnapshot());
  it('a password', () => expect(stable(synthesized({ login: 'password' }))).toMatchSnapshot());
  it('everything on', () => expect(stable(synthesized(everything))).toMatchSnapshot());

  it.each<[string, Example]>([
    ['smallest', {}],
    ['a password', { login: 'password', version: 2 }],
    ['everything on', everything],
  ])('%s: never reached from the internet, never without TLS, with both protections', (_, example) => {
    const instance = synthesized(example).resource('google_sql_database_instance') as unknown as Instance;
    expect(instance.settings.ip_configuration).toMatchObject({
      ipv4_enabled: false,
      ssl_mode: expect.stringMatching(/^(ENCRYPTED_ONLY|TRUSTED_CLIENT_CERTIFICATE_REQUIRED)$/),
    });
    expect(instance.settings.ip_configuration).not.toHaveProperty('authorized_networks');
    expect(instance).toMatchObject({
      deletion_protection: true,
      settings: {
        deletion_protection_enabled: true,
        backup_configuration: { enabled: true, point_in_time_recovery_enabled: true },
        insights_config: { query_insights_enabled: true },
      },
      lifecycle: { prevent_destroy: true, ignore_changes: ['settings[0].disk_size'] },
    });
  });

  it('has the flags that CIS and checkov ask for, each once, sorted', () => {
    const { settings } = synthesized({}).resource('google_sql_database_instance') as unknown as Instance;
    const names = settings.database_flags.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)].sort());
    expect(settings.database_flags).toEqual(
      expect.arrayContaining([
        { name: 'cloudsql.enable_pgaudit', value: 'on' },
        { name: 'cloudsql.iam_authentication', value: 'on' },
        { name: 'log_connections', value: 'on' },
        { name: 'log_disconnections', value: 'on' },
        { name: 'log_statement', value: 'ddl' },
      ]),
    );
  });

  it('gives the job and the service one login, and one identity', () => {
    const stack = newStack();
    const { login } = build(stack, { login: 'iam' });
    const job = JSON.stringify(new Template(stack).resource('google_cloud_run_v2_job'));
    expect(login.variables.DATABASE_URL).toBe(
      'postgresql://test-gateway%40acme-ai-test.iam@127.0.0.1:5432/litellm?sslmode=disable&options=-crole%3Dcloudsqlsuperuser',
    );
    expect(job).toContain(login.variables.DATABASE_URL);
    expect(job).toContain('"service_account":"test-gateway@acme-ai-test.iam.gserviceaccount.com"');
    expect(login.secrets).toEqual({});
  });

  it.each([
    ['privateServicesAccess', DatabaseConnectivity.privateServicesAccess(NETWORK), '--private-ip'],
    ['privateServiceConnect', DatabaseConnectivity.privateServiceConnect({ network: NETWORK, subnetwork: SUBNETWORK }), '--psc'],
  ])('%s: the proxy goes that way', (_, connectivity, flag) => {
    const { login } = build(newStack(), { login: 'iam', database: { connectivity } });
    expect(login.sidecars[0]!.args).toEqual(expect.arrayContaining(['acme-ai-test:europe-west4:test-gateway', '--auto-iam-authn', flag]));
  });

  it('runs migrations once more for another image, login or attempt, and for nothing else', () => {
    const key = (example: Example) =>
      JSON.stringify(synthesized(example).resource('google_cloud_run_v2_job').template).match(/"migration":"(\w+)"/)![1];
    const keys = [
      {},
      { image: '2' },
      { login: 'password' as const },
      { login: 'password' as const, version: 2 },
      { migrations: { attempt: 2 } },
    ].map(key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(key({ database: { tier: 'db-custom-2-7680' }, migrations: { memoryGiB: 8, timeoutSeconds: 60 } })).toBe(keys[0]);
  });
});

describe('GatewayCache', () => {
  it('has TLS and login by identity, and nothing that would be a secret in the state', () => {
    const stack = newStack();
    const cache = new GatewayCache(stack, 'Cache', {
      name: 'test-gateway',
      projectId: 'acme-ai-test',
      region: 'europe-west4',
      network: { network: NETWORK, subnetwork: SUBNETWORK },
      account: new Account(stack),
      encryptionKey: KEY,
    });
    const { json } = new Template(stack);
    expect(json).toMatchSnapshot();
    expect(JSON.stringify(json)).not.toContain('google_redis_instance');
    expect(cache.additions.secrets).toEqual({});
    expect(Object.keys(cache.additions.variables)).toEqual(expect.arrayContaining(['REDIS_HOST', 'REDIS_PORT', 'REDIS_CLUSTER_NODES']));
  });
});
