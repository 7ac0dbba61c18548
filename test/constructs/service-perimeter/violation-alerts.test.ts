import { ViolationAlerts } from '../../../constructs/service-perimeter';
import { VIOLATIONS_AND_TRAFFIC } from '../../../constructs/service-perimeter/audit-log';
import { callEntry, violationEntry } from '../../support/audit-log';
import { matches } from '../../support/logging-filter';
import { synthesize } from '../../support/template';

const build = (changes: object = {}) =>
  synthesize((stack) => new ViolationAlerts(stack, 'Alerts', { name: 'prod-perimeter', projectId: 'acme-ai-prod', ...changes }));
const filterOf = (end: string): string =>
  String(
    build()
      .resources('google_logging_metric')
      .find(({ name }) => String(name).endsWith(end))!['filter'],
  );

describe('the filters', () => {
  const tried = violationEntry({ dryRun: true });
  const denied = violationEntry({ dryRun: false });
  const call = callEntry('2026-11-10T00:00:00Z');
  const other = { ...denied, protoPayload: { metadata: { '@type': 'type.googleapis.com/google.cloud.audit.Other' } } };

  it('of denials match what is denied, which has no field `dryRun`, and nothing else', () => {
    expect([tried, denied, call, other].map((entry) => matches(filterOf('/denials'), entry))).toEqual([false, true, false, false]);
  });

  it('of dry-run violations match those, and nothing else', () => {
    expect([tried, denied, call, other].map((entry) => matches(filterOf('/dry-run-violations'), entry))).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('would match nothing if they asked for dryRun="false"', () => {
    const naive = filterOf('/denials').replace('NOT protoPayload.metadata.dryRun="true"', 'protoPayload.metadata.dryRun="false"');
    expect([tried, denied].map((entry) => matches(naive, entry))).toEqual([false, false]);
  });

  it('of the command to read a log match violations and traffic', () => {
    expect([tried, denied, call].map((entry) => matches(VIOLATIONS_AND_TRAFFIC, entry))).toEqual([true, true, true]);
    expect(matches(VIOLATIONS_AND_TRAFFIC, { logName: 'projects/p/logs/run.googleapis.com%2Frequests' })).toBe(false);
  });
});

describe('metrics and alerts', () => {
  it('tell callers, services, methods and reasons apart, by fields that entries have', () => {
    const entry = violationEntry() as { protoPayload: Record<string, never> };
    for (const metric of build().resources('google_logging_metric')) {
      for (const extractor of Object.values(metric['label_extractors'] as Record<string, string>)) {
        const path = /^EXTRACT\(protoPayload\.([\w.]+)\)$/.exec(extractor)![1]!.split('.');
        expect(path.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], entry.protoPayload)).toEqual(
          expect.any(String),
        );
      }
      expect(metric).toMatchObject({
        project: 'acme-ai-prod',
        metric_descriptor: {
          metric_kind: 'DELTA',
          value_type: 'INT64',
          labels: ['principal', 'service', 'method', 'reason'].map((key) => ({ key, value_type: 'STRING' })),
        },
      });
    }
  });

  it('call somebody at the first denial, and file a ticket for what would be one', () => {
    const channel = 'projects/acme-ai-prod/notificationChannels/1';
    const alerts = build({ notificationChannels: [channel] }).resources('google_monitoring_alert_policy');
    expect(alerts.map(({ severity, notification_channels: channels }) => [severity, channels])).toEqual([
      ['CRITICAL', [channel]],
      ['WARNING', [channel]],
    ]);
    for (const { conditions } of alerts) {
      const [{ condition_threshold: threshold }] = conditions as [{ condition_threshold: Record<string, unknown> }];
      expect(threshold).toMatchObject({ comparison: 'COMPARISON_GT', threshold_value: 0 });
      expect(threshold['filter']).toMatch(
        /^metric\.type="logging\.googleapis\.com\/user\/\$\{google_logging_metric\..+\.name\}" AND resource\.type="audited_resource"$/,
      );
    }
  });

  it('refuse what is no channel', () => {
    expect(() => build({ notificationChannels: ['ops@acme.example'] })).toThrow(/projects\/P\/notificationChannels\/NUMBER/);
  });
});
