import type { Environment } from '../configuration';
import {
  type GithubSubject,
  type GitlabSubject,
  type GkeIdentityPool,
  type Issuer,
  Issuers,
  Principal,
  WorkloadIdentityPool,
} from '../constructs/workload-identity';
import { federationPoolName, workloadAccountEmail } from './names';

type Identity = Environment['identity'];
export type Workload = Identity['workloads'][string];
export type WorkloadOn<Platform extends Workload['platform']> = Extract<Workload, { platform: Platform }>;
/** A workload that somebody outside Google Cloud vouches for. */
export type FederatedWorkload = Exclude<Workload, { platform: 'gke' | 'cloud-run' }>;

export function issuerOf(settings: Identity['providers'][string]): Issuer<never> {
  switch (settings.issuer) {
    case 'github':
      return Issuers.github(settings);
    case 'gitlab':
      return Issuers.gitlab(settings);
    case 'aws':
      return Issuers.aws(settings);
    case 'eks':
      return Issuers.eks(settings);
    case 'kubernetes':
      return Issuers.kubernetes(settings);
    case 'oidc':
      return Issuers.oidc(settings);
  }
}

/** How the issuer of a workload names it. */
export function subjectOf(workload: FederatedWorkload): unknown {
  switch (workload.platform) {
    case 'kubernetes':
      return { namespace: workload.namespace, serviceAccount: workload.serviceAccount };
    case 'aws':
      return { role: workload.role };
    case 'github':
      return { repository: workload.repository, ...job(workload) } as GithubSubject;
    case 'gitlab':
      return { project: workload.project, ...job(workload) } as GitlabSubject;
    case 'oidc':
      return { sub: workload.subject };
  }
}

/** Whom IAM takes a workload for. Computed like the names: a stack that grants something to it needs nothing of the identity stack. */
export function workloadPrincipal(environment: Environment, name: string): Principal {
  const { identity, project } = environment;
  const workload = identity.workloads[name]!;
  if (workload.platform === 'cloud-run' || (workload.platform === 'gke' && workload.impersonate)) {
    return Principal.serviceAccount(workloadAccountEmail(environment, name));
  }
  if (workload.platform === 'gke') {
    const { id: projectId, number: projectNumber } = identity.gke?.project ?? project;
    const pool: GkeIdentityPool = { projectId, projectNumber, clusters: [], dependsOn: [] };
    return workload.serviceAccount === undefined
      ? Principal.kubernetesNamespace(pool, workload.namespace)
      : Principal.kubernetesServiceAccount(pool, workload.namespace, workload.serviceAccount);
  }
  const issuer = issuerOf(identity.providers[workload.provider]!) as Issuer<unknown>;
  const { kind, path, problems } = issuer.identify(subjectOf(workload));
  const pool = { name: federationPoolName(environment), generation: identity.poolGeneration, projectNumber: project.number };
  return Principal.federated(kind, `${WorkloadIdentityPool.nameOf(pool)}/${path}`, problems, []);
}

const job = ({ environment, branch }: { readonly environment?: string; readonly branch?: string }) =>
  environment === undefined ? { branch } : { environment };
