import type { Environment } from '../../../configuration';
import { type Events } from '../../support/stack-cloud';
import { describeWith, terraform } from '../../support/requirements';
import { GatewayCloud } from './gateway-cloud';
import { databaseWithPassword, digest, type GatewayChanges, productionGateway, wholeGateway } from './gateway-environment';

jest.setTimeout(240_000);

const SERVICE = 'put google_cloud_run_v2_service dev-gateway';
const IMAGE = { repository: 'gateway', name: 'litellm', digest: digest('2'), version: '1.106.2' };
const RESTING = { min: 2, max: 6, concurrency: 60 };

/** As in development, where nothing is protected, with everything on. */
const gateway = ({ gateway: changes, ...others }: GatewayChanges = {}): Environment =>
  wholeGateway({ environment: { tier: 'development' }, gateway: changes, ...others });

/** Each of the first before the second, and all of them there. */
function expectOrder(events: Events, ...pairs: readonly (readonly [first: string, second: string])[]): void {
  for (const [first, second] of pairs) {
    const [firsts, then] = [
      events.flatMap((event, at) => (event.includes(first) ? [at] : [])),
      events.findIndex((event) => event.includes(second)),
    ];
    expect({ first, second, found: firsts.length > 0 && then >= 0 }).toMatchObject({ found: true });
    expect({ first, second, inOrder: Math.max(...firsts) < then }).toMatchObject({ inOrder: true });
  }
}

