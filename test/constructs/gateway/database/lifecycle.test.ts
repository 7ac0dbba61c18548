import { type Events } from '../../../support/stack-cloud';
import { Cloud } from './cloud';

const JOB = 'projects/acme-ai-test/locations/europe-west4/jobs/test-gateway-migrations';

/** Expects these events, in this order, whatever is between them. */
function expectOrder(events: Events, ...wanted: readonly string[]): void {
  const found = events.filter((event) => wanted.includes(event));
  expect([...new Set(found)]).toEqual(wanted);
}

describe('a database with migrations and a service, deployed by Terraform', () => {
  let cloud: Cloud;
  const images = () => cloud.api.executions(JOB).map(({ template }) => /sha256:(.)/.exec(template.containers[0]!.image)?.[1]);

  beforeEach(async () => (cloud = await Cloud.open()));
  afterEach(async () => {
    expect(cloud.api.violations).toEqual([]);
    await cloud.close();
  });

  it('comes up: instance, user, role, migration, service', async () => {
    const events = await cloud.deploy({ login: 'iam' });
    expectOrder(
      events,
      'put google_sql_database_instance test-gateway',
      'put google_sql_user test-gateway@acme-ai-test.iam',
      'users.update',
      'put google_cloud_run_v2_job test-gateway-migrations',
      'jobs.run',
      'put google_cloud_run_v2_service test-gateway',
    );
    expectOrder(events, 'put google_project_iam_member roles/cloudsql.client', 'jobs.run');
    expectOrder(events, 'put google_project_iam_member roles/cloudsql.instanceUser', 'jobs.run');
    expect(cloud.api.executions(JOB)).toEqual([expect.objectContaining({ succeededCount: 1 })]);
  });

  it('migrates for another image before the service takes it, and for nothing else', async () => {
    await cloud.deploy({ login: 'iam', image: '1' });
    const upgraded = await cloud.deploy({ login: 'iam', image: '2' });
    expect(upgraded).toEqual([
      'put google_cloud_run_v2_job test-gateway-migrations',
      'jobs.run',
      'put google_cloud_run_v2_service test-gateway',
    ]);
    expect(images()).toEqual(['2', '1']);

    const larger = await cloud.deploy({ login: 'iam', image: '2', migrations: { memoryGiB: 8 } });
    expect(larger).toEqual(['put google_cloud_run_v2_job test-gateway-migrations']);
    const again = await cloud.deploy({ login: 'iam', image: '2', migrations: { memoryGiB: 8, attempt: 2 } });
    expect(again).toEqual(['put google_cloud_run_v2_job test-gateway-migrations', 'jobs.run']);
  });

  it('goes back to an image, and migrates for it, as somebody else may have since', async () => {
    await cloud.deploy({ login: 'iam', image: '1' });
    await cloud.deploy({ login: 'iam', image: '2' });
    await cloud.deploy({ login: 'iam', image: '1' });
    expect(images()).toEqual(['1', '2', '1']);
  });

  it('fails with the reason and the log when a migration fails, and leaves what serves alone', async () => {
    await cloud.deploy({ login: 'iam', image: '1' });
    cloud.fault = (call) => (call.verb === 'jobs.run' ? { kind: 'failing', message: 'The container exited with code 2.' } : undefined);
    const { text, events } = await cloud.fails({ login: 'iam', image: '2' });
    expect(text).toContain('The migration failed: The container exited with code 2.');
    expect(text).toContain(
      'Log: https://console.cloud.google.com/logs/viewer?advancedFilter=execution_name%3Dtest-gateway-migrations-00002',
    );
    expect(text).toContain('The revision that serves was not touched.');
    expect(events).not.toContain('put google_cloud_run_v2_service test-gateway');
    expect(cloud.imageThatServes()).toBe('1');

    cloud.fault = undefined;
    const resumed = await cloud.deploy({ login: 'iam', image: '2' });
    expect(resumed).toEqual(['jobs.run', 'put google_cloud_run_v2_service test-gateway']);
    expect(images()).toEqual(['2', '2', '1']);
  });

  it('joins a migration that was under way when Terraform was killed, and does not start a second', async () => {
    await cloud.deploy({ login: 'iam', image: '1' });
    // Killed while the migration is waited for.
    await cloud.killed({ login: 'iam', image: '2' }, ({ verb }) => verb === 'executions.get');
    expect(cloud.imageThatServes()).toBe('1');
    const resumed = await cloud.deploy({ login: 'iam', image: '2' });
    expect(resumed).toEqual(['put google_cloud_run_v2_service test-gateway']);
    expect(images()).toEqual(['2', '1']);
  });

  it('finds a migration whose start was served, and its answer lost with the one who asked', async () => {
    await cloud.deploy({ login: 'iam', image: '1' });
    await cloud.killed({ login: 'iam', image: '2' }, ({ verb }) => verb === 'jobs.run');
    await cloud.deploy({ login: 'iam', image: '2' });
    expect(images()).toEqual(['2', '1']);
  });

  it('rotates the password and never takes it from what serves', async () => {
    const first = await cloud.deploy({ login: 'password', version: 1 });
    for (const needed of ['google_sql_user gateway_a', 'google_secret_manager_secret_iam_member roles/secretmanager.secretAccessor'])
      expectOrder(first, `put ${needed}`, 'jobs.run', 'put google_cloud_run_v2_service test-gateway');
    let before = cloud.loginThatServes();
    expect(before).toEqual({ user: 'gateway_a', works: true });

    for (const [version, user] of [
      [2, 'gateway_b'],
      [3, 'gateway_a'],
      [4, 'gateway_b'],
    ] as const) {
      // At every write of this rotation, the login of the revision that still serves works.
      const looks: boolean[] = [];
      cloud.watch = () => looks.push(cloud.loginThatServes().works);
      const events = await cloud.deploy({ login: 'password', version });
      cloud.watch = undefined;
      expect(looks.length).toBeGreaterThan(4);
      expect(looks.every(Boolean)).toBe(true);
      expectOrder(events, `put google_sql_user ${user}`, 'jobs.run', 'put google_cloud_run_v2_service test-gateway');
      expect(events).not.toContain(`put google_sql_user ${before.user}`);
      before = cloud.loginThatServes();
      expect(before).toEqual({ user, works: true });
    }
  });

  it('refuses a rotation that would take the password from what serves, before it begins', async () => {
    await cloud.deploy({ login: 'password', version: 1 });
    const { text, events } = await cloud.fails({ login: 'password', version: 3 });
    expect(text).toMatch(/Revision test-gateway-00001-\w+, which serves, logs in with the secret test-gateway-login-a/);
    expect(text).toContain('Raise the version by one, not by two');
    // The other user, whose turn it is not, may have been made.
    expect(events.filter((event) => /gateway_a|cloud_run|login-a|jobs.run/.test(event))).toEqual([]);
    expect(cloud.loginThatServes()).toEqual({ user: 'gateway_a', works: true });
    await cloud.deploy({ login: 'password', version: 2 });
    expect(cloud.loginThatServes()).toEqual({ user: 'gateway_b', works: true });
  });

  it('changes the kind of login, and what serves keeps its own until then', async () => {
    const service = 'put google_cloud_run_v2_service test-gateway';
    const before = (events: Events) => events.slice(0, events.indexOf(service)).filter((event) => event.startsWith('delete'));
    const database = { deletionProtection: false };
    await cloud.deploy({ login: 'password', version: 1, database });
    const toIam = await cloud.deploy({ login: 'iam', database });
    expectOrder(toIam, 'users.update', 'jobs.run', service, 'delete google_sql_user gateway_a');
    expect(before(toIam)).toEqual([]);
    const back = await cloud.deploy({ login: 'password', version: 2, database });
    expectOrder(back, 'put google_sql_user gateway_b', 'jobs.run', service, 'delete google_sql_user test-gateway@acme-ai-test.iam');
    expect(before(back)).toEqual([]);
  });

  it('has no password in any file', async () => {
    await cloud.deploy({ login: 'password', version: 1 });
    await cloud.deploy({ login: 'password', version: 2 });
    expect(cloud.ledger.values().length).toBeGreaterThan(0);
    const files = cloud.files();
    expect(files.length).toBeGreaterThan(1000);
    for (const value of cloud.ledger.values()) expect(files).not.toContain(value);
  });

  it('changes its tier in place', async () => {
    await cloud.deploy({ login: 'iam' });
    const events = await cloud.deploy({ login: 'iam', database: { tier: 'db-custom-2-7680', highAvailability: true } });
    expect(events).toEqual(['put google_sql_database_instance test-gateway']);
    expect(cloud.object('google_sql_database_instance').settings).toEqual([
      expect.objectContaining({ tier: 'db-custom-2-7680', availability_type: 'REGIONAL' }),
    ]);
  });

  it('keeps the disk that has grown', async () => {
    await cloud.deploy({ login: 'iam' });
    cloud.grow(64);
    await expect(cloud.terraform('plan', '-detailed-exitcode')).resolves.toContain('No changes');
  });

  it('is destroyed only when somebody has said so', async () => {
    await cloud.deploy({ login: 'password' });
    const { text, events } = await cloud.fails({ login: 'password' }, 'destroy');
    expect(text).toContain('Instance cannot be destroyed');
    expect(events).toEqual([]);
    expect(cloud.object('google_sql_database_instance')).toBeDefined();

    await cloud.deploy({ login: 'password', database: { deletionProtection: false } });
    expect(cloud.object('google_sql_database_instance').settings).toEqual([
      expect.objectContaining({ deletion_protection_enabled: false }),
    ]);
    await cloud.terraform('destroy', '-auto-approve');
    expect(cloud.store.list({ provider: 'google', type: 'google_sql_database_instance' })).toEqual([]);
  });

  it('is another instance with another generation: the name of the first is held back', async () => {
    const database = { deletionProtection: false };
    await cloud.deploy({ login: 'iam', database });
    const events = await cloud.deploy({ login: 'iam', database: { ...database, generation: 2 } });
    expect(events).toContain('put google_sql_database_instance test-gateway-2');
    expectOrder(events, 'users.update', 'jobs.run', 'put google_cloud_run_v2_service test-gateway');
  });
});
