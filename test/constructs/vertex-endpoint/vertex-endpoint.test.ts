import { Lazy, Testing } from '../../../constructs/core';
import { EndpointGuards, NetworkMode, VertexEndpoint, type VertexEndpointProps } from '../../../constructs/vertex-endpoint';
import { annotations, type Block, stackWith, synthesize, Template } from '../../support/template';
import { endpoint, model, version } from './models';

const MODES: [string, NetworkMode][] = [
  ['dedicatedPublic', NetworkMode.dedicatedPublic()],
  ['sharedPublic', NetworkMode.sharedPublic()],
  ['privateServiceConnect', NetworkMode.privateServiceConnect({ allowlist: ['acme-web', '123456789'] })],
  ['privateServicesAccess', NetworkMode.privateServicesAccess({ network: 'projects/123456/global/networks/main' })],
];

const made = (over: Partial<VertexEndpointProps> = {}) => {
  let construct: VertexEndpoint | undefined;
  const stack = stackWith((stack) => (construct = new VertexEndpoint(stack, 'Chat', endpoint(over))));
  return { construct: construct!, template: new Template(stack), stack };
};

const serving = (template: Template): Block =>
  template.resources('terraform_data').find((block) => 'drift' in (block['triggers_replace'] as object))!;
const guards = (template: Template): Block => template.resources('terraform_data').find((block) => 'for_each' in block)!;
const specOf = (template: Template): Block => (serving(template)['triggers_replace'] as { spec: Block }).spec;

/** Synthesized JSON of the endpoint, its guard and its serving, without the hash of the script, which says nothing here. */
const snapshot = (template: Template): unknown => {
  const { resource, locals } = template.json;
  return JSON.parse(JSON.stringify({ resource, locals }).replace(/\b[0-9a-f]{16}\b/g, '<script>'));
};

