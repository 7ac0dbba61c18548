import type { EnvironmentStack } from '../../../constructs/core';
import {
  type GkeIdentityPool,
  GkeClusters,
  type GkeClustersProps,
  GkeWorkloadIdentity,
  type GkeWorkloadIdentityProps,
  Identity,
  Principal,
  Target,
} from '../../../constructs/workload-identity';
import { annotations, stackWith, synthesize } from '../../support/template';

const POOL: GkeIdentityPool = { projectId: 'acme-ai-test', projectNumber: '123456789012', clusters: ['apps'], dependsOn: [] };
const PODS = 'iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/acme-ai-test.svc.id.goog';
const project = Target.project('acme-ai-test');
const CHAT = Target.endpoint('projects/acme-ai-test/locations/europe-west4/endpoints/123', 'chat');
const PROPS: GkeWorkloadIdentityProps = {
  pool: POOL,
  namespace: 'support',
  serviceAccount: 'web',
  access: [{ role: 'roles/aiplatform.user', on: project }],
};

let made: GkeWorkloadIdentity;
const into = (props: Partial<GkeWorkloadIdentityProps>) => (stack: EnvironmentStack) => {
  made = new GkeWorkloadIdentity(stack, 'Web', { ...PROPS, ...props });
};
const pods = (props: Partial<GkeWorkloadIdentityProps> = {}) => synthesize(into(props));

