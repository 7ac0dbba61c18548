import type { Block } from '../block';
import { resource, type Rule } from '../rule';
import { EVERYBODY, HIGH_GRANTS, membersOf } from './members';

const SECRET = 'google_secret_manager_secret';
const VERSION = 'google_secret_manager_secret_version';
const REGIONAL_VERSION = 'google_secret_manager_regional_secret_version';
const AWS_VERSION = 'aws_secretsmanager_secret_version';

/** Administrators read too: IAM-007. */
const PROJECT_READERS = ['roles/secretmanager.secretAccessor', 'roles/secretmanager.secretVersionManager'];

/** Terraform 1.11 keeps a write-only argument out of the state; the version number beside it says when to send it again. */
const value = (settings: object) =>
  resource(VERSION, {
    secret: '${google_secret_manager_secret.example.id}',
    secret_data_wo: '${ephemeral.random_password.example.result}',
    ...settings,
  });
const secret = (settings: object) => resource(SECRET, { secret_id: 'prod-master-key', ...settings });

/** 365 days: the custom module secretmanagerAllowedRotationPeriod of Google's hardened set. */
const ONE_YEAR_SECONDS = 31_536_000;

const key = (location: string) => `projects/acme-ai-prod/locations/${location}/keyRings/prod/cryptoKeys/secrets`;
const replicatedTo = (location: string, kmsKey?: string) => ({
  replication: {
    user_managed: { replicas: [{ location, ...(kmsKey ? { customer_managed_encryption: { kms_key_name: kmsKey } } : {}) }] },
  },
});

/** Of a key of the same stack its key ring says it; of another one its name. */
function locationOfKey(holder: Block, name: string): string | undefined {
  const ring = holder.target(name)?.target('key_ring');
  return ring ? ring.text('location')?.known : holder.text(name)?.known.split('/')[3];
}

