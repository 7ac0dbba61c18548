import type { CloudRunV2ServiceTraffic } from '@cdktf/provider-google/lib/cloud-run-v2-service';

/** A revision is tried beside the one that serves. */
export interface Canary {
  /** Name of the revision that keeps the rest. */
  readonly stable: string;
  /** Share of the new one, 0 to 99. */
  readonly percent: number;
  /** Name under which the new one is reached, whatever its share. */
  readonly tag: string;
}

/**
 * Without a canary the newest revision that is ready gets everything: one that does not start takes nothing away from the one before.
 * The shares say nothing about the template, so raising them, or promoting, makes no revision.
 */
export function trafficOf(canary: Canary | undefined): CloudRunV2ServiceTraffic[] {
  const latest = { type: 'TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST' };
  if (!canary) return [{ ...latest, percent: 100 }];
  const { stable, percent, tag } = canary;
  return [
    { type: 'TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION', revision: stable, percent: 100 - percent },
    { ...latest, percent, tag },
  ];
}
