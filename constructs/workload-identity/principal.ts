import type { ITerraformDependable } from '../core';
import { namespaceProblems, projectIdProblem, projectNumberProblem, serviceAccountProblems } from './values';

/** The identity pool of the GKE clusters of a project: `PROJECT.svc.id.goog`. */
export interface GkeIdentityPool {
  /** ID of the clusters' project: it names the pool. */
  readonly projectId: string;
  /** Number of the same project: principals begin with it. */
  readonly projectNumber: string;
  /** Names of the clusters that share the pool, as far as known. */
  readonly clusters: readonly string[];
  /** What must be there before a grant: the pool comes with the first cluster that has Workload Identity. */
  readonly dependsOn: readonly ITerraformDependable[];
}

const EMAIL = /^[^@\s:*]+@[^@\s:*]+\.[^@\s:*]+$/;
const SERVICE_ACCOUNT = /^[^@\s:*]+@[^@\s:*]+\.gserviceaccount\.com$/;
const POOL_MEMBER =
  /^(principal|principalSet):\/\/iam\.googleapis\.com\/(projects\/([^/]+)\/)?locations\/global\/(workloadIdentityPools|workforcePools)\/[^/]+\/.+$/;

/** Who gets access. Made by what knows the person or program, so that nobody writes a member as free text. */
export class Principal {
  static user = (email: string): Principal => new Principal(`user:${email}`, emailProblems('user', email));
  static group = (email: string): Principal => new Principal(`group:${email}`, emailProblems('group', email));

  static serviceAccount(email: string, dependsOn: readonly ITerraformDependable[] = []): Principal {
    const problems = SERVICE_ACCOUNT.test(email)
      ? []
      : [`a service account is NAME@PROJECT.iam.gserviceaccount.com, got: ${JSON.stringify(email)}.`];
    return new Principal(`serviceAccount:${email}`, problems, dependsOn);
  }

  /** Pods that run as one Kubernetes ServiceAccount, in every cluster of the pool. */
  static kubernetesServiceAccount(pool: GkeIdentityPool, namespace: string, name: string): Principal {
    const problems = [...poolProblems(pool), ...namespaceProblems(namespace), ...serviceAccountProblems(name)];
    return new Principal(`principal:${poolName(pool)}/subject/ns/${namespace}/sa/${name}`, problems, pool.dependsOn);
  }

  /** Every pod of a namespace, in every cluster of the pool, whoever made it. */
  static kubernetesNamespace(pool: GkeIdentityPool, namespace: string): Principal {
    const problems = [...poolProblems(pool), ...namespaceProblems(namespace)];
    return new Principal(`principalSet:${poolName(pool)}/namespace/${namespace}`, problems, pool.dependsOn);
  }

  /** @param path of a subject or attribute in a pool, made by an issuer */
  static federated(
    kind: 'principal' | 'principalSet',
    path: string,
    problems: readonly string[],
    dependsOn: readonly ITerraformDependable[],
  ) {
    return new Principal(`${kind}://iam.googleapis.com/${path}`, problems, dependsOn);
  }

  /** Everybody on the internet, or everybody with a Google account. @param reason why that is right; it stands in the plan */
  static everybody(member: 'allUsers' | 'allAuthenticatedUsers', reason: string): Principal {
    const problems = reason.trim().length >= 10 ? [] : [`${member} needs a reason, a sentence that a reviewer can judge.`];
    return new Principal(member, problems);
  }

  /** A member as IAM writes it, from a file. */
  static parse(member: string): Principal {
    return new Principal(member, memberProblems(member));
  }

  private constructor(
    /** As IAM writes it. */
    readonly member: string,
    /** What is wrong with it; the construct that grants reports it, with its path. */
    readonly problems: readonly string[],
    /** What must be there before a grant. */
    readonly dependsOn: readonly ITerraformDependable[] = [],
  ) {}
}

const poolName = ({ projectId, projectNumber }: GkeIdentityPool): string =>
  `//iam.googleapis.com/projects/${projectNumber}/locations/global/workloadIdentityPools/${projectId}.svc.id.goog`;

const poolProblems = ({ projectId, projectNumber }: GkeIdentityPool): string[] =>
  [projectIdProblem(projectId), projectNumberProblem(projectNumber)].filter((problem) => problem !== undefined);

const emailProblems = (kind: string, email: string): string[] =>
  EMAIL.test(email) ? [] : [`a ${kind} is an e-mail address, got: ${JSON.stringify(email)}.`];

function memberProblems(member: string): readonly string[] {
  if (member === 'allUsers' || member === 'allAuthenticatedUsers') {
    return [`${member} opens it to the world. If that is meant, say why: Principal.everybody('${member}', 'because …').`];
  }
  if (member.startsWith('deleted:')) return [`${member} is gone. Name its successor, or remove it.`];
  const [, kind, rest] = /^([a-zA-Z]+):(.*)$/.exec(member) ?? [];
  if (kind === 'user' || kind === 'group') return emailProblems(kind, rest!);
  if (kind === 'serviceAccount') return Principal.serviceAccount(rest!).problems;
  if (kind === 'principal' || kind === 'principalSet') {
    const parts = POOL_MEMBER.exec(member);
    if (/[*?]/.test(member)) return [`a wildcard stands in ${member}. Name each subject, or an attribute that only they have.`];
    if (!parts)
      return [`a ${kind} is ${kind}://iam.googleapis.com/projects/NUMBER/locations/global/workloadIdentityPools/POOL/…, got: ${member}.`];
    const number = parts[3] === undefined ? undefined : projectNumberProblem(parts[3]);
    return number === undefined ? [] : [number];
  }
  const meant = EMAIL.test(member) ? ` Write ${SERVICE_ACCOUNT.test(member) ? 'serviceAccount' : 'user or group'}: before it.` : '';
  return [`a member is user:, group:, serviceAccount:, principal: or principalSet: and a name, got: ${JSON.stringify(member)}.${meant}`];
}

/** For `dependsOn` of a grant: nothing at all rather than an empty list. */
export const waitFor = ({ dependsOn }: Principal): ITerraformDependable[] | undefined =>
  dependsOn.length > 0 ? [...dependsOn] : undefined;
