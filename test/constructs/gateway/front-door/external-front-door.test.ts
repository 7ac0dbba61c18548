import { stable } from '../../../support/snapshot';
import { EVERYTHING, external, PRODUCTION } from './doors';
import { backends, enter } from './edge';

const ANYWHERE = '192.0.2.1';

describe('an external front door', () => {
  it.each([
    ['with the least', {}],
    ['as in production', PRODUCTION],
    ['with everything', EVERYTHING],
  ])('%s stays as it is', (_, props) => expect(stable(external(props))).toMatchSnapshot());

  it('answers on port 443 only, with TLS 1.2 or newer', () => {
    const template = external();
    expect(template.resource('google_compute_global_forwarding_rule')).toMatchObject({
      port_range: '443',
      target: expect.stringContaining('google_compute_target_https_proxy') as string,
    });
    expect(template.types()).not.toContain('google_compute_target_http_proxy');
    expect(template.resource('google_compute_ssl_policy')).toMatchObject({ min_tls_version: 'TLS_1_2', profile: 'MODERN' });
  });

  it('tells browsers never to try plain HTTP', () => {
    for (const { service } of Object.values(backends(external()))) {
      expect(service['custom_response_headers']).toEqual(['Strict-Transport-Security: max-age=31536000']);
    }
  });

  it('sets no timeout, which a load balancer refuses for serverless backends, and ejects nothing: there is one backend', () => {
    for (const { service } of Object.values(backends(external(EVERYTHING)))) {
      expect(service).not.toHaveProperty('timeout_sec');
      expect(service).not.toHaveProperty('outlier_detection');
    }
  });

  it('logs every request unless told otherwise', () => {
    expect(backends(external()).api.service).toMatchObject({ log_config: { enable: true, sample_rate: 1 } });
    expect(backends(external({ logSampleRate: 0.1 })).api.service).toMatchObject({ log_config: { enable: true, sample_rate: 0.1 } });
  });

  describe('without administrators', () => {
    it.each(['/ui/', '/key/generate', '/config/update', '/docs', '/openapi.json', '/routes', '/health/readiness', '/metrics', '/', '/new'])(
      'refuses %s to everybody',
      (path) => expect(enter(external(), { address: ANYWHERE, path })).toMatchObject({ backend: 'administration', allowed: false }),
    );
  });

  it('refuses other names than its own, such as its address', () => {
    const verdict = enter(external(), { address: ANYWHERE, host: '198.51.100.1', path: '/v1/chat/completions' });
    expect(verdict).toMatchObject({ backend: 'administration', allowed: false });
  });

  it('lets administrators in from their ranges', () => {
    const template = external({ administrators: { ranges: ['198.51.100.0/24'] } });
    expect(enter(template, { address: '198.51.100.9', path: '/ui/' })).toMatchObject({ allowed: true, signedIn: false });
    expect(enter(template, { address: ANYWHERE, path: '/ui/' })).toMatchObject({ allowed: false });
  });

  describe('with sign-in', () => {
    const template = external(PRODUCTION);

    it('asks for it where administration is, and never where the API is: SDKs cannot sign in', () => {
      expect(enter(template, { address: ANYWHERE, path: '/ui/' })).toMatchObject({ allowed: true, signedIn: true });
      for (const path of ['/v1/chat/completions', '/v1beta/models/gemini-3.8-flash:streamGenerateContent']) {
        expect(enter(template, { address: ANYWHERE, path })).toMatchObject({ allowed: true, signedIn: false });
      }
    });

    it('lets only the named sign in, and the proxy call the service', () => {
      expect(template.resource('google_iap_web_backend_service_iam_member')).toMatchObject({
        role: 'roles/iap.httpsResourceAccessor',
        member: 'group:platform@acme.example',
      });
      expect(template.resource('google_cloud_run_v2_service_iam_member')).toMatchObject({
        role: 'roles/run.invoker',
        member: 'serviceAccount:service-123456789012@gcp-sa-iap.iam.gserviceaccount.com',
      });
    });

    it('has no OAuth client, so that no secret of one is in the state', () => {
      expect(JSON.stringify(template.json)).not.toContain('oauth2');
      expect(backends(template).administration.service).toMatchObject({ iap: { enabled: true } });
      // Said, or it would stay on when it is removed: the provider leaves what it is not told about.
      expect(backends(external()).administration.service).toMatchObject({ iap: { enabled: false } });
    });

    it('takes both where both are given', () => {
      const both = external({ administrators: { ...PRODUCTION.administrators, ranges: ['198.51.100.0/24'] } });
      expect(enter(both, { address: ANYWHERE, path: '/ui/' })).toMatchObject({ allowed: false });
      expect(enter(both, { address: '198.51.100.9', path: '/ui/' })).toMatchObject({ allowed: true, signedIn: true });
    });
  });

  it('lets the load balancer itself check where administration goes', () => {
    const tests = external({ open: ['openai', 'liveness'] }).resource('google_compute_url_map')['test'] as {
      path: string;
      service: string;
    }[];
    const { api, administration } = backends(external());
    expect(tests).toContainEqual({ host: 'llm.acme.example', path: '/key/generate', service: administration.reference });
    expect(tests).toContainEqual({ host: 'llm.acme.example', path: '/chat/completions', service: api.reference });
    expect(tests.length).toBeLessThanOrEqual(100);
  });

  it('names what cannot be changed in place by what is in it', () => {
    const nameOf = (service: string) =>
      external({ service: { name: service, region: 'europe-west4' } }).resource('google_compute_region_network_endpoint_group');
    expect(nameOf('one')['name']).not.toBe(nameOf('two')['name']);
    expect(nameOf('one')['lifecycle']).toEqual({ create_before_destroy: true });
  });
});
