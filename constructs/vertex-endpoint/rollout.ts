import type { EndpointModels } from './endpoint-model';
import { describeMachine } from './idle-cost';
import type { DeployedModel } from './reconciler/spec';

/** `surge`: the new deployment comes up beside the old one. `recreate`: after the old one has gone. */
export type Rollout = 'surge' | 'recreate';

/**
 * For whoever reads the plan: a line a deployment, which appears, changes or goes with it, and says what a deploy does and needs.
 * Names carry the deployment's id, so another version of a model is another line.
 */
export function describeRollout(
  deployed: readonly (readonly [string, DeployedModel])[],
  models: EndpointModels,
  rollout: Rollout,
): Record<string, string> {
  return Object.fromEntries(
    deployed.map(([key, { displayName }]) => {
      const { machine, replicas, traffic } = models[key]!;
      const min = replicas.min;
      const max = replicas.max ?? min;
      const machines = `${min === max ? min : `${min} to ${max}`} × ${describeMachine(machine)}`;
      const steps =
        rollout === 'surge'
          ? `1. deploy on ${machines}, beside what serves now; 2. give it ${traffic} % of the requests; 3. undeploy what it replaces`
          : `1. hand the requests of what it replaces to the other models; 2. undeploy that; 3. deploy on ${machines}; 4. give it ${traffic} %`;
      return [displayName, steps];
    }),
  );
}
