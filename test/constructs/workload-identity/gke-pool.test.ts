import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { App, EnvironmentStack } from '../../../constructs/core';
import { GkeClusters, GkeWorkloadIdentity, Target } from '../../../constructs/workload-identity';
import { SecretLedger } from '../../../rehearsal/ledger';
import { serveProviders, type ServedProviders } from '../../../rehearsal/plugin';
import { MemoryStore, type Json } from '../../../rehearsal/store';
import { TEST_ENVIRONMENT } from '../../support/template';

const ROOT = join(__dirname, '../../..');
const run = promisify(execFile);
const CLUSTER = 'projects/acme-apps/locations/europe-west4/clusters/apps';
const POOL = [{ workload_pool: 'acme-apps.svc.id.goog' }];

/** The identity pool of a project comes with its first cluster that has Workload Identity; before, IAM refuses every grant. */
describe('pods of a cluster, planned by Terraform', () => {
  const directory = mkdtempSync(join(tmpdir(), 'gke-pool-'));
  const store = new MemoryStore();
  let providers: ServedProviders;

  const terraform = async (...args: string[]): Promise<string> => {
    const { TF_CLI_CONFIG_FILE: _, ...inherited } = process.env;
    const env = { ...inherited, ...providers.environment, GOOGLE_OAUTH_ACCESS_TOKEN: 'test', CHECKPOINT_DISABLE: '1', TF_INPUT: '0' };
    const { stdout } = await run('terraform', [...args, '-no-color'], { cwd: join(directory, 'stacks/test-stack'), env });
    return stdout;
  };
  /** What Terraform says is wrong, without the frame around it and with its lines joined. */
  const refusal = async (): Promise<string> => {
    const failed: unknown = await terraform('plan').catch((error: unknown) => error);
    return String((failed as { stderr?: string }).stderr)
      .replace(/[│╷╵]/g, '')
      .replace(/\s+/g, ' ');
  };
  const inCloud = (workloadIdentity: Json): void =>
    store.put({
      provider: 'google',
      type: 'google_container_cluster',
      id: CLUSTER,
      created: '2026-11-21T00:00:00Z',
      attributes: { project: 'acme-apps', location: 'europe-west4', name: 'apps', workload_identity_config: workloadIdentity },
    });

  beforeAll(async () => {
    const types = [
      { provider: 'google' as const, kind: 'resource' as const, type: 'google_project_iam_member' },
      { provider: 'google' as const, kind: 'data' as const, type: 'google_container_cluster' },
    ];
    providers = await serveProviders({ projectDir: ROOT, types, store, ledger: new SecretLedger() });
    const app = new App({ outdir: directory, stackTraces: false });
    const state = { backend: 'local' as const, directory: join(directory, 'state') };
    const stack = new EnvironmentStack(app, 'test-stack', { ...TEST_ENVIRONMENT, state });
    const pool = new GkeClusters(stack, 'Clusters', {
      projectId: 'acme-apps',
      projectNumber: '261904873315',
      clusters: [{ name: 'apps', location: 'europe-west4' }],
    });
    const access = [{ role: 'roles/aiplatform.user', on: Target.project('acme-ai-test') }];
    new GkeWorkloadIdentity(stack, 'Web', { pool, namespace: 'support', serviceAccount: 'web', access });
    app.synth();
    await terraform('init');
  });
  afterAll(async () => {
    await providers.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it.each([
    ['has no Workload Identity', []],
    ['is in the pool of another project', [{ workload_pool: 'acme-other.svc.id.goog' }]],
  ])('that %s: the plan fails, and says what to switch on', async (_, config) => {
    inCloud(config);
    expect(await refusal()).toContain('Resource postcondition failed');
    expect(await refusal()).toContain(
      'The cluster apps has no Workload Identity, so its pods have no identity. Switch it on: gcloud container clusters update apps ' +
        '--location=europe-west4 --workload-pool=acme-apps.svc.id.goog',
    );
    expect(store.list({ type: 'google_project_iam_member' })).toEqual([]);
  });

  it('that has it: they are granted what they need, until it loses it', async () => {
    inCloud(POOL);
    expect(await terraform('apply', '-auto-approve')).toContain('Apply complete! Resources: 1 added');
    expect(await terraform('plan', '-detailed-exitcode')).toContain('No changes.');
    inCloud([]);
    expect(await refusal()).toContain('The cluster apps has no Workload Identity');
  });
});
