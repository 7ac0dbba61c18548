import { resource, type Rule } from '../rule';
import { HIGH_GRANTS } from './members';

const KEY = 'google_kms_crypto_key';

/** CIS 1.11, and custom.cloudkmsAllowedRotationPeriod of Google's hardened set: 90 days. */
const LONGEST_PERIOD_SECONDS = 7_776_000;

const KEY_USERS = ['roles/cloudkms.cryptoKeyEncrypterDecrypter', 'roles/cloudkms.cryptoKeyDecrypter', 'roles/cloudkms.cryptoKeyEncrypter'];

const key = (settings: object) =>
  resource(KEY, { name: 'secrets', key_ring: 'projects/acme-ai-prod/locations/europe-west1/keyRings/prod', ...settings });

/** Keys of Cloud KMS. */
export const KEYS: readonly Rule[] = [
  {
    id: 'KMS-001',
    level: 'error',
    title: 'Keys are rotated within 90 days',
    reason: 'The longer a version is in use, the more it opens on the day that it gets out.',
    fix: 'Set `rotation_period` to at most 7776000s.',
    types: [KEY],
    maps: { cis: ['1.11'], checkov: ['CKV_GCP_43'], trivy: ['GCP-0065'], google: ['custom.cloudkmsAllowedRotationPeriod'] },
    check: (element, judge) => {
      const purpose = element.text('purpose');
      // Keys that sign have no rotation.
      if (purpose && !purpose.is('ENCRYPT_DECRYPT')) return;
      const period = element.text('rotation_period')?.known.replace(/s$/, '');
      if (period === undefined || !(Number(period) <= LONGEST_PERIOD_SECONDS)) judge('is not at most 90 days', 'rotation_period');
    },
    good: key({ rotation_period: '7776000s' }),
    bad: key({ rotation_period: '31536000s' }),
  },
  {
    id: 'KMS-002',
    level: 'error',
    title: 'Production keys are guarded against deletion',
    reason: 'What was encrypted with a key that is gone cannot be read any more, by anybody.',
    fix: 'Set `lifecycle.prevent_destroy = true`.',
    types: [KEY],
    when: 'production',
    maps: { checkov: ['CKV_GCP_82'] },
    check: (element, judge) => {
      if (!element.flag('lifecycle.prevent_destroy')) judge('is not true', 'lifecycle.prevent_destroy');
    },
    good: key({ lifecycle: { prevent_destroy: true } }),
    bad: key({}),
  },
  {
    id: 'KMS-003',
    level: 'note',
    title: 'Production keys are kept in hardware',
    reason: 'Some contracts and auditors ask for it, and a key cannot be moved there later: only replaced.',
    fix: 'Set `version_template.protection_level = "HSM"`.',
    types: [KEY],
    when: 'production',
    maps: {},
    check: (element, judge) => {
      if (!element.text('version_template.protection_level')?.is('HSM', 'EXTERNAL', 'EXTERNAL_VPC'))
        judge('is not HSM', 'version_template.protection_level');
    },
    good: key({ version_template: { algorithm: 'GOOGLE_SYMMETRIC_ENCRYPTION', protection_level: 'HSM' } }),
    bad: key({}),
  },
  {
    id: 'KMS-004',
    level: 'error',
    title: 'Keys are granted one by one',
    reason: 'On the project the role opens every key, also those of other data.',
    fix: 'Grant it with `google_kms_crypto_key_iam_member` on the key.',
    types: [HIGH_GRANTS],
    maps: {},
    check: (element, judge) => {
      if (element.text('role')?.is(...KEY_USERS)) judge(`is ${String(element.text('role'))} for every key`, 'role');
    },
    good: resource('google_project_iam_member', {
      project: 'acme-ai-prod',
      role: 'roles/cloudkms.viewer',
      member: 'group:ops@acme.example',
    }),
    bad: resource('google_project_iam_member', {
      project: 'acme-ai-prod',
      role: 'roles/cloudkms.cryptoKeyEncrypterDecrypter',
      member: 'serviceAccount:gateway@acme-ai-prod.iam.gserviceaccount.com',
    }),
  },
];
