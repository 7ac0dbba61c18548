import type { ReconcileSpec } from './reconciler/spec';

/** Ids of deployed models are names too: a model of ours carries its own id at the end of its display name (`deployedModelName`). */
const OURS = 'endswith(m.display_name, "-${m.id}")';

/** What must be found on the endpoint, in the shape that `observed` gives it. */
export function wanted(spec: ReconcileSpec): object {
  const models = spec.models.map(({ id, dedicatedResources: { minReplicaCount, maxReplicaCount, autoscalingMetricSpecs } }) => [
    id,
    {
      min: minReplicaCount,
      max: maxReplicaCount,
      targets: Object.fromEntries(autoscalingMetricSpecs.map(({ metricName, target }) => [metricName, target])),
    },
  ]);
  return { models: Object.fromEntries(models), ...(spec.traffic && { traffic: spec.traffic }) };
}

/** A Terraform expression: what a refresh has found on the endpoint at `address`. */
export function observed(address: string, spec: ReconcileSpec): string {
  const resources = (attribute: string): string => `m.dedicated_resources[0].${attribute}`;
  const targets = `{ for t in ${resources('autoscaling_metric_specs')} : t.metric_name => t.target }`;
  const model = `{ min = ${resources('min_replica_count')}, max = ${resources('max_replica_count')}, targets = ${targets} }`;
  const whose = spec.adopt ? '' : ` if ${OURS}`;
  // Null in the state of an endpoint whose creation was cut short.
  const found = `(${address}.deployed_models == null ? [] : ${address}.deployed_models)`;
  const models = `models = { for m in ${found} : m.id => try(${model}, null)${whose} }`;
  // A model without traffic may stand in the split with 0, or not at all.
  const split = `jsondecode(coalesce(${address}.traffic_split, "{}"))`;
  const traffic = spec.traffic ? `, traffic = { for id, percent in ${split} : id => percent if percent > 0 }` : '';
  return `\${{ ${models}${traffic} }}`;
}

/**
 * A trigger that replaces a resource whenever the two differ, and is the same before and after the repair: an empty text.
 * Comparing into the trigger itself would store the difference, and the next plan, finding none, would replace once more. A time is
 * unknown while planning, so a difference plans a replacement; when it is applied, nothing of it is left.
 */
export function driftTrigger(wantedReference: string, observedReference: string): string {
  return `\${jsonencode(${observedReference}) == jsonencode(${wantedReference}) ? "" : substr(timestamp(), 0, 0)}`;
}
