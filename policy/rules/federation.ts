import { resource, type Rule } from '../rule';
import type { StackElement } from '../stack';
import { membersOf } from './members';

const PROVIDER = 'google_iam_workload_identity_pool_provider';

const GITHUB = 'https://token.actions.githubusercontent.com';

/** Audiences that clusters and pipelines put into tokens for others than Google. */
const AUDIENCES_OF_OTHERS = [
  'sts.amazonaws.com',
  'sigstore',
  'api://AzureADTokenExchange',
  'https://kubernetes.default.svc',
  'https://kubernetes.default.svc.cluster.local',
  'kubernetes.default.svc',
];

/** Names can be given up and taken by somebody else; numbers cannot. */
const NAMES_IN_A_CONDITION = /assertion\.(repository|repository_owner|actor|namespace_path|project_path|sub)\b(?!_id)/;
const IDS_IN_A_CONDITION = /assertion\.(repository_id|repository_owner_id|namespace_id|project_id|enterprise_id)\b/;

const isGithub = (element: StackElement): boolean => element.text('oidc.issuer_uri')?.startsWith(GITHUB) ?? false;

const provider = (settings: object) =>
  resource(PROVIDER, {
    workload_identity_pool_id: 'prod',
    workload_identity_pool_provider_id: 'github',
    attribute_mapping: { 'google.subject': 'assertion.sub', 'attribute.repository_id': 'assertion.repository_id' },
    oidc: { issuer_uri: GITHUB },
    ...settings,
  });
const BY_ID = "assertion.repository_owner_id == '6154722' && assertion.repository_id == '914028375'";
const pool = 'principalSet://iam.googleapis.com/projects/905148237260/locations/global/workloadIdentityPools/prod';
const grant = (member: string) =>
  resource('google_service_account_iam_member', {
    service_account_id: 'projects/acme-ai-prod/serviceAccounts/deployer@acme-ai-prod.iam.gserviceaccount.com',
    role: 'roles/iam.workloadIdentityUser',
    member,
  });

/** Whose tokens are exchanged for Google's. */
export const FEDERATION: readonly Rule[] = [
  {
    id: 'FED-001',
    level: 'error',
    title: 'Federation has a condition',
    reason: 'An issuer like GitHub signs tokens for everybody. Without a condition every repository in the world may come in.',
    fix: 'Set `attribute_condition` to what identifies your own: owner and repository by number, account, namespace.',
    types: [PROVIDER],
    maps: { checkov: ['CKV_GCP_118'], trivy: ['GCP-0068'] },
    check: (element, judge) => {
      const condition = element.text('attribute_condition');
      if (!condition || condition.is('', 'true')) judge('is not set', 'attribute_condition');
    },
    good: provider({ attribute_condition: BY_ID }),
    bad: provider({}),
  },
  {
    id: 'FED-002',
    level: 'error',
    title: 'Conditions name numbers, not names',
    reason: 'An owner or a repository that was renamed or deleted leaves its name to whoever takes it next, and with it the access.',
    fix: "Compare `assertion.repository_owner_id` and `assertion.repository_id` with numbers, e.g. `assertion.repository_id == '914028375'`.",
    types: [PROVIDER],
    maps: { checkov: ['CKV_GCP_125'] },
    check: (element, judge) => {
      if (!isGithub(element)) return;
      const condition = element.text('attribute_condition')?.known ?? '';
      if (NAMES_IN_A_CONDITION.test(condition) && !IDS_IN_A_CONDITION.test(condition)) judge('compares names only', 'attribute_condition');
    },
    good: provider({ attribute_condition: BY_ID }),
    bad: provider({ attribute_condition: "assertion.repository == 'acme/vertex-gateway'" }),
  },
  {
    id: 'FED-003',
    level: 'error',
    title: 'A caller has a subject',
    reason: 'Google demands a mapping of `google.subject` for OpenID Connect, and audit logs name the caller by it.',
    fix: "Add `google.subject` to `attribute_mapping`, e.g. `'assertion.sub'`.",
    types: [PROVIDER],
    maps: {},
    check: (element, judge) => {
      // AWS has a default mapping, which a mapping of one's own replaces.
      if (!element.has('oidc') && !element.has('attribute_mapping')) return;
      if (!element.entries('attribute_mapping').some(([name]) => name === 'google.subject'))
        judge('has no google.subject', 'attribute_mapping');
    },
    good: provider({}),
    bad: provider({ attribute_mapping: { 'attribute.repository_id': 'assertion.repository_id' } }),
  },
  {
    id: 'FED-004',
    level: 'error',
    title: 'Grants are for a part of a pool',
    reason: 'A pool as a whole is everybody whom any of its providers lets in, today and after the next provider is added.',
    fix: 'Name a subject (`principal://…/subject/…`) or an attribute (`principalSet://…/attribute.repository_id/914028375`).',
    types: [/^google_\w+_iam_(member|binding)$/],
    maps: {},
    check: (element, judge) =>
      judge.each(membersOf(element), (member) => {
        if (!member.startsWith('principalSet://')) return;
        if (member.endsWith('/*')) judge('is a whole pool', member.place);
      }),
    good: grant(`${pool}/attribute.repository_id/914028375`),
    bad: grant(`${pool}/*`),
  },
  {
    id: 'FED-005',
    level: 'warning',
    title: 'Tokens are made for Google',
    reason: 'A token that is meant for somebody else is handed to somebody else, who can then exchange it here.',
    fix: 'Remove `allowed_audiences`: the default is the name of the provider, which nobody else uses.',
    types: [PROVIDER],
    maps: {},
    check: (element, judge) =>
      judge.each(element.texts('oidc.allowed_audiences'), (audience) => {
        if (audience.is(...AUDIENCES_OF_OTHERS)) judge(`is ${audience.known}`, audience.place);
        else if (audience.contains('*')) judge('is no audience but a pattern', audience.place);
      }),
    good: provider({ oidc: { issuer_uri: GITHUB } }),
    bad: provider({ oidc: { issuer_uri: GITHUB, allowed_audiences: ['sts.amazonaws.com'] } }),
  },
  {
    id: 'FED-006',
    level: 'error',
    title: 'Issuers are reached over HTTPS',
    reason: 'Whoever stands between Google and the issuer could put keys of their own in its place.',
    fix: 'Write `https://` before the issuer.',
    types: [PROVIDER],
    maps: {},
    check: (element, judge) => {
      const issuer = element.text('oidc.issuer_uri');
      if (issuer && !issuer.startsWith('https://')) judge('is not https', 'oidc.issuer_uri');
    },
    good: provider({}),
    bad: provider({ oidc: { issuer_uri: 'http://token.actions.githubusercontent.com' } }),
  },
];
