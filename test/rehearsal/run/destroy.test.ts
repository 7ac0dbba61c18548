import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appWith, data, FOUNDATION, google, rehearsal, temporaryDirectory } from './app';

const run = (name: string, deletion_protection: boolean) => ({
  google_cloud_run_v2_service: {
    Proxy: { name, location: 'europe-west1', deletion_protection, template: { containers: [{ image: 'europe-docker.pkg.dev/p/r/i:1' }] } },
  },
});

describe('rehearse --destroy', () => {
  it('destroys in reverse order and says what stays on purpose', async () => {
    const report = await rehearsal(
      appWith({ 'dev-foundation': FOUNDATION, 'dev-gateway': { ...data('x'), dependencies: ['dev-foundation'] } }),
      { destroy: true },
    );
    expect(report.outcome).toBe('ok');
    expect(report.destroyed!.refused).toEqual([]);
    expect(report.destroyed!.leftovers).toEqual([
      { type: 'google_project_service', id: 'acme-test/compute.googleapis.com', keptBy: 'disable_on_destroy = false' },
    ]);
  });

  it('takes with an object what Terraform had let go of inside it', async () => {
    const resource = {
      google_compute_network: { Vpc: { name: 'vpc', auto_create_subnetworks: false } },
      google_service_networking_connection: {
        Peering: {
          network: '${google_compute_network.Vpc.id}',
          service: 'servicenetworking.googleapis.com',
          reserved_peering_ranges: ['range'],
          deletion_policy: 'ABANDON',
        },
      },
      google_secret_manager_secret: { Key: { secret_id: 'key', replication: { auto: {} } } },
      google_secret_manager_secret_version: {
        Key: {
          secret: '${google_secret_manager_secret.Key.id}',
          secret_data_wo: '${ephemeral.random_password.Key.result}',
          deletion_policy: 'DISABLE',
        },
      },
      google_sql_database_instance: {
        Main: { name: 'main', database_version: 'POSTGRES_17', deletion_protection: false, settings: { tier: 'db-f1-micro' } },
      },
      google_sql_database: { Proxy: { name: 'proxy', instance: '${google_sql_database_instance.Main.name}', deletion_policy: 'ABANDON' } },
    };
    const ephemeral = { random_password: { Key: { length: 24, special: false } } };
    // The secret around it is not destroyed: so this version stays.
    const outside = { google_secret_manager_secret_version: { Lone: { ...resource.google_secret_manager_secret_version.Key } } };
    outside.google_secret_manager_secret_version.Lone.secret = 'projects/acme-test/secrets/elsewhere';
    const report = await rehearsal(
      appWith({ 'dev-data': google({ ephemeral, resource }), 'dev-lone': google({ ephemeral, resource: outside }) }),
      {
        destroy: true,
      },
    );
    expect(report.destroyed!.leftovers.map(({ type, keptBy }) => [type, keptBy])).toEqual([
      ['google_secret_manager_secret_version', 'deletion_policy = DISABLE'],
    ]);
    expect(report.outcome).toBe('ok');
  });

  it('is refused by deletion protection first, then lifts it as an operator would', async () => {
    const service = google({ resource: run('proxy', true) });
    const guarded = { resource: { terraform_data: { Guarded: { input: 'x', lifecycle: [{ prevent_destroy: true }] } } } };
    const report = await rehearsal(appWith({ 'prod-gateway': service, 'prod-guard': guarded }), { destroy: true });
    expect([...report.destroyed!.refused].sort()).toEqual(['google_cloud_run_v2_service.Proxy', 'terraform_data.Guarded']);
    expect(report.destroyed!.leftovers).toEqual([]);
    expect(report.outcome).toBe('ok');
  });

  it('tells what is left behind without a reason', async () => {
    const app = appWith({ 'dev-gateway': google({ resource: run('proxy', false) }) });
    const keep = join(temporaryDirectory(), 'kept');
    await rehearsal(app, { keep });
    // Somebody has made an object by hand; no state knows it.
    const { readFileSync } = await import('node:fs');
    const store = JSON.parse(readFileSync(join(keep, 'store.json'), 'utf8')) as { objects: { id: string }[] };
    store.objects.push({ ...store.objects[0]!, id: 'projects/acme-test/locations/europe-west1/services/stray' });
    writeFileSync(join(keep, 'store.json'), JSON.stringify(store));

    const report = await rehearsal(app, { keep, destroy: true });
    expect(report.outcome).toBe('destroy');
    expect(report.exitCode).toBe(9);
    expect(report.destroyed!.leftovers).toEqual([
      { type: 'google_cloud_run_v2_service', id: 'projects/acme-test/locations/europe-west1/services/stray' },
    ]);
  });
});
