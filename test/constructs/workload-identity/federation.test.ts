import {
  Identity,
  type Issuer,
  Issuers,
  Target,
  WorkloadIdentityPool,
  type WorkloadIdentityPoolProps,
} from '../../../constructs/workload-identity';
import { synthesize } from '../../support/template';

const POOL = { projectId: 'acme-ai-test', projectNumber: '123456789012', name: 'federation-test' };
const NAME = 'projects/123456789012/locations/global/workloadIdentityPools/federation-test';

function federate<S>(issuer: Issuer<S>, subject?: S, pool: Partial<WorkloadIdentityPoolProps> = {}, providerId = 'from-there') {
  return synthesize((stack) => {
    const provider = new WorkloadIdentityPool(stack, 'Pool', { ...POOL, ...pool }).addProvider(providerId, issuer);
    if (subject === undefined) return;
    const access = [{ role: 'roles/aiplatform.user', on: Target.project('acme-ai-test') }];
    new Identity(stack, 'Caller', { principal: provider.principal(subject), access });
  });
}

const github = Issuers.github({ ownerId: '61', repositories: { 'acme/gateway': '91', 'acme/models': '92' } });
const gitlab = Issuers.gitlab({ projects: { 'acme/ai/gateway': '77' } });
const aws = Issuers.aws({ accountId: '210987654321', roles: ['nightly', 'hourly'] });
const eks = Issuers.eks({ region: 'eu-central-1', issuerId: '3F1C8A5E9B274D60A1E7C2F4B8D90635', namespaces: ['orders'] });
const oidc = Issuers.oidc({ issuerUri: 'https://app.terraform.io', condition: "assertion.terraform_organization_id == 'org-1'" });

