import type { Checks } from '../core';
import type { AutoscalingMetricSpec } from './reconciler/spec';

/** Targets at which replicas are added. With several, a model grows when one is exceeded and shrinks when all allow it. */
export interface Autoscaling {
  /**
   * Per cent of the CPUs of a replica, 1 to 100.
   * @default 60
   */
  readonly cpuPercent?: number;
  /**
   * Per cent of the time in which a GPU is busy, 1 to 100. Needs an accelerator.
   * @default 60 where there is an accelerator
   */
  readonly gpuDutyCyclePercent?: number;
  /**
   * Requests a minute that one replica shall get.
   * @default not looked at
   */
  readonly requestsPerMinutePerReplica?: number;
}

const PREFIX = 'aiplatform.googleapis.com/prediction/online';
const METRICS: Readonly<Record<keyof Autoscaling, string>> = {
  cpuPercent: `${PREFIX}/cpu/utilization`,
  gpuDutyCyclePercent: `${PREFIX}/accelerator/duty_cycle`,
  requestsPerMinutePerReplica: `${PREFIX}/request_count`,
};
const DEFAULT_PERCENT = 60;

export function checkAutoscaling(check: Checks, prop: string, autoscaling: Autoscaling | undefined, hasAccelerator: boolean): void {
  check.between(`${prop}.cpuPercent`, autoscaling?.cpuPercent, 1, 100);
  check.between(`${prop}.gpuDutyCyclePercent`, autoscaling?.gpuDutyCyclePercent, 1, 100);
  check.between(`${prop}.requestsPerMinutePerReplica`, autoscaling?.requestsPerMinutePerReplica, 1, 1_000_000);
  check.that(
    () => hasAccelerator || autoscaling?.gpuDutyCyclePercent === undefined,
    `\`${prop}.gpuDutyCyclePercent\` needs an accelerator: the machine has none. Use cpuPercent or requestsPerMinutePerReplica.`,
  );
}

/** Always in full, with what Vertex AI would assume: then a target that somebody changes by hand is seen. */
export function metricSpecs(autoscaling: Autoscaling = {}, hasAccelerator: boolean): AutoscalingMetricSpec[] {
  const targets: Autoscaling = {
    ...autoscaling,
    cpuPercent: autoscaling.cpuPercent ?? DEFAULT_PERCENT,
    gpuDutyCyclePercent: autoscaling.gpuDutyCyclePercent ?? (hasAccelerator ? DEFAULT_PERCENT : undefined),
  };
  return (Object.keys(METRICS) as (keyof Autoscaling)[])
    .filter((name) => targets[name] !== undefined)
    .map((name) => ({ metricName: METRICS[name], target: targets[name]! }));
}
