import type { Construct } from 'constructs';
import type { Environment } from '../configuration';
import { EnvironmentStack } from '../constructs/core';
import { ProjectServices } from '../constructs/project';
import { EndpointGrants } from '../constructs/vertex-endpoint';
import { type Access, DeployIdentities, KeylessPolicy, type Principal, Target } from '../constructs/workload-identity';
import { EnvironmentFederation } from './environment-federation';
import { EnvironmentWorkloads } from './environment-workloads';
import { deployerName, stackId, workloadAccountEmail } from './names';
import { resourceTypes } from './resource-types';
import { stackProps } from './stack-props';

const IAM = ['iam.googleapis.com', 'iamcredentials.googleapis.com', 'sts.googleapis.com'];
const GKE = 'container.googleapis.com';
const POLICY = 'orgpolicy.googleapis.com';

/** Who may do what: workloads, and the pipeline that deploys all of this. Nobody has a key. */
export class IdentityStack extends EnvironmentStack {
  /** @param others stacks that the pipeline deploys beside this one */
  constructor(scope: Construct, environment: Environment, others: readonly EnvironmentStack[]) {
    super(scope, stackId(environment, 'identity'), stackProps(environment));
    const { identity, project } = environment;
    const services = new ProjectServices(this, 'Services', {
      services: [...IAM, ...(identity.gke ? [GKE] : []), ...(identity.keylessPolicy ? [POLICY] : [])],
    });
    // Also without grants on endpoints: what takes the last one away must outlive it.
    const endpointGrants = EndpointGrants.of(this);
    const federation = new EnvironmentFederation(this, 'Federation', environment);
    const workloads = new EnvironmentWorkloads(this, 'Workloads', environment, federation, this);
    for (const construct of [federation, workloads, endpointGrants]) construct.node.addDependency(...services.of(...IAM));
    if (identity.keylessPolicy) {
      new KeylessPolicy(this, 'Keyless', { projectId: project.id }).node.addDependency(...services.of(POLICY));
    }
    if (!identity.deploy) return;

    new DeployIdentities(this, 'Deploy', {
      projectId: project.id,
      name: deployerName(environment),
      types: resourceTypes([...others, this]),
      ...pipeline(identity.deploy, environment, federation),
      state: environment.state.backend === 'gcs' ? { prefix: environment.name, ...environment.state } : undefined,
      quotaProject: environment.quotaProject,
      reads: clusterAccess(environment),
      actsAs: accountsThatRun(environment),
    }).node.addDependency(...services.of(...IAM), workloads);
  }
}

type Deploy = NonNullable<Environment['identity']['deploy']>;

function pipeline(
  { provider, repository, planEnvironment, applyEnvironment }: Deploy,
  { identity }: Environment,
  federation: EnvironmentFederation,
): { planners: Principal[]; appliers: Principal[] } {
  const issuer = federation.provider<unknown>(provider);
  const from = identity.providers[provider]!.issuer === 'github' ? { repository } : { project: repository };
  const plan = planEnvironment === undefined ? { pullRequests: true } : { environment: planEnvironment };
  return {
    planners: [issuer.principal({ ...from, ...plan })],
    appliers: [issuer.principal({ ...from, environment: applyEnvironment })],
  };
}

/** A plan reads the clusters that pods come from; in this project the types of the stacks say so already. */
function clusterAccess({ identity, project }: Environment): Access[] {
  const other = identity.gke?.project?.id;
  return other === undefined || other === project.id ? [] : [{ role: 'roles/container.clusterViewer', on: Target.project(other) }];
}

/** Service accounts that deployed things run as, each once. */
function accountsThatRun(environment: Environment): string[] {
  const serving = Object.values(environment.endpoints).flatMap(({ models }) =>
    Object.values(models).flatMap(({ servingIdentity }) => servingIdentity ?? []),
  );
  const services = Object.entries(environment.identity.workloads)
    .filter(([, { platform }]) => platform === 'cloud-run')
    .map(([name]) => workloadAccountEmail(environment, name));
  return [...new Set([...serving, ...services])].sort();
}
