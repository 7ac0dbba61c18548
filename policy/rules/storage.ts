import { resource, type Rule } from '../rule';

const BUCKET = 'google_storage_bucket';
const DATASET = 'google_bigquery_dataset';

const bucket = (settings: object) => resource(BUCKET, { name: 'acme-prompts', location: 'EU', ...settings });
const dataset = (settings: object) => resource(DATASET, { dataset_id: 'requests', location: 'europe-west1', ...settings });

/** Buckets and datasets. */
export const STORAGE: readonly Rule[] = [
  {
    id: 'STO-001',
    level: 'error',
    title: 'Access to a bucket is access to the whole bucket',
    reason: 'With lists per object, one of them may be public and no policy shows it.',
    fix: 'Set `uniform_bucket_level_access = true`.',
    types: [BUCKET],
    maps: { cis: ['5.2'], checkov: ['CKV_GCP_29'], trivy: ['GCP-0002'], google: ['GCS-CO-4.2'] },
    check: (element, judge) => {
      if (!element.flag('uniform_bucket_level_access')) judge('is not true', 'uniform_bucket_level_access');
    },
    good: bucket({ uniform_bucket_level_access: true }),
    bad: bucket({}),
  },
  {
    id: 'STO-002',
    level: 'error',
    title: 'Buckets cannot be made public',
    reason: 'A grant to everybody is one line; this refuses it, whoever writes it.',
    fix: 'Set `public_access_prevention = "enforced"`.',
    types: [BUCKET],
    maps: { cis: ['5.1'], checkov: ['CKV_GCP_114'], trivy: ['GCP-0001'], google: ['GCS-CO-4.1'] },
    check: (element, judge) => {
      if (!element.text('public_access_prevention')?.is('enforced')) judge('is not enforced', 'public_access_prevention');
    },
    good: bucket({ public_access_prevention: 'enforced' }),
    bad: bucket({}),
  },
  {
    id: 'STO-003',
    level: 'warning',
    title: 'Production buckets keep versions',
    reason: 'What was overwritten or deleted by mistake is otherwise gone.',
    fix: 'Set `versioning.enabled = true`.',
    types: [BUCKET],
    when: 'production',
    maps: { checkov: ['CKV_GCP_78'], trivy: ['GCP-0078'], google: ['GCS-CO-6.7'] },
    check: (element, judge) => {
      if (!element.flag('versioning.enabled')) judge('is not true', 'versioning.enabled');
    },
    good: bucket({ versioning: { enabled: true } }),
    bad: bucket({}),
  },
  {
    id: 'STO-004',
    level: 'error',
    title: 'Production data is not deleted with its container',
    reason: 'Terraform would empty it before it deletes it.',
    fix: 'Remove `force_destroy` (bucket) or `delete_contents_on_destroy` (dataset).',
    types: [BUCKET, DATASET],
    when: 'production',
    maps: {},
    check: (element, judge) => {
      for (const name of ['force_destroy', 'delete_contents_on_destroy']) if (element.flag(name)) judge('is true', name);
    },
    good: bucket({}),
    bad: bucket({ force_destroy: true }),
  },
  {
    id: 'STO-005',
    level: 'error',
    title: 'Datasets are not public',
    reason: 'A dataset with requests that everybody with a Google account can read is a breach.',
    fix: 'Grant access to the groups and service accounts that need it.',
    types: [DATASET],
    maps: { checkov: ['CKV_GCP_15'] },
    check: (element, judge) =>
      judge.each(element.blocks('access'), (access) => {
        if (access.text('special_group')?.is('allAuthenticatedUsers')) judge('is for everybody with an account', access.place);
        if (access.text('iam_member')?.is('allUsers', 'allAuthenticatedUsers')) judge('is for everybody', access.place);
      }),
    good: dataset({ access: [{ role: 'READER', group_by_email: 'ai-platform@acme.example' }] }),
    bad: dataset({ access: [{ role: 'READER', special_group: 'allAuthenticatedUsers' }] }),
  },
];
