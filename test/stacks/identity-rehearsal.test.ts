import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { noDisplay } from '../../rehearsal/run/display';
import { rehearse } from '../../rehearsal/run/rehearse';
import type { Report } from '../../rehearsal/run/report';

const ROOT = join(__dirname, '../..');

interface EnvironmentFile {
  identity: { workloads: Record<string, object>; invokers: Record<string, object> };
}

/** Identities of production, in an environment that has little else. */
function production(): EnvironmentFile {
  const { identity } = parse(readFileSync(join(ROOT, 'environments/prod.yaml'), 'utf8')) as EnvironmentFile;
  const head = {
    tier: 'development',
    project: { id: 'acme-ai-prod', number: '905148237260' },
    region: 'europe-west1',
    state: { backend: 'gcs', bucket: 'acme-state' },
    network: { subnet: '10.30.0.0/22' },
  };
  return { ...head, identity };
}

describe('identities, rehearsed with a real Terraform', () => {
  const directory = mkdtempSync(join(tmpdir(), 'identities-'));
  const rehearsal = (): Promise<Report> =>
    rehearse({ projectDir: directory, environments: ['prod'], keep: join(directory, 'kept') }, noDisplay, new AbortController().signal);
  const write = (file: EnvironmentFile): void => writeFileSync(join(directory, 'environments/prod.yaml'), stringify(file));
  const changes = ({ stacks }: Report) => stacks.flatMap(({ stack, changes: made }) => made.map((change) => ({ stack, ...change })));
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
        .map(({ stack, action, address }) => `${stack} ${action} ${address.replace(/_[0-9A-F]{8}$/, '')}`)
        .sort(),
    ).toEqual([
      'prod-identity delete google_project_iam_member.Workloads_summaries_rolesaiplatformuseronprojectacme-ai-prod',
      'prod-identity delete google_storage_bucket_iam_member.Workloads_summaries_rolesstorageobjectCreatoronbucketacme-support-summaries',
    ]);
    const handover = join(directory, 'kept/synth/stacks/prod-identity/handover');
    expect(existsSync(join(handover, 'credentials/summaries.json'))).toBe(false);
    expect(existsSync(join(handover, 'kubernetes/order-assistant.yaml'))).toBe(true);
  });
});
