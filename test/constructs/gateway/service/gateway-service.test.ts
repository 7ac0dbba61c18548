import { Lazy, TerraformOutput } from '../../../../constructs/core';
import { LAUNCHER } from '../../../../constructs/gateway/service/carried-files';
import { type GatewayServiceProps } from '../../../../constructs/gateway/service';
import { Principal } from '../../../../constructs/workload-identity';
import { stable } from '../../../support/snapshot';
import { annotations, type Block, Template } from '../../../support/template';
import { gatewayService, IMAGE, REGION, secret } from './service-fixture';

type Changes = Partial<Omit<GatewayServiceProps, 'account'>>;

const build = (changes: Changes = {}): Template => new Template(gatewayService(changes).stack);

/** Without the launcher, which has tests of its own. */
const snapshot = (template: Template): unknown =>
  JSON.parse(JSON.stringify(stable(template)).replaceAll(JSON.stringify(LAUNCHER), '"<launcher>"'));

const PROXY = {
  name: 'auth-proxy',
  image: `${REGION}-docker.pkg.dev/acme-ai-dev/dev-gateway/cloud-sql-proxy@sha256:${'cd'.repeat(32)}`,
  args: ['--auto-iam-authn', 'acme-ai-dev:europe-west4:dev-gateway'],
  resources: { cpu: '500m', memory: '256Mi' },
  startupProbe: { path: '/startup', port: 9090 },
  livenessProbe: { path: '/liveness', port: 9090 },
  quitUrl: 'http://127.0.0.1:9091/quitquitquit',
};

const EVERYTHING: Changes = {
  configuration: { yaml: 'model_list: []\n# ${text}\n', variables: { OTEL_EXPORTER: 'otlp_http' }, longestRequestSeconds: 1800.5 },
  secrets: { LITELLM_MASTER_KEY: secret('master-key', '7'), ANTHROPIC_API_KEY: secret('anthropic-api-key', '2') },
  additions: [
    { variables: { DATABASE_URL: 'postgresql://gateway@127.0.0.1/gateway' }, secrets: {}, files: {}, sidecars: [PROXY], dependencies: [] },
    {
      variables: { REDIS_HOST: '10.1.2.3' },
      secrets: { REDIS_PASSWORD: secret('redis', '1') },
      files: { '/tmp/redis/ca.pem': Lazy.stringValue({ produce: () => '${google_redis_instance.Redis.server_ca_certs[0].cert}' }) },
      sidecars: [],
      dependencies: [],
    },
  ],
  size: { cpu: 4, memoryGiB: 8 },
  scale: { min: 2, max: 10, concurrency: 25 },
  canary: { stable: 'dev-gateway-0123456789', percent: 5, tag: 'canary' },
  attempt: 2,
  callers: { developers: Principal.group('ai@acme.example'), shop: Principal.serviceAccount('shop@acme-web.iam.gserviceaccount.com') },
  audiences: ['https://llm.acme.example'],
  kmsKey: 'projects/acme-ai-dev/locations/europe-west4/keyRings/dev/cryptoKeys/gateway',
  deletionProtection: false,
};

const serviceOf = (template: Template): Block => template.resource('google_cloud_run_v2_service');
const templateOf = (template: Template): Block & { containers: (Block & { env: Block[] })[] } => serviceOf(template)['template'] as never;

describe('the gateway service', () => {
  it('stays as it is: the least', () => expect(snapshot(build())).toMatchSnapshot());
  it('stays as it is: everything', () => expect(snapshot(build(EVERYTHING))).toMatchSnapshot());

  it('cannot be opened: ingress and the check of callers are no options', () => {
    for (const template of [build(), build(EVERYTHING)]) {
      expect(serviceOf(template)).toMatchObject({ ingress: 'INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER', invoker_iam_disabled: false });
    }
  });

  it('reads secrets only as versions, and after it may', () => {
    const template = build(EVERYTHING);
    const [container] = templateOf(template).containers;
    const references = container!.env.flatMap<Block>(
      (each) => (each['value_source'] as Record<string, Block> | undefined)?.['secret_key_ref'] ?? [],
    );
    expect(references.map(({ version }) => version)).toEqual(['2', '7', '1', '1']);
    const readers = (serviceOf(template)['depends_on'] as string[]).filter((each) => each.includes('iam_member'));
    expect(readers).toHaveLength(3);
  });

  it('waits for its sidecars', () => {
    const [gateway, proxy] = templateOf(build(EVERYTHING)).containers;
    expect(gateway).toMatchObject({ name: 'gateway', depends_on: ['auth-proxy'] });
    expect(proxy).toMatchObject({ name: 'auth-proxy', startup_probe: { http_get: { path: '/startup', port: 9090 } } });
  });

  it('gives a start 240 s, and a request longer than the longest one takes', () => {
    const [gateway] = templateOf(build()).containers;
    const { failure_threshold: times, period_seconds: period } = gateway!['startup_probe'] as Record<string, number>;
    expect(times! * period!).toBeGreaterThanOrEqual(120);
    expect(templateOf(build(EVERYTHING))['timeout']).toBe('1831s');
  });

  it('warns of a version with known faults', () => {
    const { stack } = gatewayService({ image: { uri: IMAGE, version: '1.96.0' } });
    expect(annotations(stack, 'warn')).toContainEqual(
      expect.stringMatching(/LiteLLM 1\.96\.0 says it is ready although.*38121.*Run 1\.99\.0 or later/),
    );
  });
});

