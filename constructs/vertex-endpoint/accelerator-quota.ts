import { CloudQuotasQuotaPreference } from '@cdktf/provider-google/lib/cloud-quotas-quota-preference';
import { Construct } from 'constructs';
import { Annotations, Checks } from '../core';
import type { AcceleratorType, Machine } from './machine';
import type { Replicas } from './replicas';
import type { Rollout } from './rollout';

/** Quotas of accelerators for serving, per project and region. Source: the Model Garden commands of gcloud 528. */
const QUOTA_IDS: Readonly<Partial<Record<AcceleratorType, string>>> = {
  NVIDIA_TESLA_P100: 'CustomModelServingP100GPUsPerProjectPerRegion',
  NVIDIA_TESLA_V100: 'CustomModelServingV100GPUsPerProjectPerRegion',
  NVIDIA_TESLA_P4: 'CustomModelServingP4GPUsPerProjectPerRegion',
  NVIDIA_TESLA_T4: 'CustomModelServingT4GPUsPerProjectPerRegion',
  NVIDIA_TESLA_A100: 'CustomModelServingA100GPUsPerProjectPerRegion',
  NVIDIA_A100_80GB: 'CustomModelServingA10080GBGPUsPerProjectPerRegion',
  NVIDIA_L4: 'CustomModelServingL4GPUsPerProjectPerRegion',
  NVIDIA_H100_80GB: 'CustomModelServingH100GPUsPerProjectPerRegion',
};

/** What models need: the machines of one endpoint, or of one Model Garden deployment. */
export interface AcceleratorDemand {
  /** Shown in the arithmetic, e.g. the name of the endpoint. */
  readonly name: string;
  /** Machines and replicas of each model, by its name. */
  readonly models: Readonly<
    Record<
      string,
      {
        /** What each replica runs on. */
        readonly machine: Machine;
        /** How many there are. */
        readonly replicas: Replicas;
      }
    >
  >;
  /**
   * Under `surge` a model and its successor run at once: twice the accelerators.
   * @default surge
   */
  readonly rollout?: Rollout;
}

export interface AcceleratorQuotaProps {
  /** Project ID. */
  readonly projectId: string;
  /** Region, e.g. europe-west4. */
  readonly region: string;
  /** What is going to run in the region. */
  readonly demands: readonly AcceleratorDemand[];
  /**
   * Whom Google asks about the request; it wants one for increases.
   * @default whoever deploys
   */
  readonly contactEmail?: string;
}

interface Need {
  readonly total: number;
  readonly terms: readonly string[];
}

/**
 * Asks Google for the accelerators that models need at their most replicas: a preference a type of accelerator, the arithmetic in its
 * justification. A preference is a wish: Google grants it, in part or not at all, in its own time (`quota_config.granted_value`), and
 * destroying it only forgets it. Needs the API cloudquotas.googleapis.com.
 */
export class AcceleratorQuota extends Construct {
  /** Accelerators that are asked for, by type. */
  readonly preferred: Readonly<Partial<Record<AcceleratorType, number>>>;

  constructor(scope: Construct, id: string, props: AcceleratorQuotaProps) {
    super(scope, id);
    const check = new Checks(this);
    check.matches('region', props.region, /^[a-z]+-[a-z]+\d{1,2}$/, 'a region, e.g. europe-west4');
    check.matches('contactEmail', props.contactEmail, /^[^@\s]+@[^@\s]+\.[^@\s]+$/, 'an email address');
    check.done();

    const needs = needsOf(props.demands);
    this.preferred = Object.fromEntries([...needs].map(([type, { total }]) => [type, total]));
    for (const [type, need] of needs) {
      const arithmetic = describe(need);
      const quotaId = QUOTA_IDS[type];
      if (quotaId === undefined) {
        Annotations.of(this).addWarning(`${type}: ${arithmetic}, but the name of its quota is not known here. Ask for it by hand.`);
        continue;
      }
      Annotations.of(this).addInfo(`${quotaId} in ${props.region}: ${arithmetic}.`);
      new CloudQuotasQuotaPreference(this, type, {
        parent: `projects/${props.projectId}`,
        name: `aiplatform-${quotaId.toLowerCase()}-${props.region}`,
        service: 'aiplatform.googleapis.com',
        quotaId,
        dimensions: { region: props.region },
        quotaConfig: { preferredValue: String(need.total) },
        contactEmail: props.contactEmail,
        justification: `Vertex AI model serving. ${arithmetic}.`,
      });
    }
  }
}

function needsOf(demands: readonly AcceleratorDemand[]): Map<AcceleratorType, Need> {
  const needs = new Map<AcceleratorType, Need>();
  for (const { name, models, rollout = 'surge' } of demands) {
    for (const [key, { machine, replicas }] of Object.entries(models)) {
      if (!machine.accelerator) continue;
      const { type, count } = machine.accelerator;
      const max = replicas.max ?? replicas.min;
      const factor = rollout === 'surge' ? 2 : 1;
      const { total, terms } = needs.get(type) ?? { total: 0, terms: [] };
      const term = `${name}/${key} ${max} ${max === 1 ? 'replica' : 'replicas'} × ${count}${factor === 2 ? ' × 2 (surge)' : ''}`;
      needs.set(type, { total: total + max * count * factor, terms: [...terms, term] });
    }
  }
  return needs;
}

const describe = ({ total, terms }: Need): string => `${terms.join(' + ')} = ${total}`;