describe('VertexEndpoint', () => {
  it.each(MODES)('%s', (_, networkMode) => expect(snapshot(made({ networkMode }).template)).toMatchSnapshot());

  it('with everything', () => {
    const { template } = made({
      networkMode: NetworkMode.privateServiceConnect({ allowlist: ['acme-ai-test'] }),
      models: {
        stable: model({
          traffic: 95,
          servingIdentity: 'chat@acme-ai-test.iam.gserviceaccount.com',
          logging: { access: true, container: false },
        }),
        candidate: model({
          traffic: 5,
          model: version(8),
          replicas: { min: 2, max: 4, required: 1, spot: true },
          autoscaling: { cpuPercent: 70, requestsPerMinutePerReplica: 120 },
        }),
        warm: model({ traffic: 0, machine: { type: 'n1-standard-2' } }),
      },
      rollout: 'recreate',
      allowOutage: true,
      adoptForeignModels: true,
      requestLogging: { project: 'acme-ai-test', dataset: 'requests', table: 'chat', samplingPercent: 12.5 },
      encryptionKey: 'projects/p/locations/europe-west4/keyRings/r/cryptoKeys/k',
      insidePerimeter: true,
      displayName: 'Support chat',
      description: 'Answers.',
      labels: { team: 'support' },
    });
    expect(snapshot(template)).toMatchSnapshot();
  });

  it('never sets the split on the endpoint: there it would need ids of models that are not deployed yet', () => {
    for (const [, networkMode] of MODES)
      expect(made({ networkMode }).template.resource('google_vertex_ai_endpoint')).not.toHaveProperty('traffic_split');
  });

  describe('its id', () => {
    const id = (over: Partial<VertexEndpointProps>): string => made(over).construct.endpointId;

    it('is 1 to 9 digits without a leading zero, and the same every time', () => {
      expect(id({})).toMatch(/^[1-9]\d{0,8}$/);
      expect(id({})).toBe(id({ displayName: 'x', description: 'x', labels: { a: 'b' }, models: { other: model() }, rollout: 'recreate' }));
    });

    it.each<[string, Partial<VertexEndpointProps>]>([
      ['project', { projectId: 'acme-ai-other' }],
      ['location', { location: 'europe-west1' }],
      ['name', { name: 'other' }],
      ['network mode', { networkMode: NetworkMode.sharedPublic() }],
      ['key', { encryptionKey: 'projects/p/locations/europe-west4/keyRings/r/cryptoKeys/k' }],
      ['generation', { generation: 2 }],
    ])('is another one with another %s', (_, over) => expect(id(over)).not.toBe(id({})));

    it('is another one with another allowlist, which the API cannot change, but not with another order of it', () => {
      const withList = (...allowlist: string[]): string => id({ networkMode: NetworkMode.privateServiceConnect({ allowlist }) });
      expect(withList('acme-a1', 'acme-b2')).toBe(withList('acme-b2', 'acme-a1'));
      expect(withList('acme-a1')).not.toBe(withList('acme-b2'));
    });
  });

  describe('ids of its models', () => {
    const id = (over: Parameters<typeof model>[0]): string =>
      made({ models: { stable: model(over) } }).construct.deployedModelIds['stable']!;

    it('stay when only scaling, container logs or traffic change', () => {
      expect(id({})).toMatch(/^[1-9]\d{9}$/);
      expect(id({ replicas: { min: 2, max: 9 }, autoscaling: { cpuPercent: 5 }, logging: { container: false } })).toBe(id({}));
    });

    it.each<[string, Parameters<typeof model>[0]]>([
      ['version', { model: version(8) }],
      ['machine', { machine: { type: 'g2-standard-16', accelerator: { type: 'NVIDIA_L4', count: 1 } } }],
      ['identity', { servingIdentity: 'chat@acme-ai-test.iam.gserviceaccount.com' }],
      ['spot', { replicas: { min: 1, max: 2, spot: true } }],
      ['access log', { logging: { access: true } }],
    ])('change with another %s', (_, over) => expect(id(over)).not.toBe(id({})));
  });

  it('names its host where it has one', () => {
    expect(made().construct.dnsName).toMatch(/^\$\{trimprefix\(google_vertex_ai_endpoint\.\w+\.dedicated_endpoint_dns, "https:\/\/"\)\}$/);
    expect(made({ networkMode: NetworkMode.sharedPublic() }).construct.dnsName).toBe('europe-west4-aiplatform.googleapis.com');
    expect(() => made({ networkMode: MODES[2]![1] }).construct.dnsName).toThrow(
      /has no host name of its own; ask the PrivateServiceConnectConsumer/,
    );
    expect(() => made({ networkMode: MODES[3]![1] }).construct.dnsName).toThrow(/has no host name of its own; ask the deployed model/);
    expect(made().construct.resourceName).toBe(`projects/acme-ai-test/locations/europe-west4/endpoints/${made().construct.endpointId}`);
  });

  describe('grants the right to predict', () => {
    const MEMBER = 'serviceAccount:gateway@acme-ai-test.iam.gserviceaccount.com';
    const granted = (...grants: Parameters<VertexEndpoint['grantPredict']>[]): Template =>
      synthesize((stack) => {
        const construct = new VertexEndpoint(stack, 'Chat', endpoint());
        for (const grant of grants) construct.grantPredict(...grant);
      });
    const byMode = (template: Template, mode: string): Record<string, unknown> =>
      template.resources('terraform_data').find(({ input }) => (input as { mode?: string }).mode === mode)!;

    it('on the endpoint, after it, and takes it away before it', () => {
      const template = granted([MEMBER]);
      const { name } = template.resource('google_vertex_ai_endpoint');
      const grants = {
        [`roles/aiplatform.user on chat to ${MEMBER}`]: {
          endpoint: `projects/acme-ai-test/locations/europe-west4/endpoints/${String(name)}`,
          role: 'roles/aiplatform.user',
          member: MEMBER,
        },
      };
      const address = expect.stringMatching(/^google_vertex_ai_endpoint\.Chat_/);
      const [grant, removal] = [byMode(template, 'grant'), byMode(template, 'revoke')];
      expect(removal).toMatchObject({ for_each: grants, depends_on: [address], provisioner: [{ 'local-exec': { when: 'destroy' } }] });
      expect(grant).toMatchObject({ for_each: grants, provisioner: [{ 'local-exec': { when: 'create' } }] });
      expect(grant['depends_on']).toEqual([expect.stringMatching(/^terraform_data\.EndpointGrants_Removal_/), address]);
      expect(template.types()).not.toContain('google_project_iam_member');
    });

    it('with a name for a member that only Terraform knows', () => {
      const template = granted([
        Lazy.stringValue({ produce: () => '${google_service_account.gateway.member}' }),
        'the gateway',
        'roles/aiplatform.viewer',
      ]);
      expect(byMode(template, 'grant')['for_each']).toEqual({
        'roles/aiplatform.viewer on chat to the gateway': expect.objectContaining({ member: '${google_service_account.gateway.member}' }),
      });
    });

    it('once', () => {
      expect(() => granted([MEMBER], [MEMBER])).toThrow(
        /^test-stack\/Chat: roles\/aiplatform\.user on chat to .* stands twice in this stack/,
      );
    });

    it('and not to everybody', () => expect(() => granted(['allUsers'])).toThrow(/the member must be one user:/));
  });

  it('says what it costs when nobody calls it', () => {
    const { stack } = made({
      models: { priced: model({ machine: { type: 'n1-standard-2' }, traffic: 50 }), other: model({ traffic: 50 }) },
    });
    expect(annotations(stack, 'info')).toEqual([
      'test-stack/Chat: Idle cost 79.94 to 159.87 USD a month of 730 h: priced 1 to 2 × n1-standard-2 at 0.1095 USD/h (us-central1, 2026-11-21, ' +
        "https://cloud.google.com/vertex-ai/pricing (a third party's copy of its table)). " +
        'Not priced, and not counted: other on g2-standard-12 + 1 × NVIDIA_L4 (not in the price table). Give prices with `prices`.',
    ]);
  });
});

