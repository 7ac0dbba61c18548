/**
 * The API that a type of resource is read and written through, by the beginning of the type; the longest that fits counts.
 * Source: the base paths of provider google 6.50. What a service needs beside it (an agent's account, another API that it calls) is in the pages.
 */
const APIS: Readonly<Record<string, string>> = {
  google_access_context_manager_: 'accesscontextmanager',
  google_apikeys_: 'apikeys',
  google_artifact_registry_: 'artifactregistry',
  google_bigquery_: 'bigquery',
  google_billing_: 'billingbudgets',
  google_binary_authorization_: 'binaryauthorization',
  google_certificate_manager_: 'certificatemanager',
  google_cloud_quotas_: 'cloudquotas',
  google_cloud_run_: 'run',
  google_cloud_scheduler_: 'cloudscheduler',
  google_cloud_tasks_: 'cloudtasks',
  google_cloudbuild_: 'cloudbuild',
  google_compute_: 'compute',
  google_container_: 'container',
  google_dns_: 'dns',
  google_iam_: 'iam',
  google_iap_: 'iap',
  google_kms_: 'cloudkms',
  google_logging_: 'logging',
  google_monitoring_: 'monitoring',
  google_network_connectivity_: 'networkconnectivity',
  google_org_policy_: 'orgpolicy',
  google_project_iam_: 'cloudresourcemanager',
  google_project_service: 'serviceusage',
  google_pubsub_: 'pubsub',
  google_redis_: 'redis',
  google_secret_manager_: 'secretmanager',
  google_service_account: 'iam',
  google_service_networking_: 'servicenetworking',
  google_sql_: 'sqladmin',
  google_storage_: 'storage',
  google_vertex_ai_: 'aiplatform',
  google_vpc_access_: 'vpcaccess',
};

/** Host of the API behind a type, e.g. `secretmanager.googleapis.com`; undefined for other providers' types. */
export function apiOf(type: string): string | undefined {
  const [longest] = Object.keys(APIS)
    .filter((start) => type.startsWith(start))
    .sort((one, other) => other.length - one.length);
  return longest && `${APIS[longest]}.googleapis.com`;
}