describeWith(terraform(), 'the life of a gateway, under a real Terraform', () => {
  let cloud: GatewayCloud;
  let first: Events;

  beforeAll(async () => {
    cloud = await GatewayCloud.open();
    first = await cloud.deploy(gateway());
  });
  afterAll(() => cloud?.close());
  const trafficNow = (): unknown => cloud.object('google_cloud_run_v2_service')['traffic'];

  it('begins with secrets before grants, grants before the migration, that before the service, and the service before its door', () => {
    expectOrder(
      first,
      ['put google_service_account projects', 'secretAccessor'],
      ['put google_secret_manager_secret_version', SERVICE],
      ['secretAccessor', SERVICE],
      ['roles/aiplatform.user', SERVICE],
      ['put google_sql_user', 'jobs.run'],
      ['jobs.run', SERVICE],
      [SERVICE, 'roles/run.invoker'],
      [SERVICE, 'put google_compute_region_network_endpoint_group'],
      ['put google_compute_security_policy', 'put google_compute_global_forwarding_rule'],
    );
  });

  it('leaves no secret in any file', () => {
    const files = cloud.files();
    expect(files).not.toContain('value-of-the-vendor-key');
    const made = cloud.ledger.values();
    expect(made.length).toBeGreaterThan(0);
    for (const value of made) expect(files).not.toContain(value);
  });

  it('takes another image once the database is migrated for it', async () => {
    const events = await cloud.deploy(gateway({ gateway: { image: IMAGE } }));
    expect(events).toEqual(['put google_cloud_run_v2_job dev-gateway-migrations', 'jobs.run', SERVICE]);
    expect(cloud.template()).toContain(digest('2'));
  });

  it('takes another configuration without migrating', async () => {
    const requests = { timeoutSeconds: 120 };
    expect(await cloud.deploy(gateway({ gateway: { image: IMAGE, requests } }))).toEqual([SERVICE]);
    expect(await cloud.deploy(gateway({ gateway: { image: IMAGE } }))).toEqual([SERVICE]);
  });

  it.each([
    ['gateway-master-key', { source: 'generated', prefix: 'sk-', length: 48, version: 2 }],
    ['vendor-key', { source: 'provided', value: 'variable', version: 3 }],
  ])('rotates %s: the new version, then the revision that reads it; the old one stays for who is pinned to it', async (key, settings) => {
    const events = await cloud.deploy(gateway({ gateway: { image: IMAGE }, secrets: { [key]: settings } }));
    expect(events[0]).toBe(`put google_secret_manager_secret_version projects/acme-ai-dev/secrets/dev-${key}`);
    expect(events[1]).toBe(SERVICE);
    expect(cloud.versionThatServes(key)).toBe('2');
    expect(cloud.versionsThatCanBeRead(key)).toEqual(['1', '2']);
    await cloud.deploy(gateway({ gateway: { image: IMAGE } }));
  });

  it('takes another salt key when the file confirms it', async () => {
    const secrets = { 'gateway-salt-key': { source: 'generated', length: 48, version: 2 } };
    const events = await cloud.deploy(gateway({ gateway: { image: IMAGE, saltKey: { confirmed: 'gateway-salt-key/2' } }, secrets }));
    expect(events.slice(0, 2)).toEqual([
      'put google_secret_manager_secret_version projects/acme-ai-dev/secrets/dev-gateway-salt-key',
      SERVICE,
    ]);
    expect(cloud.versionThatServes('gateway-salt-key')).toBe('2');
    await cloud.deploy(gateway({ gateway: { image: IMAGE } }));
  });

  it('takes a key that somebody has added by hand', async () => {
    expect(await cloud.deploy(gateway({ gateway: { image: IMAGE, secretVersions: { 'studio-key': 5 } } }))).toEqual([SERVICE]);
    expect(cloud.versionThatServes('studio-key')).toBe('5');
    await cloud.deploy(gateway({ gateway: { image: IMAGE } }));
  });

  it('rotates the password of the database: the other user, a migration with it, then the service', async () => {
    const database = databaseWithPassword(3);
    const events = await cloud.deploy(gateway({ gateway: { image: IMAGE, database } }));
    const version = 'put google_secret_manager_secret_version projects/acme-ai-dev/secrets/dev-gateway-login-a';
    const order = [version, 'put google_sql_user gateway_a', 'jobs.run', SERVICE].map((event) => events.indexOf(event));
    expect(order[0]).toBeGreaterThanOrEqual(0);
    expect(order[1]).toBeGreaterThanOrEqual(0);
    expect(Math.max(order[0]!, order[1]!)).toBeLessThan(order[2]!);
    expect(order[2]).toBeLessThan(order[3]!);
  });

  it('changes its scale in place', async () => {
    const database = databaseWithPassword(3);
    const scale = { ...RESTING, min: 3, max: 5 };
    expect(await cloud.deploy(gateway({ gateway: { image: IMAGE, database, scale } }))).toEqual([SERVICE]);
    expect(cloud.object('google_cloud_run_v2_service')['scaling']).toMatchObject([{ min_instance_count: 3 }]);
  });

  it('tries the next revision on a share of the traffic, raises that, and promotes', async () => {
    const database = databaseWithPassword(3);
    const image = { ...IMAGE, digest: digest('3') };
    const canary = { stable: 'dev-gateway-00008-abc', percent: 0 };
    await cloud.deploy(gateway({ gateway: { image, database, canary } }));
    const revision = { type: 'TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION', revision: canary.stable };
    expect(trafficNow()).toMatchObject([
      { ...revision, percent: 100 },
      { type: 'TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST', percent: 0, tag: 'canary' },
    ]);
    const template = cloud.template();
    expect(await cloud.deploy(gateway({ gateway: { image, database, canary: { ...canary, percent: 20 } } }))).toEqual([SERVICE]);
    expect(trafficNow()).toMatchObject([
      { ...revision, percent: 80 },
      { percent: 20, tag: 'canary' },
    ]);
    expect(await cloud.deploy(gateway({ gateway: { image, database } }))).toEqual([SERVICE]);
    expect(trafficNow()).toMatchObject([{ type: 'TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST', percent: 100 }]);
    // Shares say nothing about what runs.
    expect(cloud.template()).toBe(template);
  });

  it('goes up a tier without losing its data, and then is protected', async () => {
    const id = cloud.object('google_sql_database_instance')['self_link'];
    const production = wholeGateway({ environment: { encryption: undefined }, gateway: { image: IMAGE } });
    const events = await cloud.deploy(production);
    expect(events.filter((event) => event.startsWith('remove'))).toEqual([]);
    expect(cloud.object('google_sql_database_instance')).toMatchObject({ self_link: id });

    const { text, events: before } = await cloud.fails(production, 'destroy');
    expect(text).toMatch(/deletion_protection|deletion protection/i);
    expect(before).not.toContain(`remove google_cloud_run_v2_service dev-gateway`);
    expect(cloud.object('google_sql_database_instance')).toBeDefined();
  });

  it('goes when it is not protected any more', async () => {
    await cloud.apply(gateway({ gateway: { image: IMAGE } }));
    await cloud.destroy();
    const left = cloud.store.list({ provider: 'google' }).map(({ type }) => type);
    expect([...new Set(left)].sort()).toEqual(['google_project_service', 'google_secret_manager_secret_version']);
  });
});

describeWith(terraform(), 'a gateway with encryption and an identity for its database', () => {
  it('is deployed, and the next plan is empty', async () => {
    const cloud = await GatewayCloud.open();
    try {
      const events = await cloud.deploy(productionGateway());
      expectOrder(events, ['roles/cloudsql.instanceUser', 'jobs.run'], ['jobs.run', SERVICE]);
    } finally {
      await cloud.close();
    }
  });
});
