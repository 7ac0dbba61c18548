import { Construct } from 'constructs';
import type { Environment } from '../configuration';
import { type FederatedProvider, WorkloadIdentityPool } from '../constructs/workload-identity';
import { federationPoolName } from './names';
import { issuerOf } from './workload-principals';

/** The pool and issuers that an environment file lists under `identity.providers`. */
export class EnvironmentFederation extends Construct {
  private readonly providers = new Map<string, FederatedProvider>();

  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    const { identity, project } = environment;
    if (Object.keys(identity.providers).length === 0) return;
    const pool = new WorkloadIdentityPool(this, 'Pool', {
      projectId: project.id,
      projectNumber: project.number,
      name: federationPoolName(environment),
      generation: identity.poolGeneration,
      description: `Programs outside Google Cloud that work for the environment ${environment.name}`,
    });
    for (const [name, settings] of Object.entries(identity.providers)) {
      this.providers.set(name, pool.addProvider(name, issuerOf(settings)) as FederatedProvider);
    }
  }

  /** Its subjects are those of the issuer that the environment file names there. */
  provider<Subject>(name: string): FederatedProvider<Subject> {
    return this.providers.get(name) as FederatedProvider<Subject>;
  }
}
