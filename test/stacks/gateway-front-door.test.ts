import { environmentSchema } from '../../configuration/schema';
import { EnvironmentStack, Testing } from '../../constructs/core';
import { EnvironmentFrontDoor, frontDoorApis, frontDoorAudiences, type FrontDoorSection } from '../../stacks/gateway-front-door';
import { stackProps } from '../../stacks/stack-props';
import { minimalEnvironment } from '../support/minimal-environment';
import { Template } from '../support/template';

const ZONED = { 'llm.acme.example': { zone: { name: 'acme', project: 'acme-dns' } } };

/** The section as the loader hands it over, with its defaults. */
const section = (frontDoor: object): FrontDoorSection =>
  environmentSchema.shape.gateway.unwrap().shape.frontDoor.unwrap().parse(frontDoor) as FrontDoorSection;

function front(given: object): Template {
  const environment = minimalEnvironment();
  const stack = new EnvironmentStack(Testing.app(), 'dev-gateway', stackProps(environment));
  new EnvironmentFrontDoor(stack, 'FrontDoor', environment, section(given), { name: 'dev-gateway', region: environment.region });
  return new Template(stack);
}

describe('the front door of an environment', () => {
  it('is what the file says: from the internet', () => {
    const template = front({
      kind: 'external',
      domains: ZONED,
      tls: 'restricted',
      callers: { ranges: ['203.0.113.0/24'], preview: true },
      denied: { countries: ['KP'], preview: false },
      keysInUrls: 'allowed',
      waf: { cve: { preview: false, sensitivity: 3 } },
      rateLimit: { requests: 10, seconds: 30, by: 'key' },
      administrators: { signIn: { ops: { kind: 'group', email: 'ops@acme.example' } } },
      logSampleRate: 0.5,
    });
    const text = JSON.stringify(template.json);
    expect(template.resource('google_compute_ssl_policy')['profile']).toBe('RESTRICTED');
    expect(template.resource('google_iap_web_backend_service_iam_member')['member']).toBe('group:ops@acme.example');
    expect(template.resource('google_cloud_run_v2_service_iam_member')).toMatchObject({
      name: 'dev-gateway',
      member: 'serviceAccount:service-123456789012@gcp-sa-iap.iam.gserviceaccount.com',
    });
    expect(text).toContain("'[KP]'.contains(origin.region_code)");
    expect(text).toContain("evaluatePreconfiguredWaf('cve-canary', {'sensitivity': 3})");
    expect(text).toContain('{"count":10,"interval_sec":30}');
    expect(text).not.toContain('request.query');
    for (const record of template.resources('google_dns_record_set')) {
      expect(record).toMatchObject({ managed_zone: 'acme', project: 'acme-dns' });
    }
    for (const backend of template.resources('google_compute_backend_service')) {
      expect(backend['log_config']).toMatchObject({ sample_rate: 0.5 });
    }
  });

  it('is what the file says: inside', () => {
    const template = front({
      kind: 'internal',
      domains: { 'llm.acme.example': { certificate: { kind: 'managed', zone: { name: 'acme' } } } },
      otherRegions: true,
    });
    expect(template.resource('google_compute_forwarding_rule')).toMatchObject({
      network: 'projects/acme-ai-dev/global/networks/dev',
      subnetwork: 'projects/acme-ai-dev/regions/europe-west4/subnetworks/dev-europe-west4',
      allow_global_access: true,
    });
    expect(template.resource('google_compute_region_target_https_proxy')['certificate_manager_certificates']).toHaveLength(1);
  });

  it('takes tokens for its domains', () => {
    expect(frontDoorAudiences(section({ kind: 'external', domains: { ...ZONED, 'ai.acme.example': ZONED['llm.acme.example'] } }))).toEqual([
      'https://llm.acme.example',
      'https://ai.acme.example',
    ]);
  });

  it('needs the API of sign-in only where people sign in', () => {
    const apis = (administrators: object) => frontDoorApis(section({ kind: 'external', domains: ZONED, administrators }));
    expect(apis({ ranges: ['203.0.113.0/24'] })).not.toContain('iap.googleapis.com');
    expect(apis({ signIn: { me: { kind: 'user', email: 'me@acme.example' } } })).toContain('iap.googleapis.com');
  });
});