describe('WorkloadIdentityPool', () => {
  it.each<[string, () => ReturnType<typeof federate>, string]>([
    [
      'an environment of GitHub',
      () => federate(github, { repository: 'acme/gateway', environment: 'prod' }),
      'principal:subject/repo:acme/gateway:environment:prod',
    ],
    [
      'a branch of GitHub',
      () => federate(github, { repository: 'acme/models', branch: 'main' }),
      'principal:subject/repo:acme/models:ref:refs/heads/main',
    ],
    [
      'a tag of GitHub',
      () => federate(github, { repository: 'acme/models', tag: 'v1' }),
      'principal:subject/repo:acme/models:ref:refs/tags/v1',
    ],
    [
      'pull requests of GitHub',
      () => federate(github, { repository: 'acme/models', pullRequests: true }),
      'principal:subject/repo:acme/models:pull_request',
    ],
    [
      'a branch of GitLab',
      () => federate(gitlab, { project: 'acme/ai/gateway', branch: 'main' }),
      'principal:subject/project_path:acme/ai/gateway:ref_type:branch:ref:main',
    ],
    [
      'a protected environment of GitLab',
      () => federate(gitlab, { project: 'acme/ai/gateway', environment: 'prod' }),
      'principalSet:attribute.environment/77/prod',
    ],
    [
      'a role of AWS',
      () => federate(aws, { role: 'nightly' }),
      'principalSet:attribute.aws_role/arn:aws:sts::210987654321:assumed-role/nightly',
    ],
    [
      'a pod on EKS',
      () => federate(eks, { namespace: 'orders', serviceAccount: 'assistant' }),
      'principal:subject/system:serviceaccount:orders:assistant',
    ],
    ['anybody else', () => federate(oidc, { sub: 'organization:acme:workspace:x' }), 'principal:subject/organization:acme:workspace:x'],
  ])('names %s exactly', (_, build, expected) => {
    const [kind, ...path] = expected.split(':');
    const grant = build().resource('google_project_iam_member');
    expect(grant['member']).toBe(`${kind}://iam.googleapis.com/${NAME}/${path.join(':')}`);
    expect(grant['depends_on']).toEqual([expect.stringMatching(/^google_iam_workload_identity_pool_provider\./)]);
  });

  it.each<[string, Issuer<never>, object]>([
    [
      'GitHub by number',
      github,
      {
        attribute_condition: "assertion.repository_owner_id == '61' && assertion.repository_id in ['91', '92']",
        oidc: { issuer_uri: 'https://token.actions.githubusercontent.com' },
      },
    ],
    ['GitLab by number', gitlab, { attribute_condition: "assertion.project_id == '77'", oidc: { issuer_uri: 'https://gitlab.com' } }],
    [
      'AWS by role',
      aws,
      {
        attribute_condition: "assertion.arn.extract('assumed-role/{role_name}/') in ['nightly', 'hourly']",
        aws: { account_id: '210987654321' },
      },
    ],
    ['EKS by namespace', eks, { attribute_condition: "assertion['kubernetes.io']['namespace'] == 'orders'" }],
    ['others as they say', oidc, { attribute_condition: "assertion.terraform_organization_id == 'org-1'" }],
  ])('pins %s', (_, issuer, expected) => {
    const provider = federate(issuer).resource('google_iam_workload_identity_pool_provider');
    expect(provider).toMatchObject(expected);
    expect(provider['attribute_mapping']).toHaveProperty(['google.subject']);
  });

  it('has another id in each generation, and the same one each time', () => {
    const id = (generation?: number, name = POOL.name) =>
      federate(github, undefined, { generation, name }).resource('google_iam_workload_identity_pool')['workload_identity_pool_id'];
    expect([id(), id(1), id(2), id(3)]).toEqual(['federation-test', 'federation-test', 'federation-test-2', 'federation-test-3']);
    const long = `federation-${'x'.repeat(40)}`;
    expect(id(2, long)).toMatch(/^federation-x+-[0-9a-f]{8}$/);
    expect(id(2, long)).not.toBe(id(1, long));
    expect(id(2, long)).toHaveLength(32);
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      'a reserved pool',
      () => federate(github, undefined, { name: 'gcp-pool' }),
      /^test-stack\/Pool: `pool id` must be 4 to 32.*got: "gcp-pool"/,
    ],
    ['a short pool', () => federate(github, undefined, { name: 'abc' }), /`name` must be at least 4/],
    ['a generation', () => federate(github, undefined, { generation: 0 }), /`generation` must be a whole number between 1 and 999/],
    ['an id as number', () => federate(github, undefined, { projectNumber: 'acme-ai-test' }), /This is a project ID/],
    ['a reserved provider', () => federate(github, undefined, {}, 'gcp-github'), /`provider id` must be 4 to 32/],
    [
      'an owner by name',
      () => federate(Issuers.github({ ownerId: 'acme', repositories: { 'acme/a': '1' } })),
      /`ownerId` must be the number that never changes, not a name, got: "acme"/,
    ],
    [
      'a repository by name only',
      () => federate(Issuers.github({ ownerId: '1', repositories: { 'acme/a': 'a' } })),
      /`repositories\.acme\/a` must be the number/,
    ],
    [
      'no repositories',
      () => federate(Issuers.github({ ownerId: '1', repositories: {} })),
      /`repositories` must have at least one element/,
    ],
    [
      'all repositories',
      () => federate(Issuers.github({ ownerId: '1', repositories: { 'acme/*': '1' } })),
      /`repository` has a wildcard, got: "acme\/\*"/,
    ],
    [
      'a repository that is not pinned',
      () => federate(github, { repository: 'acme/other', branch: 'main' }),
      /lets only acme\/gateway, acme\/models in, not "acme\/other"/,
    ],
    ['all branches', () => federate(github, { repository: 'acme/models', branch: '*' }), /^test-stack\/Caller: `branch` has a wildcard/],
    [
      'a long subject',
      () => federate(github, { repository: 'acme/models', branch: 'b'.repeat(110) }),
      /has \d+ bytes, and google\.subject takes 127/,
    ],
    [
      'a URL as host',
      () => federate(Issuers.gitlab({ host: 'https://git.acme.example', projects: { 'a/b': '1' } })),
      /`host` must be a host name/,
    ],
    ['all roles', () => federate(Issuers.aws({ accountId: '210987654321', roles: ['*'] })), /`roles` has a wildcard/],
    ['no roles', () => federate(Issuers.aws({ accountId: '210987654321', roles: [] })), /`roles` must have at least one/],
    ['a role that is not pinned', () => federate(aws, { role: 'admin' }), /lets only nightly, hourly in/],
    ['an account', () => federate(Issuers.aws({ accountId: '21', roles: ['r'] })), /`accountId` must be 12 digits/],
    [
      'a cluster',
      () => federate(Issuers.eks({ region: 'eu', issuerId: 'x', namespaces: ['a'] })),
      /`region` must be[^]*`issuerId` must be/,
    ],
    [
      'all namespaces',
      () => federate(Issuers.kubernetes({ issuerUri: 'https://k8s.acme.example', namespaces: ['*'] })),
      /`namespace` has a wildcard/,
    ],
    [
      'a namespace that is not pinned',
      () => federate(eks, { namespace: 'other', serviceAccount: 'a' }),
      /only the namespaces orders in, not "other"/,
    ],
    [
      'no TLS',
      () => federate(Issuers.kubernetes({ issuerUri: 'http://k8s.acme.example', namespaces: ['a'] })),
      /must be an https:\/\/ address/,
    ],
    [
      'a shared issuer without an id',
      () => federate(Issuers.oidc({ issuerUri: 'https://app.terraform.io', condition: "assertion.terraform_organization_name == 'acme'" })),
      /everybody uses app\.terraform\.io: `condition` must compare one of assertion\.terraform_organization_id/,
    ],
    [
      'a condition on nothing',
      () => federate(Issuers.oidc({ issuerUri: 'https://id.acme.example', condition: 'true' })),
      /must look at a claim/,
    ],
    [
      'an audience for all',
      () => federate(Issuers.oidc({ issuerUri: 'https://id.acme.example', condition: 'assertion.a == 1', allowedAudiences: ['*'] })),
      /without a wildcard/,
    ],
    [
      'a second subject',
      () =>
        federate(
          Issuers.oidc({
            issuerUri: 'https://id.acme.example',
            condition: 'assertion.a == 1',
            attributes: { 'google.subject': 'assertion.email' },
          }),
        ),
      /must not map google\.subject/,
    ],
    [
      'a mapping',
      () =>
        federate(
          Issuers.oidc({
            issuerUri: 'https://id.acme.example',
            condition: 'assertion.a == 1',
            attributes: { 'attribute.Team': 'assertion.t' },
          }),
        ),
      /a mapping is google\.subject, google\.groups or attribute\.NAME/,
    ],
    [
      'a long mapping',
      () =>
        federate(
          Issuers.oidc({
            issuerUri: 'https://id.acme.example',
            condition: 'assertion.a == 1',
            attributes: { 'attribute.a': 'x'.repeat(2049) },
          }),
        ),
      /has 2049 characters, and 2048/,
    ],
    [
      'a long condition',
      () => federate(Issuers.oidc({ issuerUri: 'https://id.acme.example', condition: `assertion.a == '${'x'.repeat(4096)}'` })),
      /and 4096 are allowed/,
    ],
    [
      '51 attributes',
      () =>
        federate(
          Issuers.oidc({
            issuerUri: 'https://id.acme.example',
            condition: 'assertion.a == 1',
            attributes: Object.fromEntries([...Array(51).keys()].map((n) => [`attribute.a${n}`, 'x'])),
          }),
        ),
      /has 51 attributes, and 50/,
    ],
    ['a part of a subject', () => federate(oidc, { sub: 'organization:acme:*' }), /`sub` must be one subject, without wildcards/],
  ])('refuses %s', (_, build, message) => {
    expect(build).toThrow(message);
  });
});
