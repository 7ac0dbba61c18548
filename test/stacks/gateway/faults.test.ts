import type { Environment } from '../../../configuration';
import { describeWith, terraform } from '../../support/requirements';
import { GatewayCloud } from './gateway-cloud';
import { digest, wholeGateway } from './gateway-environment';

jest.setTimeout(240_000);

const SERVICE = 'put google_cloud_run_v2_service dev-gateway';
const NEXT_IMAGE = { repository: 'gateway', name: 'litellm', digest: digest('2'), version: '1.106.2' };
const NEXT_KEY = { 'gateway-master-key': { source: 'generated', prefix: 'sk-', length: 48, version: 2 } };

const gateway = (changes: object = {}, secrets: object = {}): Environment =>
  wholeGateway({ environment: { tier: 'development' }, gateway: changes, secrets });

/** A cloud for one test, which meets the faults: as `rehearse --fault` takes them. */
async function withCloud(faults: string | undefined, body: (cloud: GatewayCloud) => Promise<void>): Promise<void> {
  const cloud = await GatewayCloud.open(faults);
  try {
    await body(cloud);
  } finally {
    await cloud.close();
  }
}

describeWith(terraform(), 'a first deploy that meets a fault, under a real Terraform', () => {
  it.each([
    ['an API is not switched on', 'google_project_service.create=503', []],
    ['the account is not made', 'google_service_account.create=503', ['secretAccessor', 'jobs.run']],
    ['a secret is not written', 'google_secret_manager_secret_version.create@3=503', []],
    ['a grant is not given', 'google_secret_manager_secret_iam_member.create@2=503', []],
    ['the role on models is not given', 'google_project_iam_member.create=503', []],
    ['the database is not made', 'google_sql_database_instance.create=503', ['google_sql_user', 'jobs.run']],
    // Two users alternate, and only one of them logs in first: which of the two is made first is up to the engine.
    ['its users are not made', 'google_sql_user.create=503,google_sql_user.create@2=503', ['jobs.run']],
    ['the job is not made', 'google_cloud_run_v2_job.create=503', ['jobs.run']],
    ['Redis is not made', 'google_redis_cluster.create=503', []],
  ])('starts nothing when %s, and the next deploy goes on from there', (_, faults, neither) =>
    withCloud(faults, async (cloud) => {
      const { text, events } = await cloud.fails(gateway());
      expect(text).toContain('503');
      for (const absent of [SERVICE, 'run.invoker', 'network_endpoint_group', ...neither]) expect(events.join('\n')).not.toContain(absent);
      expect(await cloud.deploy(gateway())).toContain(SERVICE);
    }),
  );

  it.each([
    ['the service is refused', 'google_cloud_run_v2_service.create=503'],
    ['nobody is let call it', 'google_cloud_run_v2_service_iam_member.create=503'],
    ['its door has no policy', 'google_compute_security_policy.create=503'],
  ])('opens no door when %s', (_, faults) =>
    withCloud(faults, async (cloud) => {
      const { events } = await cloud.fails(gateway());
      expect(events.join('\n')).not.toContain('put google_compute_global_forwarding_rule');
      await cloud.deploy(gateway());
    }),
  );
});

describeWith(terraform(), 'a gateway that serves, and a change that meets a fault', () => {
  /** What serves goes on, and the next deploy finishes the change. */
  const keepsServing = (faults: string | undefined, after: Environment, prepare: (cloud: GatewayCloud) => void = () => undefined) =>
    withCloud(faults, async (cloud) => {
      await cloud.deploy(gateway());
      const before = cloud.template();
      prepare(cloud);
      const { events } = await cloud.fails(after);
      expect(events).not.toContain(SERVICE);
      expect(cloud.template()).toBe(before);
      expect(cloud.versionsThatCanBeRead('gateway-master-key')).toContain('1');
      cloud.fault = undefined;
      await cloud.deploy(after);
      expect(cloud.template()).not.toBe(before);
    });

  it('goes on with the old image when the migration fails', () =>
    keepsServing(undefined, gateway({ image: NEXT_IMAGE }), (cloud) => {
      cloud.fault = ({ verb }) => (verb === 'jobs.run' ? { kind: 'failing', message: 'The container exited with code 2.' } : undefined);
    }));

  it('goes on with the old image when the job does not take the new one', () =>
    keepsServing('google_cloud_run_v2_job.update=503', gateway({ image: NEXT_IMAGE })));

  it('goes on with the old image when Cloud Run refuses the new one', () =>
    keepsServing('google_cloud_run_v2_service.update=503', gateway({ image: NEXT_IMAGE })));

  it('goes on with the old key when Secret Manager refuses the new one', () =>
    keepsServing('google_secret_manager_secret_version.create@6=503', gateway({}, NEXT_KEY)));

  it('goes on with the old key, which can still be read, when Cloud Run refuses the new one', () =>
    keepsServing('google_cloud_run_v2_service.update=503', gateway({}, NEXT_KEY)));
});
