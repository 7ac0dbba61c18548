import { at, type Change } from '../plan';

/** What goes with an object of a type when it is deleted, in a few words. From each service's own documentation. */
const LOSSES: Readonly<Record<string, string>> = {
  terraform_data: 'nothing: it stands for a script, which runs again',
  google_sql_database_instance: 'every database in it, its backups and its address; the name cannot be used again for a week',
  google_sql_database: 'every table in it',
  google_sql_user: 'the login; what it owns in the database stays',
  google_redis_instance: 'everything in the cache, and its address',
  google_memorystore_instance: 'everything in the cache, and its address',
  google_bigquery_dataset: 'every table in it',
  google_storage_bucket: 'every object in it',
  google_storage_bucket_object: 'the object',
  google_secret_manager_secret: 'every version of the secret: the values cannot be brought back',
  google_secret_manager_secret_version: 'this version of the secret, unless its deletion policy keeps it',
  google_kms_key_ring: 'nothing in Google Cloud, where a key ring stays for ever; Terraform loses it, and cannot make another of that name',
  google_kms_crypto_key: 'every version of the key: what is encrypted with it cannot be read again',
  google_artifact_registry_repository: 'every image in it',
  google_compute_network: 'the network: everything attached to it has to go first',
  google_compute_subnetwork: 'the subnet: everything with an address in it has to go first',
  google_compute_global_address: 'the address: others may get it, and DNS or allow lists may still name it',
  google_compute_address: 'the address: others may get it, and DNS or allow lists may still name it',
  google_compute_firewall: 'the rule: connections that it allows are cut, those that it denies get through',
  google_compute_router_nat: 'the way out: what has no address of its own reaches nothing outside',
  google_compute_forwarding_rule: 'the entry: clients cannot connect',
  google_compute_global_forwarding_rule: 'the entry: clients cannot connect',
  google_compute_managed_ssl_certificate: 'the certificate; a new one takes up to an hour to be issued',
  google_service_networking_connection: 'the peering: databases with private addresses cannot be reached',
  google_dns_managed_zone: 'every record in it',
  google_dns_record_set: 'the record: clients no longer find the address',
  google_access_context_manager_service_perimeter: 'the perimeter: nothing keeps data inside its projects',
  google_access_context_manager_access_level: 'the access level: ingress that asks for it is denied',
  google_access_context_manager_access_policy: 'every perimeter and access level in it',
  google_service_account: 'the account, with every grant that names it: a new one of the same name has none of them',
  google_iam_workload_identity_pool: 'the pool: whoever signs in through it is refused; its name is taken for 30 days',
  google_iam_workload_identity_pool_provider: 'the provider: whoever signs in through it is refused; its name is taken for 30 days',
  google_project_iam_member: 'the grant',
  google_service_account_iam_member: 'the grant',
  google_secret_manager_secret_iam_member: 'the grant',
  google_storage_bucket_iam_member: 'the grant',
  google_kms_crypto_key_iam_member: 'the grant: what encrypts for this member fails',
  google_cloud_run_v2_service_iam_member: 'the grant: this caller is refused',
  google_artifact_registry_repository_iam_member: 'the grant',
  google_project_service: 'the API may be disabled, and what uses it with it',
  google_org_policy_policy: 'the policy: the default of the organization holds again',
  google_vertex_ai_endpoint: 'the endpoint and its id: every model on it is undeployed, and callers that know the id get 404',
  google_vertex_ai_endpoint_with_model_garden_deployment:
    'the endpoint, its id and the model on it: nothing answers until the new one has loaded',
  google_cloud_run_v2_service: 'the service and its revisions: callers get 404 until there is a new one',
  google_cloud_run_v2_job: 'the job and its executions',
  google_logging_metric: 'the metric: alerts on it fall silent',
  google_monitoring_alert_policy: 'the alert',
  google_monitoring_notification_channel: 'the channel: alerts sent there reach nobody',
  google_compute_security_policy: 'the edge rules: rate limits and blocks no longer hold',
  google_compute_backend_service: 'the backend: the load balancer has nowhere to send requests',
  aws_ecr_repository: 'every image in it',
  aws_ecr_pull_through_cache_rule: 'the rule: what is not cached yet cannot be pulled; cached images stay',
  aws_ecr_repository_creation_template: 'the template: repositories made from now on have none of its settings',
  aws_ecr_registry_policy: 'the policy: caches and replication that need it stop',
  aws_iam_role: 'the role: whatever runs as it loses its access',
  aws_iam_role_policy: 'the permissions in it',
  aws_secretsmanager_secret: 'every version of the secret, after its recovery window',
  aws_secretsmanager_secret_version: 'this version of the secret',
};

/** What is lost, and whether anybody will miss it. */
export interface Lost {
  readonly lost: string;
  /** True: no data, address or access goes with it. */
  readonly harmless: boolean;
}

const nothing = (why: string): Lost => ({ lost: `nothing: ${why}`, harmless: true });

/** What goes when a resource is deleted, replaced or let go. Arguments of the resource itself can say that the object stays. */
export function lostWith(change: Change): Lost {
  if (change.action === 'forget') return nothing('it stays where it is, and nobody manages it any more');
  if (change.order === 'forgotten') return nothing('the old one stays where it is, and nobody manages it any more');
  if (change.deposed !== undefined)
    return { lost: `${lossOf(change.type)} – of an old object that an earlier replacement left behind`, harmless: true };
  const policy = at(change.before, 'deletion_policy');
  if (policy === 'ABANDON') return nothing('the old object stays where it is, and nobody manages it any more');
  if (policy === 'DISABLE' && change.type === 'google_secret_manager_secret_version')
    return nothing('the old version is disabled, and can be enabled again');
  if (change.type === 'google_project_service' && at(change.before, 'disable_on_destroy') === false)
    return nothing('the API stays enabled');
  return { lost: lossOf(change.type), harmless: change.type === 'terraform_data' };
}

const lossOf = (type: string): string => (Object.hasOwn(LOSSES, type) ? LOSSES[type]! : 'not known for this type: look up what it holds');