describe('GkeWorkloadIdentity', () => {
  it('grants to the pods themselves', () => {
    const template = pods();
    expect(template.types()).toEqual(['google_project_iam_member']);
    expect(template.resource('google_project_iam_member')).toEqual({
      project: 'acme-ai-test',
      role: 'roles/aiplatform.user',
      member: `principal://${PODS}/subject/ns/support/sa/web`,
    });
    expect(made.manifests).toEqual([{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'web', namespace: 'support' } }]);
  });

  it('grants to a whole namespace', () => {
    expect(pods({ serviceAccount: undefined }).resource('google_project_iam_member')['member']).toBe(
      `principalSet://${PODS}/namespace/support`,
    );
    expect(made.manifests).toEqual([]);
  });

  it('grants on one endpoint, once the cluster is there', () => {
    const dependsOn = [{ fqn: 'data.google_container_cluster.apps' }];
    const template = pods({ pool: { ...POOL, dependsOn }, access: [{ role: 'roles/aiplatform.user', on: CHAT }] });
    const member = `principal://${PODS}/subject/ns/support/sa/web`;
    expect(template.types()).toEqual(['terraform_data']);
    for (const block of template.resources('terraform_data')) {
      expect(block['for_each']).toEqual({
        [`roles/aiplatform.user on chat to ${member}`]: {
          endpoint: 'projects/acme-ai-test/locations/europe-west4/endpoints/123',
          role: 'roles/aiplatform.user',
          member,
        },
      });
      expect(block['depends_on']).toContain('data.google_container_cluster.apps');
    }
  });

  it('opens no endpoint to everybody, whatever the reason', () => {
    const world = Principal.everybody('allUsers', 'A public demo with a quota of its own.');
    const access = [{ role: 'roles/aiplatform.user', on: CHAT }];
    expect(() => synthesize((stack) => new Identity(stack, 'World', { principal: world, access }))).toThrow(
      /^test-stack\/World: allUsers would open chat to the world\. Name who calls it\./,
    );
  });

  it('lets the pods become an account, and says so on both sides', () => {
    const template = pods({ impersonate: { accountId: 'support-web', projectId: 'acme-ai-test' } });
    const email = 'support-web@acme-ai-test.iam.gserviceaccount.com';
    expect(template.resource('google_service_account_iam_member')).toEqual({
      service_account_id: expect.stringMatching(/^\$\{google_service_account\.Web_ServiceAccount_\w+\.name\}$/),
      role: 'roles/iam.workloadIdentityUser',
      member: `principal://${PODS}/subject/ns/support/sa/web`,
    });
    expect(template.resource('google_project_iam_member')).toMatchObject({
      member: `serviceAccount:${email}`,
      depends_on: [expect.stringMatching(/^google_service_account\./)],
    });
    expect(made.manifests[0]!.metadata.annotations).toEqual({ 'iam.gke.io/gcp-service-account': email });
  });

  it('grants on single things, and only there', () => {
    const template = pods({
      access: [
        { role: 'roles/secretmanager.secretAccessor', on: Target.secret({ projectId: 'acme-ai-test', secretId: 'key' }) },
        { role: 'roles/storage.objectViewer', on: Target.bucket('acme-documents') },
        { role: 'roles/run.invoker', on: Target.service({ projectId: 'acme-ai-test', location: 'europe-west4', name: 'gateway' }) },
        {
          role: 'roles/iam.serviceAccountUser',
          on: Target.serviceAccount('projects/p/serviceAccounts/a@p.iam.gserviceaccount.com', 'a'),
        },
      ],
    });
    expect(template.resource('google_secret_manager_secret_iam_member')['secret_id']).toBe('projects/acme-ai-test/secrets/key');
    expect(template.resource('google_storage_bucket_iam_member')['bucket']).toBe('acme-documents');
    expect(template.resource('google_cloud_run_v2_service_iam_member')).toMatchObject({ name: 'gateway', location: 'europe-west4' });
    expect(template.types()).not.toContain('google_project_iam_member');
  });

  it('warns where clusters share the pool, and only there', () => {
    const warnings = (clusters: string[]) => annotations(stackWith(into({ pool: { ...POOL, clusters } })), 'warn');
    expect(warnings(['apps'])).toEqual([]);
    expect(warnings(['blue', 'green'])).toEqual([
      expect.stringMatching(/^test-stack\/Web: support\/web is the same identity in all clusters of acme-ai-test \(blue, green\)/),
    ]);
  });

  it('warns of a role that is not known, and names the nearest', () => {
    const role = 'roles/aiplatform.usagePlanner';
    const warnings = annotations(stackWith(into({ access: [{ role, on: project }] })), 'warn');
    expect(warnings).toEqual([expect.stringMatching(/roles\/aiplatform\.usagePlanner is not among the roles known on 2026-/)]);
  });

  it.each<[string, Partial<GkeWorkloadIdentityProps>, RegExp]>([
    [
      'a role misspelt',
      { access: [{ role: 'roles/aiplatform.usr', on: project }] },
      /no role roles\/aiplatform\.usr\. Did you mean roles\/aiplatform\.user\?/,
    ],
    ['a role in the wrong case', { access: [{ role: 'roles/aiplatform.USER', on: project }] }, /Did you mean roles\/aiplatform\.user\?/],
    ['a basic role', { access: [{ role: 'roles/editor', on: project }] }, /roles\/editor is a basic role/],
    ['a new basic role', { access: [{ role: 'roles/writer', on: project }] }, /basic role/],
    ['an agent’s role', { access: [{ role: 'roles/aiplatform.serviceAgent', on: project }] }, /for an agent of Google's own/],
    ['no role at all', { access: [{ role: 'aiplatform.user', on: project }] }, /a role is roles\/SERVICE\.NAME.*got: "aiplatform\.user"/],
    [
      'impersonation of a whole project',
      { access: [{ role: 'roles/iam.serviceAccountTokenCreator', on: project }] },
      /become every service account/,
    ],
    ['a role of another service', { access: [{ role: 'roles/aiplatform.user', on: Target.bucket('b') }] }, /means nothing on the bucket b/],
    [
      'a role without a meaning on an endpoint',
      { access: [{ role: 'roles/aiplatform.featurestoreUser', on: CHAT }] },
      /endpoint chat: roles\/aiplatform\.featurestoreUser has no permission on endpoints\. These have: roles\/aiplatform\.admin,/,
    ],
    [
      'a role of another service on an endpoint',
      { access: [{ role: 'roles/run.invoker', on: CHAT }] },
      /means nothing on the endpoint chat/,
    ],
    [
      'a condition on an endpoint',
      { access: [{ role: 'roles/aiplatform.user', on: CHAT, condition: { title: 'July', expression: 'true' } }] },
      /endpoint chat: a condition does not narrow a grant on an endpoint/,
    ],
    [
      'an endpoint without its full name',
      { access: [{ role: 'roles/aiplatform.user', on: Target.endpoint('123', 'chat') }] },
      /`endpoint` must be projects\/P\/locations\/L\/endpoints\/ID, got: "123"/,
    ],
    ['the same twice', { access: [...PROPS.access, ...PROPS.access] }, /stands twice/],
    ['no access', { access: [] }, /`access` must have at least one element/],
    [
      'an id as number',
      { pool: { ...POOL, projectNumber: 'acme-ai-test' } },
      /`projectNumber` must be the number.*got: "acme-ai-test"\. This is a project ID: gcloud projects describe acme-ai-test/,
    ],
    ['a number as id', { pool: { ...POOL, projectId: '123456789012' } }, /`projectId` must be the ID.*This is a project number/],
    ['a wildcard', { serviceAccount: '*' }, /`serviceAccount` has a wildcard, got: "\*"\. A subject is compared letter by letter/],
    ['a namespace in capitals', { namespace: 'Support' }, /`namespace` must be the name of a namespace.*got: "Support"/],
    [
      'a namespace that becomes an account',
      { serviceAccount: undefined, impersonate: { accountId: 'support-web', projectId: 'p' } },
      /needs a `serviceAccount`/,
    ],
    ['a short account id', { impersonate: { accountId: 'web', projectId: 'acme-ai-test' } }, /`impersonate\.accountId` must be 6 to 30/],
    [
      'two at once',
      { namespace: 'A', access: [{ role: 'roles/owner', on: project }] },
      /^test-stack\/Web: `namespace`[^\n]*\ntest-stack\/Web: project acme-ai-test: roles\/owner is a basic role/,
    ],
  ])('refuses %s', (_, props, message) => {
    expect(() => pods(props)).toThrow(message);
  });
});

