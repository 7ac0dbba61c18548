import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { noDisplay } from '../../rehearsal/run/display';
import { rehearse } from '../../rehearsal/run/rehearse';
import type { Report } from '../../rehearsal/run/report';
import { FileStore } from '../../rehearsal/store';

const ROOT = join(__dirname, '../..');

interface EnvironmentFile {
  identity: { workloads: Record<string, { access?: object[] }>; invokers: Record<string, object> };
}

const SUPPORT_CHAT = {
  network: { mode: 'dedicated-public' },
  models: {
    stable: {
      model: 'projects/acme-ai-models/locations/europe-west1/models/support-chat@7',
      machine: { type: 'n1-standard-2' },
      traffic: 100,
    },
  },
};
const WEB =
  'principal://iam.googleapis.com/projects/261904873315/locations/global/workloadIdentityPools/acme-apps-prod.svc.id.goog/subject/ns/support/sa/web';
const SUMMARIES =
  'principalSet://iam.googleapis.com/projects/905148237260/locations/global/workloadIdentityPools/federation-prod/attribute.aws_role/arn:aws:sts::432109876543:assumed-role/nightly-summaries';
const ON_ENDPOINT = { role: 'roles/aiplatform.user', endpoint: 'support-chat' };

/** Identities of production, in an environment that has little else: one workload on an endpoint alone, and one on it too. */
function production(): EnvironmentFile {
  const { identity } = parse(readFileSync(join(ROOT, 'environments/prod.yaml'), 'utf8')) as EnvironmentFile;
  const head = {
    tier: 'development',
    project: { id: 'acme-ai-prod', number: '905148237260' },
    region: 'europe-west1',
    state: { backend: 'gcs', bucket: 'acme-state' },
    network: { subnet: '10.30.0.0/22' },
    endpoints: { 'support-chat': SUPPORT_CHAT },
  };
  identity.workloads['support-web'] = { ...identity.workloads['support-web'], access: [ON_ENDPOINT] };
  identity.workloads['summaries']!.access!.push(ON_ENDPOINT);
  return { ...head, identity };
}

describe('identities, rehearsed with a real Terraform', () => {
  const directory = mkdtempSync(join(tmpdir(), 'identities-'));
  const rehearsal = (): Promise<Report> =>
    rehearse({ projectDir: directory, environments: ['prod'], keep: join(directory, 'kept') }, noDisplay, new AbortController().signal);
  const write = (file: EnvironmentFile): void =>
    writeFileSync(join(directory, 'environments/prod.yaml'), stringify(file, { aliasDuplicateObjects: false }));
  const changes = ({ stacks }: Report) => stacks.flatMap(({ stack, changes: made }) => made.map((change) => ({ stack, ...change })));
  /** Members with a role on the endpoint, as the cloud has them. */
  const membersOnEndpoint = (): string[] =>
    FileStore.open(join(directory, 'kept/store.json'))
      .list({ type: 'vertex_ai_endpoint_policy' })
      .flatMap(({ attributes }) => (attributes['bindings'] as { members: string[] }[]).flatMap(({ members }) => members))
      .sort();
  let first: Report;

  beforeAll(async () => {
    mkdirSync(join(directory, 'environments'));
    symlinkSync(join(ROOT, 'node_modules'), join(directory, 'node_modules'), 'dir');
    const app = `node --require tsx/cjs ${join(ROOT, 'main.ts')}`;
    writeFileSync(join(directory, 'cdktf.json'), JSON.stringify({ language: 'typescript', app }));
    write(production());
    first = await rehearsal();
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it('are deployed, and the next plan is empty', () => {
    expect(first.outcome).toBe('ok');
    expect(membersOnEndpoint()).toEqual([SUMMARIES, WEB].sort());
    const stack = first.stacks.find(({ stack: id }) => id === 'prod-identity')!;
    expect(stack.resources).toBeGreaterThan(40);
    expect(stack.differences).toEqual([]);
    expect(first.warnings).toContainEqual(expect.stringContaining('support/web is the same identity in all clusters of acme-apps-prod'));
  });

  it('lose exactly the grants of a workload that is removed, and its file', async () => {
    const file = production();
    delete file.identity.workloads['summaries'];
    delete file.identity.invokers['summaries'];
    write(file);
    const report = await rehearsal();
    expect(report.outcome).toBe('ok');
    expect(
      changes(report)
        .map(({ stack, action, address }) => `${stack} ${action} ${address.replace(/_[0-9A-F]{8}(?=$|\[)/, '')}`)
        .sort(),
    ).toEqual([
      'prod-identity delete google_project_iam_member.Workloads_summaries_rolesaiplatformuseronprojectacme-ai-prod',
      'prod-identity delete google_storage_bucket_iam_member.Workloads_summaries_rolesstorageobjectCreatoronbucketacme-support-summaries',
      ...['Grant', 'Removal'].map(
        (name) => `prod-identity delete terraform_data.EndpointGrants_${name}["roles/aiplatform.user on support-chat to ${SUMMARIES}"]`,
      ),
    ]);
    expect(membersOnEndpoint()).toEqual([WEB]);
    expect(report.stacks.flatMap(({ differences }) => differences)).toEqual([]);
    const handover = join(directory, 'kept/synth/stacks/prod-identity/handover');
    expect(existsSync(join(handover, 'credentials/summaries.json'))).toBe(false);
    expect(existsSync(join(handover, 'kubernetes/order-assistant.yaml'))).toBe(true);
  });
});
