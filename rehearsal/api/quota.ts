import type { Store } from '../store';
import type { DedicatedResources } from './records';
import { ServiceError } from './service-error';

/** Accelerators in use at once, per project and region; undefined: no limit known. */
export type QuotaLimit = (place: { readonly project: string; readonly region: string }, accelerator: string) => number | undefined;

/** Quota of aiplatform.googleapis.com by accelerator type (the model-garden map of gcloud 528). */
const QUOTA_IDS: Readonly<Record<string, string>> = {
  NVIDIA_TESLA_T4: 'CustomModelServingT4GPUsPerProjectPerRegion',
  NVIDIA_L4: 'CustomModelServingL4GPUsPerProjectPerRegion',
  NVIDIA_TESLA_A100: 'CustomModelServingA100GPUsPerProjectPerRegion',
  NVIDIA_A100_80GB: 'CustomModelServingA10080GBGPUsPerProjectPerRegion',
  NVIDIA_H100_80GB: 'CustomModelServingH100GPUsPerProjectPerRegion',
  NVIDIA_TESLA_P4: 'CustomModelServingP4GPUsPerProjectPerRegion',
  NVIDIA_TESLA_V100: 'CustomModelServingV100GPUsPerProjectPerRegion',
  NVIDIA_TESLA_P100: 'CustomModelServingP100GPUsPerProjectPerRegion',
};

/** The limits that the stacks themselves asked for: what they do not ask for is not limited in a rehearsal. */
export function quotaOfPreferences(store: Store): QuotaLimit {
  return ({ project, region }, accelerator) => {
    const granted = store
      .list({ provider: 'google', type: 'google_cloud_quotas_quota_preference' })
      .map(
        ({ attributes }) =>
          attributes as {
            parent?: string;
            quota_id?: string;
            dimensions?: { region?: string };
            quota_config?: { preferred_value?: string }[];
          },
      )
      .filter(
        ({ parent, quota_id: id, dimensions }) =>
          parent === `projects/${project}` && id === QUOTA_IDS[accelerator] && dimensions?.region === region,
      )
      .map(({ quota_config: config }) => Number(config?.[0]?.preferred_value));
    return granted.length > 0 ? Math.max(...granted) : undefined;
  };
}

/** Accelerators that a model holds while it runs as small as it may: what its deploy needs at once. */
export const acceleratorsOf = ({ machineSpec, minReplicaCount }: DedicatedResources) =>
  minReplicaCount * (machineSpec.acceleratorCount ?? 0);

/** Throws what the service says when a region has not so many accelerators for the project. */
export function demandQuota(limit: number | undefined, accelerator: string, needed: number): void {
  if (limit === undefined || needed <= limit) return;
  const id = QUOTA_IDS[accelerator] ?? `CustomModelServing${accelerator}`;
  throw new ServiceError('RESOURCE_EXHAUSTED', `The following quotas are exceeded: ${id} (limit ${limit}, needed ${needed}).`);
}
