import { LoggingMetric } from '@cdktf/provider-google/lib/logging-metric';
import { MonitoringAlertPolicy } from '@cdktf/provider-google/lib/monitoring-alert-policy';
import { Construct } from 'constructs';
import { Checks, literal } from '../core';
import { DENIALS, DRY_RUN_VIOLATIONS, EXTRACTED } from './audit-log';

export interface ViolationAlertsProps {
  /** Beginning of the names of metrics and alerts: a-z, 0-9 and dash, at most 60. */
  readonly name: string;
  /** ID of the project whose log is watched: Google writes a violation where the resource is, and nowhere else. */
  readonly projectId: string;
  /**
   * Full names of notification channels.
   * @default none, alerts are seen in the console only
   */
  readonly notificationChannels?: readonly string[];
  /**
   * What to do about it; Markdown, shown with the alert.
   * @default nothing is added
   */
  readonly runbook?: string;
}

interface Watched {
  readonly id: string;
  readonly filter: string;
  readonly title: string;
  readonly severity: 'CRITICAL' | 'WARNING';
  readonly meaning: string;
}

const WATCHED: readonly Watched[] = [
  {
    id: 'denials',
    filter: DENIALS,
    title: 'a perimeter denies requests',
    severity: 'CRITICAL',
    meaning: 'A service perimeter denied a request: either something that worked does not any more, or somebody tried what is not allowed.',
  },
  {
    id: 'dry-run-violations',
    filter: DRY_RUN_VIOLATIONS,
    title: 'a perimeter would deny requests',
    severity: 'WARNING',
    meaning:
      'A request went through that the tried configuration of a service perimeter would deny. Nothing is broken yet; promotion will refuse.',
  },
];

/** Seconds that a violation keeps an alert open after the last of its kind: half an hour, as long as a changed perimeter takes to arrive. */
const AUTO_CLOSE = '1800s';

/** A metric and an alert for what a perimeter denies, and for what it would deny, by caller, service, method and reason. */
export class ViolationAlerts extends Construct {
  constructor(scope: Construct, id: string, props: ViolationAlertsProps) {
    super(scope, id);
    const check = new Checks(this);
    check.matches('name', props.name, /^[a-z][a-z0-9-]{0,59}$/, '1 to 60 of a-z, 0-9 and dash, starting with a letter');
    for (const channel of props.notificationChannels ?? []) {
      check.matches(
        'notificationChannels',
        channel,
        /^projects\/[^/]+\/notificationChannels\/\d+$/,
        'projects/P/notificationChannels/NUMBER',
      );
    }
    check.done();
    for (const watched of WATCHED) this.watch(watched, props);
  }

  private watch({ id, filter, title, severity, meaning }: Watched, props: ViolationAlertsProps): void {
    const { name, projectId: project, notificationChannels, runbook } = props;
    const metric = new LoggingMetric(this, `${id} metric`, {
      project,
      name: `${name}/${id}`,
      description: meaning,
      filter,
      labelExtractors: { ...EXTRACTED },
      metricDescriptor: {
        metricKind: 'DELTA',
        valueType: 'INT64',
        labels: Object.keys(EXTRACTED).map((key) => ({ key, valueType: 'STRING' })),
      },
    });
    new MonitoringAlertPolicy(this, `${id} alert`, {
      project,
      displayName: `${name}: ${title}`,
      combiner: 'OR',
      severity,
      notificationChannels: notificationChannels && [...notificationChannels],
      documentation: { content: [meaning, ...(runbook === undefined ? [] : [literal(runbook)])].join('\n\n'), mimeType: 'text/markdown' },
      alertStrategy: { autoClose: AUTO_CLOSE },
      conditions: [
        {
          displayName: 'any, by caller, service and method',
          conditionThreshold: {
            // The metric by name: a reference, so that the alert is made after it.
            filter: `metric.type="logging.googleapis.com/user/${metric.name}" AND resource.type="audited_resource"`,
            comparison: 'COMPARISON_GT',
            thresholdValue: 0,
            duration: '0s',
            trigger: { count: 1 },
            aggregations: [
              {
                alignmentPeriod: '300s',
                perSeriesAligner: 'ALIGN_DELTA',
                crossSeriesReducer: 'REDUCE_SUM',
                groupByFields: ['metric.label.principal', 'metric.label.service', 'metric.label.method'],
              },
            ],
          },
        },
      ],
    });
  }
}
