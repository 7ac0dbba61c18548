import { Identity, Invokers, KeylessPolicy, Principal, Target } from '../../../constructs/workload-identity';
import { annotations, stackWith, synthesize } from '../../support/template';

const POOL = 'iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/federation-test';
const access = [{ role: 'roles/aiplatform.user', on: Target.project('acme-ai-test') }];
const granted = (principal: Principal) => synthesize((stack) => new Identity(stack, 'Someone', { principal, access }));

describe('Principal', () => {
  it.each([
    'user:ada@acme.example',
    'group:ai@acme.example',
    'serviceAccount:gateway@acme-ai-test.iam.gserviceaccount.com',
    `principal://${POOL}/subject/repo:acme/gateway:environment:prod`,
    `principalSet://${POOL}/attribute.repository_id/91`,
  ])('takes %s as it is', (member) => {
    expect(granted(Principal.parse(member)).resource('google_project_iam_member')['member']).toBe(member);
  });

  it.each<[string, RegExp]>([
    ['allUsers', /allUsers opens it to the world\. If that is meant, say why/],
    ['allAuthenticatedUsers', /allAuthenticatedUsers opens it to the world/],
    ['gateway@acme-ai-test.iam.gserviceaccount.com', /a member is user:.*Write serviceAccount: before it/],
    ['ada@acme.example', /Write user or group: before it/],
    ['domain', /a member is user:, group:, serviceAccount:, principal: or principalSet:/],
    ['user:ada', /a user is an e-mail address, got: "ada"/],
    ['group:*@acme.example', /a group is an e-mail address/],
    ['serviceAccount:gateway', /NAME@PROJECT\.iam\.gserviceaccount\.com, got: "gateway"/],
    ['deleted:serviceAccount:a@b.iam.gserviceaccount.com?uid=1', /is gone/],
    [`principalSet://${POOL}/*`, /a wildcard stands in/],
    [`principal://${POOL.replace('123456789012', 'acme-ai-test')}/subject/x`, /This is a project ID/],
    ['principal://elsewhere/subject/x', /a principal is principal:\/\/iam\.googleapis\.com/],
  ])('refuses %s', (member, message) => {
    expect(() => granted(Principal.parse(member))).toThrow(message);
  });

  it('lets everybody in for a reason, and not without', () => {
    const reason = 'A public demo, behind a quota of its own.';
    expect(granted(Principal.everybody('allUsers', reason)).resource('google_project_iam_member')['member']).toBe('allUsers');
    expect(() => granted(Principal.everybody('allUsers', ' '))).toThrow(/^test-stack\/Someone: allUsers needs a reason/);
  });
});

describe('Invokers', () => {
  const service = { projectId: 'acme-ai-test', location: 'europe-west4', name: 'gateway' };
  const build = (callers: Record<string, Principal>) => stackWith((stack) => new Invokers(stack, 'Invokers', { service, callers }));

  it('may call one service, and nothing else', () => {
    const template = synthesize(
      (stack) => new Invokers(stack, 'Invokers', { service, callers: { people: Principal.group('ai@acme.example') } }),
    );
    expect(template.types()).toEqual(['google_cloud_run_v2_service_iam_member']);
    expect(template.resource('google_cloud_run_v2_service_iam_member')).toEqual({
      project: 'acme-ai-test',
      location: 'europe-west4',
      name: 'gateway',
      role: 'roles/run.invoker',
      member: 'group:ai@acme.example',
    });
  });

  it('are said to be none where there are none', () => {
    expect(annotations(build({}), 'warn')).toEqual(['test-stack/Invokers: nobody may call gateway.']);
  });

  it('are each there once, and all their mistakes are told at once', () => {
    const twice = { a: Principal.group('ai@acme.example'), b: Principal.group('ai@acme.example'), c: Principal.user('ada') };
    expect(() => build(twice)).toThrow(/b is a once more: group:ai@acme\.example[^]*c: a user is an e-mail address/);
  });
});

describe('no keys', () => {
  it('are forbidden by a policy of the organization, where one wants it', () => {
    const template = synthesize((stack) => new KeylessPolicy(stack, 'Keyless', { projectId: 'acme-ai-test' }));
    expect(template.resources('google_org_policy_policy')).toEqual(
      ['iam.disableServiceAccountKeyCreation', 'iam.disableServiceAccountKeyUpload'].map((constraint) => ({
        name: `projects/acme-ai-test/policies/${constraint}`,
        parent: 'projects/acme-ai-test',
        spec: { rules: [{ enforce: 'TRUE' }] },
      })),
    );
    expect(() => stackWith((stack) => new KeylessPolicy(stack, 'Keyless', { projectId: '123456789012' }))).toThrow(
      /This is a project number/,
    );
  });
});