/** Values of secrets, who reads them, how long they stay. */
export const SECRETS: readonly Rule[] = [
  {
    id: 'SEC-001',
    level: 'error',
    title: 'Values of secrets never reach the state',
    reason: 'Whatever stands in `secret_data` stands in the state, in plain text, for everybody who may plan.',
    fix: 'Use `secret_data_wo` (in AWS `secret_string_wo`) with an ephemeral value, or let a person add the version.',
    types: [VERSION, REGIONAL_VERSION, AWS_VERSION],
    maps: {},
    check: (element, judge) => {
      for (const name of ['secret_data', 'secret_string', 'secret_binary'])
        if (element.json[name] != null) judge('is kept in the state', name);
    },
    good: value({ secret_data_wo_version: 1 }),
    bad: resource(VERSION, { secret: '${google_secret_manager_secret.example.id}', secret_data: 'not-so-secret' }),
  },
  {
    id: 'SEC-002',
    level: 'error',
    title: 'A write-only value has a version number',
    reason:
      'Terraform does not remember the value: without a number that changes, a new one is never sent, and the old one stays for ever.',
    fix: 'Set `secret_data_wo_version` (in AWS `secret_string_wo_version`) and raise it to rotate.',
    types: [VERSION, AWS_VERSION],
    maps: {},
    check: (element, judge) => {
      for (const name of ['secret_data_wo', 'secret_string_wo'])
        if (element.json[name] != null && !element.has(`${name}_version`)) judge('is not set', `${name}_version`);
    },
    good: value({ secret_data_wo_version: 1 }),
    bad: value({}),
  },
  {
    id: 'SEC-003',
    level: 'error',
    title: 'Old versions are disabled, not destroyed',
    reason: 'The default destroys the old version the moment a new one is made: what still runs with it stops, and there is no way back.',
    fix: 'Set `deletion_policy` to DISABLE, or ABANDON.',
    types: [VERSION, REGIONAL_VERSION],
    maps: {},
    check: (element, judge) => {
      const policy = element.text('deletion_policy');
      if (!policy || policy.is('DELETE')) judge(`is DELETE${policy ? '' : ', the default'}`, 'deletion_policy');
    },
    good: value({ deletion_policy: 'DISABLE' }),
    bad: value({ deletion_policy: 'DELETE' }),
  },
  {
    id: 'SEC-004',
    level: 'error',
    title: 'A new version is there before the old one goes',
    reason: 'A raised version number replaces the resource. In the default order the secret has no value in between.',
    fix: 'Set `lifecycle.create_before_destroy`.',
    types: [VERSION],
    maps: {},
    check: (element, judge) => {
      if (element.json['secret_data_wo'] == null) return;
      if (!element.flag('lifecycle.create_before_destroy')) judge('is not set', 'lifecycle.create_before_destroy');
    },
    good: value({ lifecycle: { create_before_destroy: true } }),
    bad: value({}),
  },
  {
    id: 'SEC-005',
    level: 'warning',
    title: 'Production secrets are encrypted with a key of your own',
    reason: 'Only then does disabling the key take every value away, and only then does its log say who has read.',
    fix: 'Set `customer_managed_encryption.kms_key_name` in `replication`.',
    types: [SECRET],
    when: 'production',
    maps: { google: ['gcp.restrictNonCmekServices', 'COM-CO-2.3'] },
    check: (element, judge) => {
      const replicas = element.blocks('replication.user_managed.replicas');
      const auto = element.block('replication.auto');
      judge.each([...replicas, ...(auto ? [auto] : [])], (each) => {
        if (!each.has('customer_managed_encryption.kms_key_name')) judge('has no key of your own', each.place);
      });
    },
    good: secret(replicatedTo('europe-west1', key('europe-west1'))),
    bad: secret(replicatedTo('europe-west1')),
  },
  {
    id: 'SEC-006',
    level: 'error',
    title: 'The key of a replica is where the replica is',
    reason: 'Secret Manager refuses a key in another location, when the stack is applied.',
    fix: 'Name a key in the location of the replica.',
    types: [SECRET],
    maps: {},
    check: (element, judge) =>
      judge.each(element.blocks('replication.user_managed.replicas'), (each) => {
        const name = 'customer_managed_encryption.kms_key_name';
        const place = each.text('location');
        if (!each.has(name) || !place) return;
        const location = locationOfKey(each, name);
        if (location !== place.known) judge(`is in ${location ?? 'no location'}, the replica in ${place.known}`, `${each.place}.${name}`);
      }),
    good: secret(replicatedTo('europe-west1', key('europe-west1'))),
    bad: secret(replicatedTo('europe-west1', key('us-central1'))),
  },
  {
    id: 'SEC-007',
    level: 'error',
    title: 'Secrets are granted one by one',
    reason: 'A role on the project opens every secret in it, also those that others will make.',
    fix: 'Grant it with `google_secret_manager_secret_iam_member` on the secret.',
    types: [HIGH_GRANTS],
    maps: {},
    check: (element, judge) => {
      const role = element.text('role');
      if (!role?.is(...PROJECT_READERS)) return;
      // Secret by secret a condition comes to the same.
      if (!element.has('condition')) judge(`is ${String(role)} for every secret`, 'role');
    },
    good: resource('google_project_iam_member', {
      project: 'acme-ai-prod',
      role: 'roles/secretmanager.viewer',
      member: 'group:ops@acme.example',
    }),
    bad: resource('google_project_iam_member', {
      project: 'acme-ai-prod',
      role: 'roles/secretmanager.secretAccessor',
      member: 'serviceAccount:gateway@acme-ai-prod.iam.gserviceaccount.com',
    }),
  },
  {
    id: 'SEC-008',
    level: 'error',
    title: 'Secrets are not public',
    reason: 'A secret that everybody may read is none.',
    fix: 'Grant it to the service account that needs it.',
    types: [/^google_secret_manager_(regional_)?secret_iam_(member|binding)$/],
    maps: { google: ['custom.iamDisablePublicBindings'] },
    check: (element, judge) =>
      judge.each(membersOf(element), (member) => {
        if (member.is(...EVERYBODY)) judge(`is ${String(member)}`, member.place);
      }),
    good: resource(`${SECRET}_iam_member`, {
      secret_id: 'prod-master-key',
      role: 'roles/secretmanager.secretAccessor',
      member: 'serviceAccount:gateway@acme-ai-prod.iam.gserviceaccount.com',
    }),
    bad: resource(`${SECRET}_iam_member`, {
      secret_id: 'prod-master-key',
      role: 'roles/secretmanager.secretAccessor',
      member: 'allAuthenticatedUsers',
    }),
  },
  {
    id: 'SEC-009',
    level: 'error',
    title: 'Production secrets are guarded against deletion',
    reason: 'A secret that was deleted cannot be restored, nor what was encrypted with it.',
    fix: 'Set `deletion_protection = true`.',
    types: [SECRET],
    when: 'production',
    maps: {},
    check: (element, judge) => {
      if (!element.flag('deletion_protection')) judge('is not true', 'deletion_protection');
    },
    good: secret({ deletion_protection: true }),
    bad: secret({}),
  },
  {
    id: 'SEC-010',
    level: 'warning',
    title: 'Production secrets do not end by themselves',
    reason: 'On that day the secret is deleted with all its versions, whoever still needs it.',
    fix: 'Remove `expire_time` and `ttl`.',
    types: [SECRET],
    when: 'production',
    maps: {},
    check: (element, judge) => {
      for (const name of ['expire_time', 'ttl']) if (element.has(name)) judge('is set', name);
    },
    good: secret({ deletion_protection: true }),
    bad: secret({ ttl: '2592000s' }),
  },
  {
    id: 'SEC-011',
    level: 'warning',
    title: 'A reminder to rotate reaches somebody, within a year',
    reason:
      'Secret Manager rotates nothing: it sends a message. Without a topic there is none, and after a year nobody knows the way any more.',
    fix: 'Set `rotation.rotation_period` to at most 31536000s, and `topics`.',
    types: [SECRET],
    maps: { google: ['SM-CO-6.2', 'secretmanagerAllowedRotationPeriod'] },
    check: (element, judge) => {
      if (!element.has('rotation')) return;
      const period = element.text('rotation.rotation_period')?.known.replace(/s$/, '');
      if (period === undefined || Number(period) > ONE_YEAR_SECONDS) judge('is not at most a year', 'rotation.rotation_period');
      if (element.blocks('topics').length === 0) judge('is not set: nobody is told', 'topics');
    },
    good: secret({
      rotation: { rotation_period: '7776000s', next_rotation_time: '2027-01-01T00:00:00Z' },
      topics: [{ name: 'projects/acme-ai-prod/topics/rotation' }],
    }),
    bad: secret({ rotation: { rotation_period: '63072000s', next_rotation_time: '2027-01-01T00:00:00Z' } }),
  },
];
