import type { EndpointModels } from './endpoint-model';
import { describeMachine } from './idle-cost';
import type { DeployedModel } from './reconciler/spec';

/** `surge`: the new deployment comes up beside the old one. `recreate`: after the old one has gone. */
export type Rollout = 'surge' | 'recreate';

/** A deployment as a plan shows it. Numbers tell the order; what does not change in a plan is hidden there, so each line stands for one step. */
export interface DeploymentSteps {
  readonly deploy: string;
  readonly replicas: string;
  readonly traffic: string;
  readonly undeploy: string;
}

/**
 * For whoever reads the plan: what happens to each deployment. Names carry the deployment's id, so another version of a model is another
 * entry: one that comes shows all of its steps and the machines that it needs on top, one that stays only its new share or replicas, and
 * one that goes disappears.
 */
export function describeRollout(
  deployed: readonly (readonly [string, DeployedModel])[],
  models: EndpointModels,
  rollout: Rollout,
): Record<string, DeploymentSteps> {
  return Object.fromEntries(deployed.map(([key, model]) => [model.displayName, stepsOf(model, models[key]!, rollout)]));
}

function stepsOf({ model }: DeployedModel, { machine, replicas, traffic }: EndpointModels[string], rollout: Rollout): DeploymentSteps {
  const { min, max = min } = replicas;
  const where = `${model.replace(/^.*\/models\//, '')} on ${replicas.spot ? 'spot ' : ''}${describeMachine(machine)} a replica`;
  const surge = rollout === 'surge';
  return {
    deploy: surge ? `1. ${where}, on top of the machines of what serves now` : `2. ${where}, once what it replaces has freed its machines`,
    replicas: min === max ? String(min) : `${min} to ${max}`,
    traffic: surge ? `2. ${traffic} %` : `3. ${traffic} %`,
    undeploy: surge ? '3. what it replaces' : '1. what it replaces, after its traffic has moved to the other models',
  };
}
