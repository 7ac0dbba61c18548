/**
 * Google's own accounts, with which a service reaches keys, registries and secrets of a project, as of
 * https://cloud.google.com/iam/docs/service-agents
 */
const AGENTS = {
  'aiplatform.googleapis.com': (number: string) => `service-${number}@gcp-sa-aiplatform`,
  'artifactregistry.googleapis.com': (number: string) => `service-${number}@gcp-sa-artifactregistry`,
  // For keys only: https://cloud.google.com/bigquery/docs/customer-managed-encryption
  'bigquery.googleapis.com': (number: string) => `bq-${number}@bigquery-encryption`,
  'iap.googleapis.com': (number: string) => `service-${number}@gcp-sa-iap`,
  'redis.googleapis.com': (number: string) => `service-${number}@cloud-redis`,
  'secretmanager.googleapis.com': (number: string) => `service-${number}@gcp-sa-secretmanager`,
  'sqladmin.googleapis.com': (number: string) => `service-${number}@gcp-sa-cloud-sql`,
} as const;

export type ServiceWithAgent = keyof typeof AGENTS;

/** Services whose agents are known here. */
export const SERVICES_WITH_AGENT = Object.keys(AGENTS) as readonly ServiceWithAgent[];

/**
 * The agent as an IAM member. It comes into being when the service is first used, or, before that, with
 * `gcloud beta services identity create --service=SERVICE --project=PROJECT`: until then IAM refuses grants to it. The resource that
 * creates it (`google_project_service_identity`) is in the beta provider only.
 */
export function serviceAgent(service: ServiceWithAgent, projectNumber: string): string {
  return `serviceAccount:${AGENTS[service](projectNumber)}.iam.gserviceaccount.com`;
}
