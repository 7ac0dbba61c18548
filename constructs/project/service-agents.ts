/**
 * Google's own accounts, with which a service reaches keys, registries and secrets of a project: account domains as of
 * https://cloud.google.com/iam/docs/service-agents
 */
const DOMAINS = {
  'artifactregistry.googleapis.com': 'gcp-sa-artifactregistry',
  'secretmanager.googleapis.com': 'gcp-sa-secretmanager',
} as const;

export type ServiceWithAgent = keyof typeof DOMAINS;

/**
 * The agent as an IAM member. It comes into being when the service is first used, or, before that, with
 * `gcloud beta services identity create --service=SERVICE --project=PROJECT`: until then IAM refuses grants to it. The resource that
 * creates it (`google_project_service_identity`) is in the beta provider only.
 */
export function serviceAgent(service: ServiceWithAgent, projectNumber: string): string {
  return `serviceAccount:service-${projectNumber}@${DOMAINS[service]}.iam.gserviceaccount.com`;
}