describe('the guard of endpoints', () => {
  it('is one resource a stack, with an instance an endpoint, so that removing an endpoint still empties it', () => {
    const template = synthesize((stack) => {
      new VertexEndpoint(stack, 'Chat', endpoint());
      new VertexEndpoint(stack, 'Search', endpoint({ name: 'search' }));
    });
    expect(Object.keys(guards(template)['for_each'] as object)).toEqual(['Chat', 'Search']);
    const none = new Template(stackWith((stack) => EndpointGuards.of(stack)));
    expect(guards(none)['for_each']).toBe('${{}}');
  });

  it('has a destroy provisioner only, serving a create provisioner only, and nothing is created before it is destroyed', () => {
    const { template } = made();
    const when = (block: Block): unknown =>
      (block['provisioner'] as { 'local-exec': { when: string } }[]).map((each) => each['local-exec'].when);
    expect(when(guards(template))).toEqual(['destroy']);
    expect(when(serving(template))).toEqual(['create']);
    expect(JSON.stringify(template.json)).not.toContain('create_before_destroy');
  });

  it('is not replaced by anything but the endpoint: emptying it is an outage', () => {
    const trigger = (over: Partial<VertexEndpointProps>): unknown => {
      const { template } = made(over);
      const [instance] = Object.values(guards(template)['for_each'] as Record<string, { created: string; clear: { endpoint: string } }>);
      return [guards(template)['triggers_replace'], instance!.created, instance!.clear.endpoint];
    };
    expect(trigger({ adoptForeignModels: true, displayName: 'x', labels: { a: 'b' }, models: { other: model() } })).toEqual(trigger({}));
  });
});

describe('what is given to the reconciler', () => {
  it('has no split where the endpoint has none', () => {
    expect(specOf(made({ networkMode: MODES[3]![1] }).template)).not.toHaveProperty('traffic');
    expect(specOf(made().template)).toHaveProperty('traffic');
  });

  it('uses quota project and identity of the provider', () => {
    const build = () =>
      stackWith((stack) => new VertexEndpoint(stack, 'Chat', endpoint()), {
        quotaProject: 'acme-quota',
        deployAs: 'd@acme-ai-test.iam.gserviceaccount.com',
      });
    const template = new Template(build());
    expect(specOf(template)['billingProject']).toBe('acme-quota');
    for (const block of [serving(template), guards(template)]) {
      expect(block['provisioner']).toMatchObject([
        { 'local-exec': { environment: { GOOGLE_IMPERSONATE_SERVICE_ACCOUNT: 'd@acme-ai-test.iam.gserviceaccount.com' } } },
      ]);
    }
  });

  it('ships the script with the stack, by a relative path', () => {
    const stack = made().stack;
    const json = Testing.synth(stack);
    expect(json).toMatch(/\$\{path\.module\}\/assets\/Reconciler_Script_\w+\/[0-9a-f]{16}\/reconcile\.cjs/);
    expect(json).not.toContain(process.cwd());
    expect(json).not.toMatch(/\/tmp\//);
  });
});
