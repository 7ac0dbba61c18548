import { DataGoogleContainerCluster } from '@cdktf/provider-google/lib/data-google-container-cluster';
import { Construct } from 'constructs';
import { Checks, TerraformOutput } from '../core';
import { grantAccess } from './access';
import { clusterRoleManifests, type KubernetesRule, type Manifest } from './kubernetes-manifests';
import { type Principal } from './principal';
import { Target } from './target';
import { namespaceProblems, projectIdProblem } from './values';

export interface ClusterCallerProps {
  /** Beginning of the outputs' names: letters, digits and underscores. */
  readonly name: string;
  /** The service account that the caller runs as. */
  readonly serviceAccount: {
    /** Its e-mail. */
    readonly email: string;
    /** The same, as a principal. */
    readonly principal: Principal;
  };
  /** The cluster that is called. */
  readonly cluster: {
    /** Project of the cluster. */
    readonly projectId: string;
    /** Region or zone. */
    readonly location: string;
    /** Of the cluster. */
    readonly name: string;
  };
  /** Where in the cluster it may do something. */
  readonly namespace: string;
  /** What it may do there. */
  readonly rules: readonly KubernetesRule[];
}

/**
 * A program outside a cluster, on Cloud Run for example, that calls the cluster's Kubernetes API as itself. IAM lets it in; what it may do
 * there is decided by Kubernetes, in `manifests`. `cluster_api.py` is such a caller.
 */
export class ClusterCaller extends Construct {
  /** To be applied in the cluster. */
  readonly manifests: readonly Manifest[];

  constructor(scope: Construct, id: string, props: ClusterCallerProps) {
    super(scope, id);
    const { cluster, serviceAccount, namespace, rules } = props;
    const check = new Checks(this);
    check.matches('name', props.name, /^[a-z]\w*$/, 'letters, digits and underscores');
    const problem = projectIdProblem(cluster.projectId);
    if (problem !== undefined) check.add(problem);
    for (const each of [...serviceAccount.principal.problems, ...namespaceProblems(namespace)]) check.add(each);
    check.notEmpty('rules', rules);
    check.that(
      () => !rules.some((rule) => [...rule.apiGroups, ...rule.resources, ...rule.verbs].includes('*')),
      '`rules` must name groups, resources and verbs: a * is everything in the namespace, also what Kubernetes learns later.',
    );
    check.done();

    // Clusters have no IAM policy of their own, but conditions know their names.
    const clusterName = `projects/${cluster.projectId}/locations/${cluster.location}/clusters/${cluster.name}`;
    const condition = { title: `only ${cluster.name}`, expression: `resource.name == "${clusterName}"` };
    grantAccess(this, serviceAccount.principal, [
      { role: 'roles/container.clusterViewer', on: Target.project(cluster.projectId), condition },
    ]);
    const data = new DataGoogleContainerCluster(this, 'Cluster', {
      project: cluster.projectId,
      location: cluster.location,
      name: cluster.name,
    });
    this.output(`${props.name}_cluster_endpoint`, data.endpoint, `Address of the Kubernetes API of ${cluster.name}.`);
    const certificate = data.masterAuth.get(0).clusterCaCertificate;
    this.output(`${props.name}_cluster_ca`, certificate, `Who vouches for that address: a certificate, PEM in base64.`);
    this.manifests = clusterRoleManifests(props.name.replaceAll('_', '-'), namespace, serviceAccount.email, rules);
  }

  private output(name: string, value: string, description: string): void {
    new TerraformOutput(this, name, { value, description }).overrideLogicalId(name);
  }
}
