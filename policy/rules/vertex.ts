import { resource, type Rule } from '../rule';

const ENDPOINT = 'google_vertex_ai_endpoint';
const GARDEN = 'google_vertex_ai_endpoint_with_model_garden_deployment';

const endpoint = (settings: object) =>
  resource(ENDPOINT, { name: '825642960', display_name: 'chat', location: 'europe-west1', ...settings });
const psc = (allowlist?: readonly string[]) => ({
  private_service_connect_config: { enable_private_service_connect: true, ...(allowlist ? { project_allowlist: allowlist } : {}) },
});

/** Endpoints that serve models. */
export const VERTEX: readonly Rule[] = [
  {
    id: 'VTX-001',
    level: 'warning',
    title: 'Production endpoints are encrypted with a key of your own',
    reason: 'Models and what is cached of requests can then be taken away by disabling the key. It cannot be changed later.',
    fix: 'Set `encryption_spec.kms_key_name`.',
    types: [ENDPOINT],
    when: 'production',
    maps: { checkov: ['CKV2_GCP_24'], google: ['gcp.restrictNonCmekServices', 'COM-CO-2.3'] },
    check: (element, judge) => {
      if (!element.has('encryption_spec.kms_key_name')) judge('is not set', 'encryption_spec.kms_key_name');
    },
    good: endpoint({
      encryption_spec: { kms_key_name: 'projects/acme-ai-prod/locations/europe-west1/keyRings/prod/cryptoKeys/endpoints' },
    }),
    bad: endpoint({}),
  },
  {
    id: 'VTX-002',
    level: 'error',
    title: 'Inside a perimeter no endpoint has a public address of its own',
    reason: 'Dedicated public endpoints do not support VPC Service Controls: the perimeter neither sees nor stops what calls them.',
    fix: 'Use Private Service Connect: `private_service_connect_config`.',
    types: [ENDPOINT, GARDEN],
    when: 'perimeter',
    maps: {},
    check: (element, judge) => {
      const place = element.type === GARDEN ? 'endpoint_config.dedicated_endpoint_enabled' : 'dedicated_endpoint_enabled';
      if (element.flag(place)) judge('is true', place);
    },
    good: endpoint(psc(['acme-web-prod'])),
    bad: endpoint({ dedicated_endpoint_enabled: true }),
  },
  {
    id: 'VTX-003',
    level: 'warning',
    title: 'Production endpoints are private',
    reason: 'A public endpoint is held by tokens alone; a private one is also held by the network.',
    fix: 'Set `private_service_connect_config` or `network`.',
    types: [ENDPOINT],
    when: 'production',
    // checkov asks for `network` only, and so takes Private Service Connect for public: the provider allows only one of the two.
    maps: { checkov: ['CKV2_GCP_33'] },
    check: (element, judge) => {
      if (!element.has('network') && !element.flag('private_service_connect_config.enable_private_service_connect')) judge('is public');
    },
    good: endpoint(psc(['acme-web-prod'])),
    bad: endpoint({}),
  },
  {
    id: 'VTX-004',
    level: 'error',
    title: 'Private Service Connect names who may connect',
    reason: 'Without a list every project of Google Cloud may connect to the endpoint.',
    fix: 'Set `private_service_connect_config.project_allowlist` to the projects that call.',
    types: [ENDPOINT],
    maps: {},
    check: (element, judge) => {
      if (!element.flag('private_service_connect_config.enable_private_service_connect')) return;
      const place = 'private_service_connect_config.project_allowlist';
      const projects = element.texts(place);
      if (projects.length === 0) judge('is empty', place);
      judge.each(projects, (project) => {
        if (project.is('*')) judge('is every project', project.place);
      });
    },
    good: endpoint(psc(['acme-web-prod'])),
    bad: endpoint(psc()),
  },
  {
    id: 'VTX-005',
    level: 'error',
    title: 'Requests that are kept are kept encrypted with a key of your own in production',
    reason: 'The table holds what people have typed, and what the model has answered.',
    fix: 'Set `default_encryption_configuration.kms_key_name` of the dataset.',
    types: ['google_bigquery_dataset'],
    when: 'production',
    maps: { checkov: ['CKV_GCP_81'], google: ['gcp.restrictNonCmekServices', 'COM-CO-2.3'] },
    check: (element, judge) => {
      if (!element.has('default_encryption_configuration.kms_key_name'))
        judge('is not set', 'default_encryption_configuration.kms_key_name');
    },
    good: resource('google_bigquery_dataset', {
      dataset_id: 'requests',
      default_encryption_configuration: { kms_key_name: 'projects/acme-ai-prod/locations/europe-west1/keyRings/prod/cryptoKeys/requests' },
    }),
    bad: resource('google_bigquery_dataset', { dataset_id: 'requests' }),
  },
];
