import { resource, type Rule } from '../rule';
import type { Text } from '../text';
import { EVERYBODY, HIGH_GRANTS, membersOf } from './members';

const MEMBER = 'google_project_iam_member';

const PRIMITIVE = ['roles/owner', 'roles/editor', 'roles/viewer'];

/** They let the holder act as every service account of the project. */
const IMPERSONATION = [
  'roles/iam.serviceAccountUser',
  'roles/iam.serviceAccountTokenCreator',
  'roles/iam.serviceAccountOpenIdTokenCreator',
  'roles/iam.workloadIdentityUser',
  'roles/iam.serviceAccountKeyAdmin',
];

const DEFAULT_ACCOUNTS = ['-compute@developer.gserviceaccount.com', '@appspot.gserviceaccount.com'];

const gateway = 'serviceAccount:gateway@acme-ai-prod.iam.gserviceaccount.com';
const grant = (role: string, member: string = gateway) => resource(MEMBER, { project: 'acme-ai-prod', role, member });

/** Who may do what in Google Cloud. */
export const IDENTITY: readonly Rule[] = [
  {
    id: 'IAM-001',
    level: 'error',
    title: 'Nobody has a key',
    reason: 'A key of a service account works everywhere, for years, for whoever holds the file; and Terraform keeps it in the state.',
    fix: 'Use workload identity: `constructs/workload-identity` has it for GKE, Kubernetes elsewhere, AWS, GitHub and GitLab.',
    types: ['google_service_account_key'],
    maps: { cis: ['1.5'], checkov: ['CKV2_GCP_3'], google: ['IAM-CO-4.2', 'IAM-CO-4.3'] },
    check: (_element, judge) => judge('is a key of a service account'),
    good: resource('google_service_account', { account_id: 'gateway' }),
    bad: resource('google_service_account_key', { service_account_id: 'gateway@acme-ai-prod.iam.gserviceaccount.com' }),
  },
  {
    id: 'IAM-002',
    level: 'error',
    title: 'Roles are narrower than owner, editor and viewer',
    reason: 'The basic roles reach into every service of the project, also into those that are switched on next year.',
    fix: 'Grant the predefined roles that the work needs, e.g. roles/aiplatform.user.',
    types: [HIGH_GRANTS],
    maps: { checkov: ['CKV_GCP_117'], trivy: ['GCP-0007'] },
    check: (element, judge) => {
      const role = element.text('role');
      if (role?.is(...PRIMITIVE)) judge(`is ${role.known}`, 'role');
    },
    good: grant('roles/aiplatform.user'),
    bad: grant('roles/editor'),
  },
  {
    id: 'IAM-003',
    level: 'error',
    title: 'Impersonation is granted on one service account',
    reason: 'On the project it is the right to be every service account in it, also the one that deploys.',
    fix: 'Grant it with `google_service_account_iam_member` on the service account that is meant.',
    types: [HIGH_GRANTS],
    maps: { cis: ['1.7'], checkov: ['CKV_GCP_41', 'CKV_GCP_49'], trivy: ['GCP-0005', 'GCP-0009', 'GCP-0011'] },
    check: (element, judge) => {
      const role = element.text('role');
      if (role?.is(...IMPERSONATION)) judge(`is ${role.known}`, 'role');
    },
    good: grant('roles/aiplatform.user'),
    bad: grant('roles/iam.serviceAccountTokenCreator'),
  },
  {
    id: 'IAM-004',
    level: 'error',
    title: 'Nothing is granted to everybody',
    reason: '`allUsers` is the internet, and `allAuthenticatedUsers` is everybody who has a Google account.',
    fix: 'Grant it to the identities that need it.',
    // Cloud Run and Secret Manager have rules of their own: RUN-021, SEC-008.
    types: [/^google_(?!cloud_run|secret_manager)\w+_iam_(member|binding)$/],
    maps: {
      cis: ['1.10'],
      checkov: ['CKV_GCP_28', 'CKV_GCP_101', 'CKV_GCP_112', 'CKV2_GCP_6', 'CKV2_GCP_8'],
      google: ['custom.iamDisablePublicBindings'],
    },
    check: (element, judge) =>
      judge.each(membersOf(element), (member) => {
        if (member.is(...EVERYBODY)) judge(`is ${String(member)}`, member.place);
      }),
    good: resource('google_artifact_registry_repository_iam_member', {
      repository: 'gateway',
      role: 'roles/artifactregistry.reader',
      member: gateway,
    }),
    bad: resource('google_artifact_registry_repository_iam_member', {
      repository: 'gateway',
      role: 'roles/artifactregistry.reader',
      member: 'allUsers',
    }),
  },
  {
    id: 'IAM-005',
    level: 'error',
    title: 'Default service accounts get nothing',
    reason: 'They are what every workload runs as that nobody gave an identity: what they may, everything may.',
    fix: 'Make a service account for the workload and grant to it.',
    types: [HIGH_GRANTS],
    maps: { checkov: ['CKV_GCP_46'], trivy: ['GCP-0004', 'GCP-0006', 'GCP-0008'], google: ['IAM-CO-4.1'] },
    check: (element, judge) =>
      judge.each(membersOf(element), (member) => {
        if (member.startsWith('serviceAccount:') && member.endsWith(...DEFAULT_ACCOUNTS))
          judge('is a default service account', member.place);
      }),
    good: grant('roles/aiplatform.user'),
    bad: grant('roles/aiplatform.user', 'serviceAccount:905148237260-compute@developer.gserviceaccount.com'),
  },
  {
    id: 'IAM-006',
    level: 'warning',
    title: 'Roles go to groups, not to persons',
    reason: 'A person who leaves the team keeps the role until somebody finds this line.',
    fix: 'Grant it to a group.',
    types: [/^google_\w+_iam_(member|binding)$/],
    maps: { trivy: ['GCP-0003', 'GCP-0069'] },
    check: (element, judge) =>
      judge.each(membersOf(element), (member) => {
        if (member.startsWith('user:')) judge('is a person', member.place);
      }),
    good: grant('roles/viewer', 'group:ai-platform@acme.example'),
    bad: grant('roles/logging.viewer', 'user:jo@acme.example'),
  },
  {
    id: 'IAM-007',
    level: 'warning',
    title: 'Service accounts do not administer',
    reason: 'Whoever takes over a workload has its role: with an administrator that is the whole service.',
    fix: 'Grant the role of a user, e.g. roles/aiplatform.user. For the identity that deploys, suppress this with the reason.',
    types: [HIGH_GRANTS],
    maps: { cis: ['1.6'], checkov: ['CKV_GCP_42', 'CKV_GCP_49'], trivy: ['GCP-0007'] },
    check: (element, judge) => {
      const role = element.text('role');
      if (!role?.matches(/(admin|owner)$/i)) return;
      judge.each(membersOf(element), (member) => {
        if (member.startsWith('serviceAccount:', 'principal')) judge(`is given ${role.known}`, member.place);
      });
    },
    good: grant('roles/aiplatform.user'),
    bad: grant('roles/aiplatform.admin'),
  },
  {
    id: 'IAM-008',
    level: 'error',
    title: 'Grants are added, not set',
    reason: 'A binding or a policy takes the role from everybody whom another stack, Google or a colleague gave it to.',
    fix: 'Use `_iam_member`, one for each identity.',
    types: [/^google_(project|folder|organization)_iam_(binding|policy)$/, /^google_\w+_iam_policy$/],
    maps: {},
    check: (_element, judge) => judge('replaces the grants of others'),
    good: grant('roles/aiplatform.user'),
    bad: resource('google_project_iam_binding', { project: 'acme-ai-prod', role: 'roles/aiplatform.user', members: [gateway] }),
  },
  {
    id: 'IAM-009',
    level: 'error',
    title: 'Keys are not made and used by the same identity',
    reason: 'Who may both use a key and change who uses it needs nobody else to read everything that it protects.',
    fix: 'Grant roles/cloudkms.admin and the use of keys to different identities.',
    types: [MEMBER],
    maps: { cis: ['1.12'], google: ['OPS-CO-6.1'] },
    check: (element, judge) => {
      if (!element.text('role')?.is('roles/cloudkms.admin')) return;
      const member = element.text('member');
      const grants = [...element.stack.ofType(MEMBER), ...element.stack.ofType('google_kms_crypto_key_iam_member')];
      judge.each(grants, (each) => {
        if (!each.text('role')?.matches(/^roles\/cloudkms\.crypto(KeyEncrypter|KeyDecrypter|Operator)/)) return;
        if (isSame(each.text('member'), member)) judge('administers keys, and uses them', 'member');
      });
    },
    good: grant('roles/cloudkms.admin', 'group:security@acme.example'),
    bad: resource(
      MEMBER,
      { project: 'acme-ai-prod', role: 'roles/cloudkms.admin', member: gateway },
      {
        google_kms_crypto_key_iam_member: {
          use: { crypto_key_id: 'k', role: 'roles/cloudkms.cryptoKeyEncrypterDecrypter', member: gateway },
        },
      },
    ),
  },
];

/** Texts that are written the same are the same, whatever Terraform puts into them. */
const isSame = (one?: Text, other?: Text): boolean => String(one) === String(other) || one?.known === other?.known;
