import { Cloud, type Events } from './cloud';

const JOB = 'projects/acme-ai-test/locations/europe-west4/jobs/test-gateway-migrations';

/** Expects these events, in this order, whatever is between them. */
function expectOrder(events: Events, ...wanted: readonly string[]): void {
  const found = events.filter((event) => wanted.includes(event));
  expect([...new Set(found)]).toEqual(wanted);
}

describe('a database with migrations and a service, deployed by Terraform', () => {
  let cloud: Cloud;

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
    expect(cloud.api.executions(JOB)).toEqual([expect.objectContaining({ succeededCount: 1 })]);
  });
});
