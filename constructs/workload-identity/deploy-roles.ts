/** Roles with which a type of resource is planned and applied. */
export interface DeployRoles {
  /** Read everything that a plan reads, and no payload of a secret. */
  readonly view: readonly string[];
  /** Create, change and delete. */
  readonly admin: readonly string[];
}

const roles = (view: string, admin: string, ...further: readonly string[]): DeployRoles => ({
  view: [`roles/${view}`],
  admin: [admin, ...further].map((name) => `roles/${name}`),
});

/**
 * By the beginning of the type; the longest that fits counts. That each role has the permissions was looked up in the list that
 * `known-roles.json` names: a type is only added together with its roles, and a stack with a type that is not here does not build.
 */
export const DEPLOY_ROLES: Readonly<Record<string, DeployRoles>> = {
  google_apikeys_: roles('serviceusage.apiKeysViewer', 'serviceusage.apiKeysAdmin'),
  google_artifact_registry_: roles('artifactregistry.reader', 'artifactregistry.admin'),
  google_bigquery_: roles('bigquery.metadataViewer', 'bigquery.dataOwner'),
  google_binary_authorization_: roles('binaryauthorization.policyViewer', 'binaryauthorization.policyEditor'),
  google_certificate_manager_: roles('certificatemanager.viewer', 'certificatemanager.owner'),
  google_cloud_quotas_: roles('cloudquotas.viewer', 'cloudquotas.admin'),
  google_cloud_run_: roles('run.viewer', 'run.admin'),
  google_cloud_scheduler_: roles('cloudscheduler.viewer', 'cloudscheduler.admin'),
  google_cloud_tasks_: roles('cloudtasks.viewer', 'cloudtasks.admin'),
  google_cloudbuild_: roles('cloudbuild.builds.viewer', 'cloudbuild.builds.editor'),
  google_compute_: roles('compute.viewer', 'compute.networkAdmin'),
  google_compute_firewall: roles('compute.viewer', 'compute.securityAdmin'),
  google_compute_managed_ssl_: roles('compute.viewer', 'compute.securityAdmin'),
  google_compute_network_firewall_: roles('compute.viewer', 'compute.securityAdmin'),
  google_compute_region_network_endpoint_: roles('compute.viewer', 'compute.loadBalancerAdmin'),
  google_compute_region_security_: roles('compute.viewer', 'compute.securityAdmin'),
  google_compute_region_ssl_: roles('compute.viewer', 'compute.securityAdmin'),
  google_compute_security_: roles('compute.viewer', 'compute.securityAdmin'),
  google_container_: roles('container.clusterViewer', 'container.clusterAdmin'),
  google_dns_: roles('dns.reader', 'dns.admin'),
  google_iam_workload_identity_: roles('iam.workloadIdentityPoolViewer', 'iam.workloadIdentityPoolAdmin'),
  google_iap_: roles('iam.securityReviewer', 'iap.admin'),
  google_kms_: roles('cloudkms.viewer', 'cloudkms.admin'),
  google_logging_: roles('logging.viewer', 'logging.configWriter'),
  google_monitoring_: roles('monitoring.viewer', 'monitoring.editor'),
  google_network_connectivity_: roles('compute.networkViewer', 'compute.networkAdmin'),
  google_project_iam_: roles('iam.securityReviewer', 'resourcemanager.projectIamAdmin'),
  google_project_iam_custom_role: roles('iam.roleViewer', 'iam.roleAdmin'),
  google_project_service: roles('serviceusage.serviceUsageViewer', 'serviceusage.serviceUsageAdmin'),
  google_pubsub_: roles('pubsub.viewer', 'pubsub.admin'),
  google_redis_: roles('redis.viewer', 'redis.admin'),
  google_secret_manager_: roles('secretmanager.viewer', 'secretmanager.admin'),
  google_service_account: roles('iam.serviceAccountViewer', 'iam.serviceAccountAdmin'),
  google_service_networking_: roles('compute.networkViewer', 'compute.networkAdmin', 'servicenetworking.networksAdmin'),
  google_sql_: roles('cloudsql.viewer', 'cloudsql.admin'),
  google_storage_: roles('storage.bucketViewer', 'storage.admin'),
  // The admin also sets the policies of endpoints, which a script does and no resource: aiplatform.endpoints.setIamPolicy.
  google_vertex_ai_: roles('aiplatform.viewer', 'aiplatform.admin'),
  google_vpc_access_: roles('vpcaccess.viewer', 'vpcaccess.admin'),
};

/** Types that no role on a project allows: somebody who is above the project has to give these, by hand. */
export const GRANTED_ABOVE: Readonly<Record<string, string>> = {
  google_access_context_manager_: 'roles/accesscontextmanager.policyAdmin on the access policy',
  google_billing_budget: 'roles/billing.costsManager on the billing account',
  google_folder: 'roles/resourcemanager.folderAdmin on the parent',
  google_iam_deny_policy: 'roles/iam.denyAdmin on the organization',
  google_kms_autokey_: 'roles/cloudkms.autokeyAdmin on the folder',
  google_logging_organization_: 'roles/logging.configWriter on the organization',
  google_org_policy_: 'roles/orgpolicy.policyAdmin on the organization',
  google_organization_iam_: 'roles/resourcemanager.organizationAdmin on the organization',
  google_project: 'roles/resourcemanager.projectCreator on the parent',
};

/** Read by the provider itself, with the caller's own credentials. */
const FREE = ['google_client_config', 'google_project'];

/** Whoever plans a grant reads the policy that it stands in. */
const POLICY = /_iam_(member|binding|policy)$/;

export interface DeployNeeds {
  /** Roles to plan. */
  readonly view: readonly string[];
  /** Roles to apply. */
  readonly admin: readonly string[];
  /** Sentences: what nobody inside the project can grant. */
  readonly above: readonly string[];
  /** Types without roles in the table. */
  readonly unknown: readonly string[];
}

/** What deploying these types takes; `data.` before a type that is only read. Types of other providers are somebody else's. */
export function deployNeeds(types: Iterable<string>): DeployNeeds {
  const [view, admin, unknown] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const above = new Map<string, string[]>();
  for (const given of types) {
    const type = given.replace(/^data\./, '');
    if (!type.startsWith('google_')) continue;
    const found = longest(Object.keys(DEPLOY_ROLES), type);
    const outside = longest(Object.keys(GRANTED_ABOVE), type, 'google_project');
    if (outside !== undefined && (found === undefined || outside.length > found.length)) {
      const grant = GRANTED_ABOVE[outside]!;
      above.set(grant, [...(above.get(grant) ?? []), type]);
    } else if (found !== undefined) {
      DEPLOY_ROLES[found]!.view.forEach((role) => view.add(role));
      DEPLOY_ROLES[found]![type === given ? 'admin' : 'view'].forEach((role) => admin.add(role));
      if (POLICY.test(type)) view.add('roles/iam.securityReviewer');
    } else if (!FREE.includes(type)) {
      unknown.add(type);
    }
  }
  return {
    view: [...view].sort(),
    admin: [...admin].sort(),
    above: [...above].map(([grant, all]) => `${all.join(' and ')} take ${grant}`).sort(),
    unknown: [...unknown].sort(),
  };
}

/** @param exact a key that is a whole type, and not the beginning of others */
function longest(keys: readonly string[], type: string, exact?: string): string | undefined {
  return keys.filter((key) => type === key || (key !== exact && type.startsWith(key))).sort((one, other) => other.length - one.length)[0];
}