describe('a revision', () => {
  const before = templateOf(build());

  it.each([
    ['the configuration', { configuration: { yaml: 'model_list: [] \n', variables: {}, longestRequestSeconds: 600 } }],
    ['the image', { image: { uri: IMAGE.replace(/ab/g, 'ac'), version: '1.106.2' } }],
    ['a secret', { secrets: { LITELLM_MASTER_KEY: secret('master-key', '4') } }],
    ['its size', { size: { cpu: 1, memoryGiB: 4 } }],
    ['the attempt', { attempt: 2 }],
  ] as [string, Changes][])('is another one with another of %s', (_, changes) => expect(templateOf(build(changes))).not.toEqual(before));

  it.each([
    ['callers', { callers: { others: Principal.group('others@acme.example') } }],
    ['instances that always run', { scale: { min: 2, max: 2 } }],
    ['a canary', { canary: { stable: 'dev-gateway-00001-abc', percent: 5, tag: 'canary' } }],
    ['protection', { deletionProtection: false }],
  ] as [string, Changes][])('stays with another of %s', (_, changes) => expect(templateOf(build(changes))).toEqual(before));

  it('has no name of ours, and says its own', () => {
    const { stack, service } = gatewayService();
    new TerraformOutput(stack, 'revision', { value: service.revision });
    expect(new Template(stack).json['output']).toMatchObject({
      revision: { value: '${basename(google_cloud_run_v2_service.Service_DBC79909.latest_ready_revision)}' },
    });
    expect(before).not.toHaveProperty('revision');
  });
});

describe('a canary', () => {
  const canary = { stable: 'dev-gateway-0123456789', percent: 10, tag: 'next' };

  it('leaves the rest to a revision by its name', () => {
    expect(serviceOf(build({ canary }))['traffic']).toEqual([
      { type: 'TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION', revision: 'dev-gateway-0123456789', percent: 90 },
      { type: 'TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST', percent: 10, tag: 'next' },
    ]);
  });
});

const TOO_LONG = { yaml: '', variables: {}, longestRequestSeconds: 3600 };
const additions = (given: object): Changes => ({
  additions: [{ variables: {}, secrets: {}, files: {}, sidecars: [], dependencies: [], ...given }],
});

describe('the gateway service refuses', () => {
  it.each<[string, Changes, string]>([
    [
      'a tag',
      { image: { uri: 'ghcr.io/berriai/litellm:main-stable', version: '1.106.2' } },
      '`image.uri` must be LOCATION-docker.pkg.dev/',
    ],
    ['another registry', { image: { uri: IMAGE.replace(/^[^/]+/, 'ghcr.io'), version: '1.106.2' } }, '`image.uri` must be'],
    ['an open database', { image: { uri: IMAGE, version: '1.82.0' } }, 'LiteLLM 1.82.0 lets anybody without a key run SQL in its database'],
    ['a stolen release', { image: { uri: IMAGE, version: '1.82.8' } }, 'LiteLLM 1.82.8 was published with code that steals credentials'],
    ['an old release', { image: { uri: IMAGE, version: '1.83.9' } }, 'LiteLLM 1.83.9 is older than 1.83.10'],
    ['no release', { image: { uri: IMAGE, version: 'main' } }, "`version` must be one of LiteLLM's"],
    ['too little memory', { size: { cpu: 4, memoryGiB: 3 } }, '`size.memoryGiB` must be between 4 and 16 for 4 vCPU, got: 3.'],
    ['too much memory', { size: { cpu: 1, memoryGiB: 8 } }, '`size.memoryGiB` must be between 1 and 4 for 1 vCPU, got: 8.'],
    ['half a vCPU', { size: { cpu: 0.5, memoryGiB: 1 } }, '`size.cpu` must be one of 1, 2, 4, 6, 8, got: 0.5.'],
    ['no instance', { scale: { min: 0, max: 2 } }, '`scale.min` must be a whole number between 1 and 1000, got: 0.'],
    ['a small maximum', { scale: { min: 3, max: 2 } }, '`scale.max`, 2, must be at least `scale.min`, 3.'],
    ['a request without end', { configuration: TOO_LONG }, 'Cloud Run ends every request after 3600 s.'],
    ['a canary with everything', { canary: { stable: 'dev-gateway-1', percent: 100, tag: 'a' } }, '`canary.percent` must be'],
    [
      'a revision of another',
      { canary: { stable: 'prod-gateway-1', percent: 1, tag: 'a' } },
      'prod-gateway-1, is no revision of dev-gateway',
    ],
    ['no master key', { secrets: {} }, '`secrets` has no LITELLM_MASTER_KEY'],
    ['a variable twice', additions({ variables: { LITELLM_LOG: 'DEBUG' } }), 'the variable LITELLM_LOG is given more than once'],
    ['a reserved variable', additions({ variables: { PORT: '1' } }), "the variable PORT is Cloud Run's own."],
    [
      'a file of the launcher',
      additions({ variables: { GATEWAY_FILE_0: '' } }),
      "the variable GATEWAY_FILE_0 is one of the launcher's own.",
    ],
    ['a long name', { name: 'a'.repeat(53) }, '`name` must be at most 49 of a-z'],
  ])('%s', (_, changes, message) => expect(() => build(changes)).toThrow(message));

  it('everything that is wrong, at once', () => {
    const changes = { size: { cpu: 3, memoryGiB: 1 }, scale: { min: 0, max: 0 }, image: { uri: 'x', version: '1.0.0' } };
    expect(() => build(changes)).toThrow(/^dev-gateway\/Service[^]*image\.uri[^]*1\.0\.0[^]*size\.cpu[^]*scale\.min/);
  });
});
