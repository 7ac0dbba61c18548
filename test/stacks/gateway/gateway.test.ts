import type { Environment } from '../../../configuration';
import { Testing } from '../../../constructs/core';
import { LAUNCHER } from '../../../constructs/gateway/service/carried-files';
import { buildEnvironment } from '../../../stacks';
import { GatewayStack } from '../../../stacks/gateway';
import { stable } from '../../support/snapshot';
import { type Block, Template } from '../../support/template';
import { databaseWithPassword, productionGateway, smallestGateway, wholeGateway } from './gateway-environment';

const build = (environment: Environment): Template => new Template(new GatewayStack(Testing.app(), environment, environment.gateway!));

/** Without programs, which have tests of their own, and their hashes. */
const snapshot = (template: Template): unknown =>
  JSON.parse(
    JSON.stringify(stable(template))
      .replaceAll(JSON.stringify(LAUNCHER), '"<launcher>"')
      .replace(/\b[0-9a-f]{16}\b/g, '<hash>'),
  );

describe('the gateway stack', () => {
  it('stays as it is: the smallest', () => expect(snapshot(build(smallestGateway()))).toMatchSnapshot());
  it('stays as it is: production', () => expect(snapshot(build(productionGateway()))).toMatchSnapshot());
  it('stays as it is: everything on', () => expect(snapshot(build(wholeGateway()))).toMatchSnapshot());

  it('comes after what it stands on and who calls it', () => {
    const stacks = buildEnvironment(Testing.app(), smallestGateway());
    const gateway = stacks.find(({ node }) => node.id === 'dev-gateway')!;
    expect(gateway.dependencies.map(({ node }) => node.id).sort()).toEqual(['dev-identity', 'dev-inference']);
  });

  it('writes the secrets that it runs with, and the foundation only makes their containers', () => {
    const [foundation, , , gateway] = buildEnvironment(Testing.app(), wholeGateway()).map((stack) => new Template(stack));
    expect(foundation!.resources('google_secret_manager_secret')).toHaveLength(4);
    expect(foundation!.resources('google_secret_manager_secret_version')).toEqual([]);
    const written = gateway!.resources('google_secret_manager_secret_version').map(({ secret }) => String(secret));
    expect(written).toEqual(
      expect.arrayContaining(['gateway-master-key', 'gateway-salt-key', 'vendor-key'].map((key) => expect.stringContaining(key))),
    );
    expect(written).not.toContainEqual(expect.stringContaining('studio-key'));
    expect(gateway!.variables()).toHaveProperty('dev_vendor_key');
  });

  it('takes a secret that somebody adds by hand in the version that the file names', () => {
    const [service] = build(wholeGateway()).resources('google_cloud_run_v2_service');
    const text = JSON.stringify(service);
    expect(text).toContain('"secret":"projects/acme-ai-dev/secrets/dev-studio-key","version":"4"');
    expect(text).not.toContain('latest');
  });

  it('may write usage where the file says that it goes', () => {
    const template = build(
      smallestGateway({
        secrets: { licence: { source: 'provided' } },
        gateway: {
          database: databaseWithPassword(1),
          usage: { enterpriseLicence: 'licence', callbacks: { gcsBucket: { bucket: 'acme-usage' }, pubSub: { topic: 'usage' } } },
        },
      }),
    );
    const member = 'serviceAccount:dev-gateway@acme-ai-dev.iam.gserviceaccount.com';
    expect(template.resources('google_storage_bucket_iam_member')).toEqual([
      expect.objectContaining({ bucket: 'acme-usage', role: 'roles/storage.objectCreator', member }),
    ]);
    expect(template.resources('google_project_iam_member')).toContainEqual(
      expect.objectContaining({ project: 'acme-ai-dev', role: 'roles/pubsub.publisher', member }),
    );
  });

  it('lets the pipeline deploy as its account', () => {
    expect(build(wholeGateway()).resources('google_service_account_iam_member')).toContainEqual(
      expect.objectContaining({
        role: 'roles/iam.serviceAccountUser',
        member: 'serviceAccount:dev-deployer@acme-ai-dev.iam.gserviceaccount.com',
      }),
    );
  });

  it('has the addresses of the front door as audiences', () => {
    expect(build(productionGateway()).resource('google_cloud_run_v2_service')['custom_audiences']).toEqual(['https://llm.acme.example']);
  });

  it.each([
    ['development', false, '1', 1],
    ['staging', false, '2', 1],
    ['production', true, '4', 2],
  ])('in the tier %s has its sizes and protection', (tier, guarded, cpu, min) => {
    const [service] = build(productionGateway({ environment: { tier } })).resources('google_cloud_run_v2_service');
    const { containers } = service!['template'] as { containers: Block[] };
    expect(service).toMatchObject({ deletion_protection: guarded, scaling: { min_instance_count: min } });
    expect(containers[0]).toMatchObject({ resources: { limits: { cpu } } });
  });
});
