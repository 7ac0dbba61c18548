import { ServiceAccount } from '@cdktf/provider-google/lib/service-account';
import { ServiceAccountIamMember } from '@cdktf/provider-google/lib/service-account-iam-member';
import { Construct } from 'constructs';
import { Annotations, Checks } from '../core';
import { type Access, checkAccess, grantAccess } from './access';
import { type Manifest, serviceAccountManifest } from './kubernetes-manifests';
import { type GkeIdentityPool, Principal, waitFor } from './principal';

export interface GkeWorkloadIdentityProps {
  /** Identity pool of the clusters, e.g. a `GkeClusters`. */
  readonly pool: GkeIdentityPool;
  /** Kubernetes namespace. */
  readonly namespace: string;
  /**
   * Name of the Kubernetes ServiceAccount.
   * @default every pod of the namespace, which only makes sense where one team owns all of it
   */
  readonly serviceAccount?: string;
  /**
   * Become a Google service account, made here, with this account id (6 to 30 characters). For APIs that do not take federated principals
   * yet.
   * @default the pods get the roles themselves
   */
  readonly impersonate?: {
    /** What stands before the @ of its e-mail. */
    readonly accountId: string;
    /** Project that gets the account. */
    readonly projectId: string;
  };
  /** What the workload may do. */
  readonly access: readonly Access[];
}

/** Access of pods on GKE, without keys. */
export class GkeWorkloadIdentity extends Construct {
  /** Whom the roles are granted to. */
  readonly principal: Principal;
  /** The account that pods become, with `impersonate`. */
  readonly serviceAccount?: ServiceAccount;
  /** What must be in the cluster. A namespace as a whole has nothing to apply. */
  readonly manifests: readonly Manifest[];

  constructor(scope: Construct, id: string, props: GkeWorkloadIdentityProps) {
    super(scope, id);
    const { pool, namespace, serviceAccount, impersonate, access } = props;
    const pods =
      serviceAccount === undefined
        ? Principal.kubernetesNamespace(pool, namespace)
        : Principal.kubernetesServiceAccount(pool, namespace, serviceAccount);
    const check = new Checks(this);
    for (const problem of pods.problems) check.add(problem);
    check.notEmpty('access', access);
    checkAccess(check, this, access);
    check.matches('impersonate.accountId', impersonate?.accountId, /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, '6 to 30 of a-z, 0-9 and dash');
    check.that(
      () => impersonate === undefined || serviceAccount !== undefined,
      '`impersonate` needs a `serviceAccount`: an annotation on it tells the pods whom to become.',
    );
    check.done();
    this.warnOfSameness(props);

    const email = impersonate && `${impersonate.accountId}@${impersonate.projectId}.iam.gserviceaccount.com`;
    this.manifests = serviceAccount === undefined ? [] : [serviceAccountManifest(namespace, serviceAccount, email)];
    if (impersonate) {
      this.serviceAccount = new ServiceAccount(this, 'ServiceAccount', {
        accountId: impersonate.accountId,
        project: impersonate.projectId,
        displayName: `Pods of ${namespace}/${serviceAccount}`,
      });
      // On the account, never on the project: there it would open every account to the pods.
      new ServiceAccountIamMember(this, 'Impersonation', {
        serviceAccountId: this.serviceAccount.name,
        role: 'roles/iam.workloadIdentityUser',
        member: pods.member,
        dependsOn: waitFor(pods),
      });
      this.principal = Principal.serviceAccount(email!, [this.serviceAccount]);
    } else {
      this.principal = pods;
    }
    grantAccess(this, this.principal, access);
  }

  /** The pool knows no clusters: a namespace of the same name in another cluster of the project is the same namespace to IAM. */
  private warnOfSameness({ pool, namespace, serviceAccount }: GkeWorkloadIdentityProps): void {
    if (pool.clusters.length < 2) return;
    const who = serviceAccount === undefined ? `every pod of the namespace ${namespace}` : `${namespace}/${serviceAccount}`;
    Annotations.of(this).addWarning(
      `${who} is the same identity in all clusters of ${pool.projectId} (${pool.clusters.join(', ')}): whoever may make it in one of them gets ` +
        'this access. Keep the namespace to the same team in each, or give clusters of different trust projects of their own.',
    );
  }
}
