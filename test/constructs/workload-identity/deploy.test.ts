import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadEnvironments } from '../../../configuration';
import { Testing, withoutTokenTraces } from '../../../constructs/core';
import {
  DEPLOY_ROLES,
  DeployIdentities,
  type DeployIdentitiesProps,
  deployNeeds,
  GRANTED_ABOVE,
  isKnownRole,
  Principal,
} from '../../../constructs/workload-identity';
import { readEvidence } from '../../../perimeter';
import { buildEnvironment } from '../../../stacks';
import { annotations, stackWith, synthesize, Template } from '../../support/template';

const ROOT = join(__dirname, '../../..');
/** Everything that can be rehearsed can be deployed. */
const REHEARSABLE = readdirSync(join(ROOT, 'rehearsal/overlay/google'))
  .map((name) => name.replace('.yaml', ''))
  .filter((name) => name !== 'provider')
  .map((name) => name.replace(/^data_/, 'data.'));

describe('the table of roles', () => {
  it('knows every type that can be rehearsed', () => {
    expect(REHEARSABLE.length).toBeGreaterThan(100);
    expect(deployNeeds(REHEARSABLE).unknown).toEqual([]);
  });

  it.each([...Object.keys(DEPLOY_ROLES), ...Object.keys(GRANTED_ABOVE)])('has a use for %s', (key) => {
    expect(REHEARSABLE.some((type) => type.startsWith(key))).toBe(true);
  });

  it.each(Object.entries(DEPLOY_ROLES))('names roles that exist for %s, and reads without writing', (_, { view, admin }) => {
    expect([...view, ...admin].filter((role) => !isKnownRole(role))).toEqual([]);
    for (const role of view) expect(role).toMatch(/(viewer|reader|reviewer)$/i);
  });

  it('gives no roles for what is of another provider, or above the project', () => {
    const { admin, above, unknown } = deployNeeds(['aws_ecr_repository', 'terraform_data', 'google_org_policy_policy', 'google_new_thing']);
    expect({ admin, above, unknown }).toEqual({
      admin: [],
      above: ['google_org_policy_policy take roles/orgpolicy.policyAdmin on the organization'],
      unknown: ['google_new_thing'],
    });
  });

  it('only reads what a stack only reads', () => {
    expect(deployNeeds(['data.google_container_cluster']).admin).toEqual(['roles/container.clusterViewer']);
  });

  it('takes the longest beginning', () => {
    expect(deployNeeds(['google_compute_firewall']).admin).toEqual(['roles/compute.securityAdmin']);
    expect(deployNeeds(['google_compute_network']).admin).toEqual(['roles/compute.networkAdmin']);
    expect(deployNeeds(['google_project_iam_custom_role']).admin).toEqual(['roles/iam.roleAdmin']);
  });
});

describe.each(loadEnvironments(join(ROOT, 'environments')))('the deploy identities of $name', (environment) => {
  const stacks = withoutTokenTraces(() =>
    buildEnvironment(Testing.app(), environment, { perimeterEvidence: readEvidence(join(ROOT, 'environments'), environment.name) }),
  );
  const templates = new Map(stacks.map((stack) => [stack.node.id, new Template(stack)]));
  const grants = templates
    .get(`${environment.name}-identity`)!
    .resources('google_project_iam_member')
    .map(({ member, role }) => `${String(member)} ${String(role)}`);
  const email = (name: string) => `serviceAccount:${environment.name}-${name}@${environment.project.id}.iam.gserviceaccount.com`;

  it('have the roles for every type that the synthesized stacks hold', () => {
    const types = new Set([...templates.values()].flatMap((template) => template.types()));
    const { admin, view } = deployNeeds(types);
    expect(grants).toEqual(expect.arrayContaining(admin.map((role) => `${email('deployer')} ${role}`)));
    expect(grants).toEqual(expect.arrayContaining(view.map((role) => `${email('viewer')} ${role}`)));
  });

  it('may set the policies of endpoints, if there are any', () => {
    const has = grants.includes(`${email('deployer')} roles/aiplatform.admin`);
    expect(has).toBe(Object.keys(environment.endpoints).length > 0);
  });

  it('let the viewer change nothing', () => {
    const viewer = grants.filter((grant) => grant.startsWith(email('viewer')));
    for (const grant of viewer) expect(grant).toMatch(/(viewer|reader|reviewer|serviceusage\.serviceUsageConsumer)$/i);
  });
});

