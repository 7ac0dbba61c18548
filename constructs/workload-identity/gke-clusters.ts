import { DataGoogleContainerCluster } from '@cdktf/provider-google/lib/data-google-container-cluster';
import { Construct } from 'constructs';
import { Checks } from '../core';
import type { GkeIdentityPool } from './principal';
import { checkProject } from './values';

export interface GkeClustersProps {
  /** Project of the clusters. */
  readonly projectId: string;
  /** Number of the same project. */
  readonly projectNumber: string;
  /** Clusters whose pods get identities: made elsewhere, and there already. */
  readonly clusters: readonly GkeClusterName[];
}

export interface GkeClusterName {
  /** Of the cluster. */
  readonly name: string;
  /** Region or zone. */
  readonly location: string;
}

/**
 * Clusters that exist, and the identity pool they share. The pool comes into being with the first cluster that has Workload Identity;
 * before, IAM refuses every grant with "Identity Pool does not exist". So the clusters are read, and a plan says which one lacks what.
 */
export class GkeClusters extends Construct implements GkeIdentityPool {
  readonly projectId: string;
  readonly projectNumber: string;
  readonly clusters: readonly string[];
  readonly dependsOn: readonly DataGoogleContainerCluster[];

  constructor(scope: Construct, id: string, props: GkeClustersProps) {
    super(scope, id);
    const check = new Checks(this);
    checkProject(check, props);
    check.notEmpty('clusters', props.clusters);
    for (const { name, location } of props.clusters) {
      check.matches('clusters.name', name, /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/, 'the name of a cluster: at most 40 of a-z, 0-9 and dash');
      check.matches('clusters.location', location, /^[a-z]+-[a-z]+\d{1,2}(-[a-z])?$/, 'a region or zone, e.g. europe-west4');
    }
    check.done();
    this.projectId = props.projectId;
    this.projectNumber = props.projectNumber;
    this.clusters = props.clusters.map(({ name }) => name);
    const pool = `${props.projectId}.svc.id.goog`;
    this.dependsOn = props.clusters.map(
      ({ name, location }) =>
        new DataGoogleContainerCluster(this, `${location} ${name}`, {
          project: props.projectId,
          name,
          location,
          lifecycle: {
            postcondition: [
              {
                condition: `\${try(self.workload_identity_config[0].workload_pool, "") == "${pool}"}`,
                errorMessage: `The cluster ${name} has no Workload Identity, so its pods have no identity. Switch it on: gcloud container clusters update ${name} --location=${location} --workload-pool=${pool}`,
              },
            ],
          },
        }),
    );
  }
}
