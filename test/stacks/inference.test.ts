import { Testing } from '../../constructs/core';
import { InferenceStack } from '../../stacks/inference';
import { minimalEnvironment } from '../support/minimal-environment';
import { stable } from '../support/snapshot';
import { annotations, type Block, Template } from '../support/template';

const L4 = { type: 'g2-standard-12', accelerator: { type: 'NVIDIA_L4' } };
const model = (changes: object = {}): object => ({
  model: 'projects/acme-models/locations/europe-west4/models/chat@7',
  machine: L4,
  traffic: 100,
  ...changes,
});

const ATTACHMENT = 'projects/tenant-tp/regions/europe-west4/serviceAttachments/gkedpm-1';
const psc = { mode: 'private-service-connect', allowlist: ['acme-web'], serviceAttachment: ATTACHMENT };

const EVERYTHING = {
  tier: 'production',
  encryption: {},
  managedModels: { 'gemini-3.8-flash': { location: 'eu' } },
  endpoints: {
    'support-chat': {
      description: 'costs ${5}',
      network: psc,
      models: { stable: model({ traffic: 95, accessLog: true }), candidate: model({ traffic: 5, replicas: { min: 1, max: 3 } }) },
      requestLogging: { samplingPercent: 5 },
    },
    search: { network: { mode: 'shared-public' }, models: { only: model({ machine: { type: 'n1-standard-2' } }) }, rollout: 'recreate' },
  },
  modelGarden: { gemma: { model: 'publishers/google/models/gemma3@gemma-3-12b-it', machine: L4, replicas: { max: 2 } } },
  acceleratorQuota: { contactEmail: 'ai@acme.example' },
};

const stack = (changes: object, today = '2026-11-21'): InferenceStack => {
  const environment = minimalEnvironment(changes);
  return new InferenceStack(Testing.app(), environment, { today });
};
const build = (changes: object = {}): Template => new Template(stack(changes));

describe('the inference stack', () => {
  it('stays as it is: the least', () => expect(stable(build())).toMatchSnapshot());
  it('stays as it is: everything', () => expect(stable(build(EVERYTHING))).toMatchSnapshot());

  it('keeps the guard when the last endpoint has gone', () => {
    expect(build().resource('terraform_data')['for_each']).toBe('${{}}');
  });

  it('lets endpoints wait for their service, for the quota, and for where they log', () => {
    for (const endpoint of build(EVERYTHING).resources('google_vertex_ai_endpoint')) {
      const waits = endpoint['depends_on'] as string[];
      expect(waits).toContainEqual(expect.stringMatching(/^google_project_service\.Services_aiplatform_/));
      expect(waits).toContainEqual(expect.stringMatching(/^google_cloud_quotas_quota_preference\.Quota_/));
      const logs = endpoint['predict_request_response_logging_config'] !== undefined;
      expect(waits.some((each) => each.startsWith('google_bigquery_dataset.'))).toBe(logs);
    }
  });

  it('finds key, network and subnet where the foundation has made them', () => {
    const template = build(EVERYTHING);
    const keys = 'projects/acme-ai-dev/locations/europe-west4/keyRings/dev-europe-west4/cryptoKeys';
    expect(template.resources('google_vertex_ai_endpoint')[0]!['encryption_spec']).toEqual({ kms_key_name: `${keys}/endpoints` });
    expect(template.resource('google_bigquery_dataset')['default_encryption_configuration']).toEqual({ kms_key_name: `${keys}/requests` });
    expect(template.resource('google_compute_address')['subnetwork']).toBe(
      'projects/acme-ai-dev/regions/europe-west4/subnetworks/dev-europe-west4',
    );
    expect(template.resource('google_compute_forwarding_rule')['network']).toBe('projects/acme-ai-dev/global/networks/dev');
  });

  it('addresses the network of private services access by the number of the project', () => {
    const template = build({
      network: { subnet: '10.0.0.0/24', privateServicesAccess: '10.1.0.0/16' },
      endpoints: { chat: { network: { mode: 'private-services-access' }, rollout: 'recreate', models: { only: model() } } },
    });
    expect(template.resource('google_vertex_ai_endpoint')['network']).toBe('projects/123456789012/global/networks/dev');
  });

  it.each([
    ['development', true, undefined],
    ['staging', false, undefined],
    ['production', false, { prevent_destroy: true }],
  ])('in the tier %s gives Model Garden a host name of its own: %s, and guards it: %j', (tier, dedicated, lifecycle) => {
    const { modelGarden } = EVERYTHING;
    const block = build({ tier, modelGarden }).resource('google_vertex_ai_endpoint_with_model_garden_deployment');
    expect((block['endpoint_config'] as Block)['dedicated_endpoint_enabled']).toBe(dedicated);
    expect(block['lifecycle']).toEqual(lifecycle);
  });

  it('sums up the accelerators of all models', () => {
    const { quota_config: config, justification } = build(EVERYTHING).resource('google_cloud_quotas_quota_preference');
    expect(config).toEqual({ preferred_value: '10' });
    expect(justification).toBe(
      'Vertex AI model serving. support-chat/stable 1 replica × 1 × 2 (surge) + support-chat/candidate 3 replicas × 1 × 2 (surge) + ' +
        'model garden/gemma 2 replicas × 1 = 10.',
    );
  });

  describe('holds managed models against the catalogue', () => {
    const managed = (id: string, location = 'global'): object => ({ managedModels: { [id]: { location } } });

    it('refuses what is retired, and what is not served where it is called', () => {
      expect(() => stack(managed('gemini-2.5-pro'))).toThrow(
        /^dev-inference: managedModels: gemini-2\.5-pro was retired on 2026-10-20: calls return 404/,
      );
      expect(() => stack(managed('gemini-3-flash-preview', 'eu'))).toThrow(/gemini-3-flash-preview is not served in eu, only in global\.$/);
    });

    it('warns of what will go, changes, or is not known', () => {
      const said = (id: string, today: string): string[] =>
        annotations(stack(managed(id), today), 'warn').map((text) => text.slice('dev-inference: '.length));
      expect(said('gemini-2.5-pro', '2026-10-01')).toEqual([expect.stringMatching(/^gemini-2\.5-pro retires in 19 days/)]);
      expect(said('gemini-3.1-pro-preview', '2026-11-21')).toEqual([expect.stringMatching(/is a preview/)]);
      expect(said('gemini-9', '2026-11-21')).toEqual([expect.stringMatching(/is not in the model catalogue/)]);
      expect(annotations(stack(managed('gemini-3.8-flash'), '2027-06-01'), 'info')).toEqual([expect.stringMatching(/231 days old/)]);
    });

    it('and never lets the date into what it builds', () => {
      const at = (today: string): unknown => new Template(stack(EVERYTHING, today)).json;
      expect(at('2027-02-01')).toEqual(at('2026-11-21'));
    });
  });
});
