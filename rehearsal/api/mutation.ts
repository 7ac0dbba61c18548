import type { DeployedModel } from './records';

/** What mutateDeployedModel can change (endpoint_service.proto, MutateDeployedModelRequest). */
export const MUTABLE = [
  'dedicatedResources.minReplicaCount',
  'dedicatedResources.maxReplicaCount',
  'dedicatedResources.requiredReplicaCount',
  'dedicatedResources.autoscalingMetricSpecs',
  'disableContainerLogging',
];

/** The model with the values of these update-mask paths taken over from `given`; a path without a value there resets the field. */
export function mergeAtPaths(model: DeployedModel, given: DeployedModel, paths: readonly string[]): DeployedModel {
  const result: Record<string, unknown> = { ...model, dedicatedResources: { ...model.dedicatedResources } };
  for (const path of paths) {
    const [first = '', second] = path.split('.');
    if (second === undefined) result[first] = given[first as keyof DeployedModel];
    else
      (result[first] as Record<string, unknown>)[second] = (given[first as keyof DeployedModel] as Record<string, unknown> | undefined)?.[
        second
      ];
  }
  return result as unknown as DeployedModel;
}
