import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appWith, failureOf, google, rehearsal, type StackText } from './app';

const INTO_STATE = { backend: { gcs: { bucket: 'acme-state', prefix: 'network' } } };

const NETWORK: StackText = {
  ...google({
    resource: { google_compute_network: { Vpc: { name: 'vpc', auto_create_subnetworks: false } } },
    output: { network: { value: '${google_compute_network.Vpc.id}', sensitive: true } },
  }),
  terraform: { ...google({}).terraform, ...INTO_STATE },
};

/** As cdktf writes what one stack uses of another. */
const reads = (prefix: string) => ({
  terraform_remote_state: { Network: { backend: 'gcs', config: { bucket: 'acme-state', prefix }, workspace: '${terraform.workspace}' } },
});

const WEB: StackText = {
  ...google({
    data: reads('network'),
    resource: {
      google_compute_subnetwork: {
        Web: { name: 'web', ip_cidr_range: '10.0.0.0/24', network: '${data.terraform_remote_state.Network.outputs.network}' },
      },
    },
  }),
  dependencies: ['network'],
};

describe('an app that is no environment', () => {
  it('is rehearsed by the names of its stacks, which read each other’s states', async () => {
    const app = appWith({ network: NETWORK, 'web-prod': WEB, 'other-prod': google({}) });
    const report = await rehearsal(app, { environments: ['web-prod'], destroy: true });
    expect(report.stacks.map(({ stack, resources, differences }) => [stack, resources, differences])).toEqual([
      ['network', 1, []],
      ['web-prod', 1, []],
    ]);
    expect([report.outcome, report.destroyed?.leftovers]).toEqual(['ok', []]);
  });

  it('is told every state that no rehearsal can have', async () => {
    const alone = appWith({ 'web-prod': google({ data: reads('elsewhere') }), 'web-test': google({ data: reads('network') }) });
    expect(await failureOf(rehearsal(alone))).toMatch(
      /^types: web-prod: data\.terraform_remote_state\.Network reads gcs \{"bucket":"acme-state","prefix":"elsewhere"\}.*addDependency.*\nweb-test: /,
    );
  });

  it('brings overlays of its own for types that the rehearsal does not know', async () => {
    const bucket = { google_storage_notification: { N: { bucket: 'b', payload_format: 'NONE', topic: 't' } } };
    const app = appWith({ events: google({ resource: bucket }) });
    const missing = await failureOf(rehearsal(app));
    const [file = ''] = /rehearsal\/overlay\/\S+\.yaml/.exec(missing) ?? [];
    expect(missing).toMatch(/^types: resource google_storage_notification has no overlay\./);

    const text = "source: hashicorp/google 6.50.0, the type's docs\nid: '{{bucket}}/notificationConfigs/1'\n";
    mkdirSync(join(app, file, '..'), { recursive: true });
    writeFileSync(join(app, file), `${text}colour: red\n`);
    expect(await failureOf(rehearsal(app))).toContain(`${file}: `);

    writeFileSync(join(app, file), `${text}forceNew: [bucket, topic]\n`);
    expect(await rehearsal(app)).toMatchObject({ outcome: 'ok', stacks: [{ resources: 1 }] });
  });
});