describe('DeployIdentities', () => {
  const PR = Principal.group('planners@acme.example');
  const PROD = Principal.group('appliers@acme.example');
  const props: DeployIdentitiesProps = {
    projectId: 'acme-ai-test',
    name: 'test',
    types: ['google_compute_network'],
    planners: [PR],
    appliers: [PROD],
  };
  const build = (changes: Partial<DeployIdentitiesProps> = {}) =>
    synthesize((stack) => new DeployIdentities(stack, 'Deploy', { ...props, ...changes }));

  it('trust each its own jobs', () => {
    const trust = build().resources('google_service_account_iam_member');
    expect(trust.map(({ member, role }) => [member, role])).toEqual([
      ['group:appliers@acme.example', 'roles/iam.workloadIdentityUser'],
      ['group:planners@acme.example', 'roles/iam.workloadIdentityUser'],
    ]);
  });

  it('reach the state of their environment only, one to read and one to write', () => {
    const states = build({ state: { bucket: 'acme-state', prefix: 'vertex/test' } }).resources('google_storage_bucket_iam_member');
    expect(states.map(({ role }) => role)).toEqual(['roles/storage.objectUser', 'roles/storage.objectViewer']);
    for (const state of states) {
      expect(state['condition']).toEqual({
        title: 'state of this environment',
        expression:
          'resource.name.startsWith("projects/_/buckets/acme-state/objects/vertex/test/") || ' +
          'api.getAttribute("storage.googleapis.com/objectListPrefix", "").startsWith("vertex/test/")',
      });
    }
  });

  it('may say what runs as whom, and are charged where the quota is', () => {
    const template = build({ actsAs: ['chat@acme-models.iam.gserviceaccount.com'], quotaProject: 'acme-operations' });
    expect(template.resources('google_service_account_iam_member')).toContainEqual(
      expect.objectContaining({
        service_account_id: 'projects/acme-models/serviceAccounts/chat@acme-models.iam.gserviceaccount.com',
        role: 'roles/iam.serviceAccountUser',
        member: 'serviceAccount:test-deployer@acme-ai-test.iam.gserviceaccount.com',
      }),
    );
    expect(template.resources('google_project_iam_member').filter(({ project }) => project === 'acme-operations')).toHaveLength(2);
  });

  it('say what nobody in the project can grant', () => {
    const stack = stackWith((scope) => new DeployIdentities(scope, 'Deploy', { ...props, types: ['google_org_policy_policy'] }));
    expect(annotations(stack, 'warn')).toEqual([
      expect.stringContaining('google_org_policy_policy take roles/orgpolicy.policyAdmin on the organization'),
    ]);
  });

  it.each<[string, Partial<DeployIdentitiesProps>, RegExp]>([
    ['a long name', { name: 'x'.repeat(22) }, /`name` must be at most 21/],
    [
      'a type without roles',
      { types: ['google_new_thing'] },
      /nothing is known of the roles that google_new_thing needs\. Add it to deploy-roles\.ts/,
    ],
    ['jobs that plan and apply', { appliers: [PR] }, /group:planners@acme\.example plans and applies/],
    ['a bad member', { planners: [Principal.parse('allUsers')] }, /allUsers opens it to the world/],
  ])('refuse %s', (_, changes, message) => {
    expect(() => build(changes)).toThrow(message);
  });
});
