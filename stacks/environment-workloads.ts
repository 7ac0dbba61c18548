import { ServiceAccount } from '@cdktf/provider-google/lib/service-account';
import { Construct } from 'constructs';
import type { Environment } from '../configuration';
import type { EnvironmentStack } from '../constructs/core';
import {
  type Access,
  ClusterCaller,
  GkeClusters,
  GkeWorkloadIdentity,
  Identity,
  type Manifest,
  Principal,
  Target,
} from '../constructs/workload-identity';
import { endpointResource } from './environment-endpoints';
import type { EnvironmentFederation } from './environment-federation';
import { secretId, workloadAccountEmail, workloadAccountId } from './names';
import { WorkloadHandover } from './workload-handover';
import { subjectOf, type Workload, type WorkloadOn } from './workload-principals';

/** The workloads that an environment file lists under `identity.workloads`. */
export class EnvironmentWorkloads extends Construct {
  private readonly clusters?: GkeClusters;
  private readonly handover: WorkloadHandover;

  constructor(
    scope: Construct,
    id: string,
    private readonly environment: Environment,
    private readonly federation: EnvironmentFederation,
    stack: EnvironmentStack,
  ) {
    super(scope, id);
    const { identity, project } = environment;
    if (identity.gke) {
      const { id: projectId, number: projectNumber } = identity.gke.project ?? project;
      this.clusters = new GkeClusters(this, 'Clusters', { projectId, projectNumber, clusters: identity.gke.clusters });
    }
    this.handover = new WorkloadHandover(this, 'Handover', environment, stack);
    for (const [name, workload] of Object.entries(identity.workloads)) this.add(name, workload);
  }

  private add(name: string, workload: Workload): void {
    if (workload.platform === 'gke') return this.addPods(name, workload);
    if (workload.platform === 'cloud-run') return this.addCloudRun(name, workload);
    const provider = this.federation.provider<unknown>(workload.provider);
    new Identity(this, name, { principal: provider.principal(subjectOf(workload)), access: this.access(workload) });
    if (workload.platform === 'kubernetes') {
      this.handover.federatedPods(name, workload, provider);
    } else {
      this.handover.federatedProgram(name, provider, workload.platform);
    }
  }

  private addPods(name: string, workload: WorkloadOn<'gke'>): void {
    const { project } = this.environment;
    const { namespace, serviceAccount, impersonate } = workload;
    const { manifests } = new GkeWorkloadIdentity(this, name, {
      pool: this.clusters!,
      namespace,
      serviceAccount,
      impersonate: impersonate ? { accountId: workloadAccountId(this.environment, name), projectId: project.id } : undefined,
      access: this.access(workload),
    });
    this.handover.pods(name, namespace, manifests);
  }

  /** On Cloud Run a service has a service account; here it is made, one for each. */
  private addCloudRun(name: string, workload: WorkloadOn<'cloud-run'>): void {
    const { project } = this.environment;
    const scope = new Construct(this, name);
    const account = new ServiceAccount(scope, 'ServiceAccount', {
      accountId: workloadAccountId(this.environment, name),
      project: project.id,
      displayName: `Cloud Run service ${name}`,
    });
    const email = workloadAccountEmail(this.environment, name);
    const principal = Principal.serviceAccount(email, [account]);
    new Identity(scope, 'Access', { principal, access: this.access(workload) });
    const manifests: Manifest[] = [];
    if (workload.cluster) {
      const { name: cluster, location, namespace, rules } = workload.cluster;
      const caller = new ClusterCaller(scope, 'Cluster', {
        name: name.replaceAll('-', '_'),
        serviceAccount: { email, principal },
        cluster: { projectId: this.environment.identity.gke?.project?.id ?? project.id, location, name: cluster },
        namespace,
        rules,
      });
      manifests.push(...caller.manifests);
    }
    this.handover.cloudRun(name, manifests);
  }

  private access({ access }: Workload): Access[] {
    return access.map(({ role, ...thing }) => ({ role, on: this.target(thing) }));
  }

  private target({ secret, bucket, service, endpoint, project }: Omit<Workload['access'][number], 'role'>): Target {
    const { project: own, region } = this.environment;
    if (secret !== undefined) return Target.secret({ projectId: own.id, secretId: secretId(this.environment, secret) });
    if (bucket !== undefined) return Target.bucket(bucket);
    if (service !== undefined) return Target.service({ projectId: own.id, location: region, name: service });
    if (endpoint !== undefined) return Target.endpoint(endpointResource(this.environment, endpoint), endpoint);
    return Target.project(project ?? own.id);
  }
}