describe('GkeClusters', () => {
  const clusters = (props: Partial<GkeClustersProps> = {}) =>
    synthesize((stack) => {
      const pool = new GkeClusters(stack, 'Clusters', {
        projectId: 'acme-ai-test',
        projectNumber: '123456789012',
        clusters: [{ name: 'apps', location: 'europe-west4' }],
        ...props,
      });
      new GkeWorkloadIdentity(stack, 'Web', { ...PROPS, pool });
    });

  it('reads the clusters first, so that a missing identity pool is told by the plan', () => {
    const template = clusters();
    const data = template.json['data'] as Record<string, Record<string, { lifecycle: { postcondition: object[] } }>>;
    const [[name, cluster]] = Object.entries(data['google_container_cluster']!) as [[string, { lifecycle: { postcondition: object[] } }]];
    expect(cluster).toMatchObject({ name: 'apps', location: 'europe-west4', project: 'acme-ai-test' });
    expect(cluster.lifecycle.postcondition).toEqual([
      {
        condition: '${try(self.workload_identity_config[0].workload_pool, "") == "acme-ai-test.svc.id.goog"}',
        error_message: expect.stringContaining('gcloud container clusters update apps --location=europe-west4'),
      },
    ]);
    expect(template.resource('google_project_iam_member')['depends_on']).toEqual([`data.google_container_cluster.${name}`]);
  });

  it.each<[string, Partial<GkeClustersProps>, RegExp]>([
    ['none', { clusters: [] }, /`clusters` must have at least one element/],
    ['a name', { clusters: [{ name: 'Apps', location: 'europe-west4' }] }, /`clusters\.name` must be.*got: "Apps"/],
    ['a place', { clusters: [{ name: 'apps', location: 'eu' }] }, /`clusters\.location` must be a region or zone.*got: "eu"/],
    ['a project', { projectId: '123456789012' }, /This is a project number/],
  ])('refuses %s', (_, props, message) => {
    expect(() => clusters(props)).toThrow(message);
  });
});
