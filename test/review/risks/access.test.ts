import { found, short, type Changed } from '../builder';

const member = (role: string, who: string): Changed => ({ type: 'google_project_iam_member', after: { role, member: who } });
const policy = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const allow = (action: string | string[], more: object = {}) => ({ Effect: 'Allow', Action: action, Resource: '*', ...more });

describe('iam-widened', () => {
  const rule = 'iam-widened';

  it('tells who gets what, and grades roles that can give themselves others', () => {
    expect(short(found(rule, [member('roles/aiplatform.user', 'user:a@x.example'), member('roles/owner', 'user:b@x.example')]))).toEqual([
      'high: «user:b@x.example» gets «roles/owner».',
      'medium: «user:a@x.example» gets «roles/aiplatform.user».',
    ]);
  });

  it('tells many grants of one member as one', () => {
    const many = Array.from({ length: 7 }, (_, index) => member(`roles/r${index}.user`, 'user:a@x.example'));
    expect(short(found(rule, many))).toEqual([
      'medium: «user:a@x.example» gets «roles/r0.user», «roles/r1.user», «roles/r2.user», «roles/r3.user», «roles/r4.user», «roles/r5.user», «roles/r6.user».',
    ]);
  });

  it('sees what an AWS policy newly allows', () => {
    const type = 'aws_iam_role_policy';
    const change = {
      type,
      before: { policy: policy(allow('s3:GetObject')) },
      after: { policy: policy(allow(['s3:GetObject', 's3:PutObject'])) },
    };
    expect(short(found(rule, [change]))).toEqual(['medium: It newly allows: «it may s3:PutObject on *».']);
    const all = { type, before: { policy: policy(allow('s3:GetObject')) }, after: { policy: policy(allow('s3:*')) } };
    expect(found(rule, [all])[0]).toMatchObject({ level: 'high' });
    const unknown = { type, before: { policy: policy(allow('s3:GetObject')) }, after: {}, unknown: { policy: true } };
    expect(short(found(rule, [unknown]))).toEqual(['medium unknown: What it will allow is known only after apply, or cannot be read.']);
  });

  it('sees a federation whose condition changes or goes', () => {
    const provider = (condition: string | null): object => ({ attribute_condition: condition });
    const type = 'google_iam_workload_identity_pool_provider';
    expect(short(found(rule, [{ type, before: provider('x == 1'), after: provider(null) }]))).toEqual([
      'high: It lets in everybody whom the issuer knows: the condition goes.',
    ]);
    expect(short(found(rule, [{ type, before: provider('x == 1'), after: provider('x == 2') }]))).toEqual([
      'medium: It lets in others: «x == 1» → «x == 2».',
    ]);
  });

  it('says so when role or member is known only after apply', () => {
    expect(short(found(rule, [{ type: 'google_project_iam_member', after: { role: 'roles/x' }, unknown: { member: true } }]))).toEqual([
      'medium unknown: a value known only after apply gets «roles/x».',
    ]);
  });

  it('says nothing of grants that go, and policies that allow less', () => {
    expect(
      found(rule, [{ type: 'google_project_iam_member', before: { role: 'roles/owner', member: 'user:a@x.example' }, after: null }]),
    ).toEqual([]);
    expect(
      found(rule, [
        { type: 'aws_iam_role_policy', before: { policy: policy(allow(['a:B', 'a:C'])) }, after: { policy: policy(allow('a:B')) } },
      ]),
    ).toEqual([]);
  });
});

