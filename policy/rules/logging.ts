import { resource, type Rule } from '../rule';
import { Unresolved } from '../text';

const METRIC = 'google_logging_metric';
const EXCLUSION = 'google_logging_project_exclusion';
const SINKS = ['google_logging_project_sink', 'google_logging_folder_sink', 'google_logging_organization_sink'];
const AUDIT = /^google_(project|folder|organization)_iam_audit_config$/;
const ALERT = 'google_monitoring_alert_policy';

const POLICY_LOG = 'cloudaudit.googleapis.com/policy';

const sink = (settings: object, others: object = {}) =>
  resource('google_logging_project_sink', { name: 'audit', destination: 'storage.googleapis.com/acme-audit', ...settings }, others);
const alert = (settings: object) => resource(ALERT, { display_name: 'Denials', combiner: 'OR', conditions: [], ...settings });
const metric = (filter: string) => resource(METRIC, { name: 'denials', filter: `log_id("${POLICY_LOG}") AND ${filter}` });

/** What is written down, how long, and who is told. */
export const LOGGING: readonly Rule[] = [
  {
    id: 'LOG-001',
    level: 'error',
    title: 'Nobody is exempt from the audit log',
    reason: 'What an exempted identity reads is read unseen.',
    fix: 'Remove `exempted_members`.',
    types: [AUDIT],
    maps: { cis: ['2.1'], checkov: ['CKV2_GCP_5'], trivy: ['GCP-0079'] },
    check: (element, judge) =>
      judge.each(element.blocks('audit_log_config'), (config) => {
        if (config.texts('exempted_members').length > 0) judge('exempts identities', config.place);
      }),
    good: resource('google_project_iam_audit_config', {
      project: 'acme-ai-prod',
      service: 'allServices',
      audit_log_config: [{ log_type: 'DATA_READ' }],
    }),
    bad: resource('google_project_iam_audit_config', {
      project: 'acme-ai-prod',
      service: 'allServices',
      audit_log_config: [{ log_type: 'DATA_READ', exempted_members: ['user:jo@acme.example'] }],
    }),
  },
  {
    id: 'LOG-002',
    level: 'warning',
    title: 'A log that is kept cannot be changed',
    reason: 'Whoever broke in deletes the traces first.',
    fix: 'Set `retention_policy.is_locked` of the bucket that the sink writes to.',
    types: SINKS,
    maps: { cis: ['2.4'], checkov: ['CKV2_GCP_4'] },
    check: (element, judge) => {
      const destination = element.text('destination');
      if (!destination?.startsWith('storage.googleapis.com/')) return;
      const [hole = ''] = destination.holes;
      const bucket = element.stack.target(hole);
      if (bucket?.type !== 'google_storage_bucket') throw new Unresolved('destination', 'is a bucket that is not in this stack');
      if (!bucket.flag('retention_policy.is_locked')) judge('is a bucket without a lock', 'destination');
    },
    good: sink(
      { destination: 'storage.googleapis.com/${google_storage_bucket.audit.name}' },
      {
        google_storage_bucket: {
          audit: { name: 'acme-audit', location: 'EU', retention_policy: { is_locked: true, retention_period: 31536000 } },
        },
      },
    ),
    bad: sink(
      { destination: 'storage.googleapis.com/${google_storage_bucket.audit.name}' },
      { google_storage_bucket: { audit: { name: 'acme-audit', location: 'EU' } } },
    ),
  },
  {
    id: 'LOG-003',
    level: 'error',
    title: 'What a perimeter denies is not left out of the log',
    reason: 'Without these entries nobody can enforce a perimeter safely, or see that somebody tries to get around it.',
    fix: 'Remove the exclusion of cloudaudit.googleapis.com/policy.',
    types: [EXCLUSION, ...SINKS],
    maps: {},
    check: (element, judge) => {
      const exclusions = element.type === EXCLUSION ? [element] : element.blocks('exclusions');
      judge.each(exclusions, (exclusion) => {
        const filter = exclusion.text('filter')?.known ?? '';
        const excludes = filter.includes(POLICY_LOG) || filter.includes(POLICY_LOG.replace('/', '%2F'));
        if (excludes && !exclusion.flag('disabled'))
          judge('leaves the policy log out', exclusion.place === '' ? 'filter' : `${exclusion.place}.filter`);
      });
    },
    good: resource(EXCLUSION, { name: 'health', filter: 'httpRequest.requestUrl:"/health/"' }),
    bad: resource(EXCLUSION, { name: 'noise', filter: `log_id("${POLICY_LOG}")` }),
  },
  {
    id: 'LOG-004',
    level: 'error',
    title: 'Filters for denials match denials',
    reason: 'In entries about enforced denials the field is absent: `dryRun="false"` never matches, and the alert stays silent for ever.',
    fix: 'Write `NOT protoPayload.metadata.dryRun="true"`.',
    types: [METRIC, ...SINKS],
    maps: {},
    check: (element, judge) => {
      if (element.text('filter')?.matches(/dryRun\s*[:=]\s*"?false/i)) judge('asks for dryRun="false"', 'filter');
    },
    good: metric('NOT protoPayload.metadata.dryRun="true"'),
    bad: metric('protoPayload.metadata.dryRun="false"'),
  },
  {
    id: 'LOG-005',
    level: 'warning',
    title: 'Alerts reach somebody in production',
    reason: 'An alert without a channel opens an incident that nobody is told about.',
    fix: 'Set `notification_channels`.',
    types: [ALERT],
    when: 'production',
    maps: {},
    check: (element, judge) => {
      if (element.texts('notification_channels').length === 0) judge('is empty', 'notification_channels');
    },
    good: alert({ notification_channels: ['projects/acme-ai-prod/notificationChannels/7204412389015528841'] }),
    bad: alert({}),
  },
];
