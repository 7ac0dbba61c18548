import { Construct } from 'constructs';
import type { Environment } from '../configuration';
import { type AcceleratorDemand, ModelGardenEndpoint } from '../constructs/vertex-endpoint';
import { endpointName } from './names';
import { traitsOf } from './tier';

/** The open models that an environment file lists under `modelGarden`. */
export class EnvironmentModelGarden extends Construct {
  readonly demands: readonly AcceleratorDemand[];

  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    const { insidePerimeter, protectsData } = traitsOf(environment);
    this.demands = Object.entries(environment.modelGarden).map(([key, { model, acceptEula, machine, replicas, autoscaling }]) => {
      new ModelGardenEndpoint(this, key, {
        name: endpointName(environment, key),
        projectId: environment.project.id,
        location: environment.region,
        model: model.startsWith('publishers/') ? { publisher: model } : { huggingFace: model },
        acceptEula,
        machine,
        replicas,
        autoscaling,
        dedicatedEndpoint: !insidePerimeter,
        insidePerimeter,
        protected: protectsData,
        prices: environment.machinePrices,
      });
      // It is never updated, only replaced: the old one goes before the new one comes.
      return { name: 'model garden', models: { [key]: { machine, replicas } }, rollout: 'recreate' as const };
    });
  }
}