describe('public-exposure', () => {
  const rule = 'public-exposure';

  const OPEN: readonly (readonly [string, Changed])[] = [
    ['From now on: granted to «allUsers».', member('roles/run.invoker', 'allUsers')],
    [
      'From now on: requests come in straight from the internet.',
      {
        type: 'google_cloud_run_v2_service',
        before: { ingress: 'INGRESS_TRAFFIC_INTERNAL_ONLY' },
        after: { ingress: 'INGRESS_TRAFFIC_ALL' },
      },
    ],
    [
      'From now on: nobody is asked who they are.',
      { type: 'google_cloud_run_v2_service', before: { invoker_iam_disabled: false }, after: { invoker_iam_disabled: true } },
    ],
    [
      'From now on: the database has a public address.',
      { type: 'google_sql_database_instance', after: { settings: [{ ip_configuration: [{ ipv4_enabled: true }] }] } },
    ],
    [
      'From now on: connections from «0.0.0.0/0» are let in.',
      { type: 'google_compute_firewall', after: { direction: 'INGRESS', allow: [{ protocol: 'tcp' }], source_ranges: ['0.0.0.0/0'] } },
    ],
    [
      'From now on: it may be made public.',
      { type: 'google_storage_bucket', before: { public_access_prevention: 'enforced' }, after: { public_access_prevention: 'inherited' } },
    ],
    [
      'From now on: the endpoint has a public address.',
      {
        type: 'google_vertex_ai_endpoint',
        before: { private_service_connect_config: [{}] },
        after: { private_service_connect_config: [] },
      },
    ],
    [
      'From now on: «* may ecr:* on its own».',
      { type: 'aws_ecr_registry_policy', after: { policy: policy({ Effect: 'Allow', Action: 'ecr:*', Principal: '*' }) } },
    ],
  ];

  it.each(OPEN)('%s', (message, change) => {
    expect(short(found(rule, [change]))).toEqual([`high: ${message}`]);
  });

  it('says so when the plan does not tell', () => {
    const change = {
      type: 'google_cloud_run_v2_service',
      before: { ingress: 'INGRESS_TRAFFIC_INTERNAL_ONLY' },
      after: {},
      unknown: { ingress: true },
    };
    expect(short(found(rule, [change]))).toEqual([
      'high unknown: Known only after apply: whether requests come in straight from the internet.',
    ]);
  });

  it('says nothing of what was so before, and of egress', () => {
    const before = { ingress: 'INGRESS_TRAFFIC_ALL' };
    expect(found(rule, [{ type: 'google_cloud_run_v2_service', before, after: { ...before, name: 'x' } }])).toEqual([]);
    expect(
      found(rule, [{ type: 'google_compute_firewall', after: { direction: 'EGRESS', allow: [{}], source_ranges: ['0.0.0.0/0'] } }]),
    ).toEqual([]);
  });
});

describe('cache-widened', () => {
  const rule = 'cache-widened';
  const cache = (url: string) => ({ ecr_repository_prefix: 'hub', upstream_registry_url: url });

  it('sees upstreams that come or change', () => {
    const type = 'aws_ecr_pull_through_cache_rule';
    expect(short(found(rule, [{ type, after: cache('quay.io') }]))).toEqual(['medium: A new upstream: «hub» from «quay.io».']);
    expect(short(found(rule, [{ type, before: cache('public.ecr.aws'), after: cache('quay.io'), actions: ['delete', 'create'] }]))).toEqual(
      ['medium: Another upstream: «hub» from «quay.io» (was «public.ecr.aws»).'],
    );
  });

  it('sees who may newly promote, and what templates newly allow', () => {
    const from = policy({ Effect: 'Allow', Action: 'ecr:ReplicateImage', Principal: { AWS: 'arn:aws:iam::1:root' } });
    const to = policy({
      Effect: 'Allow',
      Action: 'ecr:ReplicateImage',
      Principal: { AWS: ['arn:aws:iam::1:root', 'arn:aws:iam::2:root'] },
    });
    const template = (uses: string[], tags: string) => ({ applied_for: uses, image_tag_mutability: tags });
    expect(
      short(
        found(rule, [
          { type: 'aws_ecr_registry_policy', before: { policy: from }, after: { policy: to } },
          {
            type: 'aws_ecr_repository_creation_template',
            before: template(['REPLICATION'], 'IMMUTABLE'),
            after: template(['REPLICATION', 'PULL_THROUGH_CACHE'], 'MUTABLE'),
          },
        ]),
      ),
    ).toEqual([
      'medium: It newly allows: «AWS arn:aws:iam::2:root may ecr:ReplicateImage on its own».',
      'medium: Repositories are now also made for «PULL_THROUGH_CACHE».',
      'medium: Tags of new repositories can be moved to other images.',
    ]);
  });

  it('says so when the plan does not tell', () => {
    expect(short(found(rule, [{ type: 'aws_ecr_registry_policy', after: {}, unknown: { policy: true } }]))).toEqual([
      'medium unknown: What the policy will allow is known only after apply, or cannot be read.',
    ]);
  });

  it('says nothing of an upstream that goes', () => {
    expect(found(rule, [{ type: 'aws_ecr_pull_through_cache_rule', before: cache('quay.io'), after: null }])).toEqual([]);
  });
});
