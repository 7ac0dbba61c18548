import { loadProvider, loadTypes } from '../../../rehearsal/schema';
import {
  EcrRegistry,
  type EcrRegistryProps,
  ImagePromotion,
  PrivateRegistry,
  PullThroughCache,
  type PullThroughCacheProps,
  Scanning,
  TagMutability,
  Upstream,
  UpstreamCredentials,
} from '../../../constructs/pull-through-cache';
import { Bench, type Workspace } from '../../rehearsal/engine/workspace';
import { describeWith, terraform } from '../../support/requirements';
import { Template } from '../../support/template';
import { awsStack, CENTRAL, HERE, NODES, SECRET } from './stack';

const ROOT = process.cwd();
const TYPES = [
  'aws_ecr_account_setting',
  'aws_ecr_pull_through_cache_rule',
  'aws_ecr_registry_policy',
  'aws_ecr_registry_scanning_configuration',
  'aws_ecr_replication_configuration',
  'aws_ecr_repository_creation_template',
  'aws_iam_role',
  'aws_iam_role_policy',
  'aws_secretsmanager_secret',
  'aws_secretsmanager_secret_version',
];
const AWS = {
  name: 'aws' as const,
  config: loadProvider(ROOT, 'aws'),
  types: loadTypes(
    ROOT,
    TYPES.map((type) => ({ provider: 'aws', kind: 'resource', type })),
  ),
};

interface Given {
  readonly cache?: Partial<Omit<PullThroughCacheProps, 'registry'>>;
  readonly registry?: Partial<EcrRegistryProps>;
  readonly promoteBy?: 'replication' | 'cache';
  readonly pullers?: Readonly<Record<string, boolean>>;
}

function configuration({ cache, registry: changes, promoteBy, pullers = {} }: Given): Record<string, unknown> {
  const { json } = new Template(
    awsStack((stack) => {
      const registry = new EcrRegistry(stack, 'Registry', { location: HERE, allowPublicUpstreams: true, ...changes });
      const made = new PullThroughCache(stack, 'Cache', { registry, prefix: 'cache', upstream: Upstream.quay(), ...cache });
      for (const [name, firstPull] of Object.entries(pullers)) made.grantPull(`${NODES}-${name}`, { firstPull });
      if (promoteBy) new ImagePromotion(stack, 'Approved', { registry, from: CENTRAL, prefix: 'approved', by: promoteBy });
    }),
  );
  const { google: _, ...provider } = json['provider'] as Record<string, unknown>;
  const {
    backend: _backend,
    required_providers: required,
    ...rest
  } = json['terraform'] as { required_providers: Record<string, unknown> } & Record<string, unknown>;
  return { ...json, provider, terraform: { ...rest, required_providers: { aws: required['aws'] } } };
}

const token = (changes: object = {}): UpstreamCredentials =>
  UpstreamCredentials.fromVariable({ username: 'ci', variable: 'token', ...changes });
const ireland = new PrivateRegistry(HERE.accountId, 'eu-west-1');
const base = { repositoryPrefix: 'base' };
const KEY = 'arn:aws:kms:eu-central-1:111122223333:key/8f1c2f6e-1d57-4a0b-9a35-6f0f4b8a2c11';
const RULE = 'ecr_pull_through_cache_rule Cache';
const TEMPLATE = 'ecr_repository_creation_template Cache_Template';
const of = (upstream: Upstream, repositories = {}): Given => ({ cache: { upstream, repositories } });
const template = (repositories: NonNullable<PullThroughCacheProps['repositories']>): Given => ({ cache: { repositories } });

type Actions = Readonly<Record<string, string>>;
const UPDATE = 'update';
const REPLACE = 'delete+create';

/** What a plan does, by type and construct, without hashes. */
const CHANGES: readonly (readonly [title: string, before: Given, after: Given, expected: Actions])[] = [
  ['nothing', {}, {}, {}],
  ['the prefix', {}, { cache: { prefix: 'other' } }, { [RULE]: REPLACE, [TEMPLATE]: REPLACE }],
  ['the upstream', {}, of(Upstream.kubernetes()), { [RULE]: REPLACE }],
  [
    'the prefix at the upstream',
    of(Upstream.otherRegion(ireland, base)),
    of(Upstream.otherRegion(ireland, { repositoryPrefix: 'apps' })),
    { [RULE]: REPLACE },
  ],
  [
    'the region of the upstream',
    of(Upstream.otherRegion(ireland, base)),
    of(Upstream.otherRegion(new PrivateRegistry(HERE.accountId, 'us-east-1'), base)),
    { [RULE]: REPLACE },
  ],
  [
    'a role that is given',
    of(Upstream.otherRegion(ireland, base)),
    of(Upstream.otherRegionWithRole(ireland, base)),
    {
      [RULE]: REPLACE,
      'terraform_data Cache_Access': UPDATE,
      'iam_role Cache_Role': 'create',
      'iam_role_policy Cache_Role_Policy': 'create',
    },
  ],
  [
    'a role that is taken away',
    of(Upstream.otherRegionWithRole(ireland, base)),
    of(Upstream.otherRegion(ireland, base)),
    {
      [RULE]: REPLACE,
      'terraform_data Cache_Access': UPDATE,
      'iam_role Cache_Role': 'delete',
      'iam_role_policy Cache_Role_Policy': 'delete',
    },
  ],
  [
    'credentials that are taken away, with the upstream that needs them',
    of(Upstream.dockerHub(token())),
    of(Upstream.quay()),
    {
      [RULE]: REPLACE,
      'terraform_data Cache_Access': UPDATE,
      'secretsmanager_secret Cache_Credentials': 'delete',
      'secretsmanager_secret_version Cache_Credentials_Version': 'delete',
    },
  ],
  [
    'the secret, for one that exists',
    of(Upstream.dockerHub(token())),
    of(Upstream.dockerHub(UpstreamCredentials.existingSecret(SECRET))),
    {
      [RULE]: UPDATE,
      'secretsmanager_secret Cache_Credentials': 'delete',
      'secretsmanager_secret_version Cache_Credentials_Version': 'delete',
    },
  ],
  [
    'the token',
    of(Upstream.dockerHub(token())),
    of(Upstream.dockerHub(token({ version: 2 }))),
    { 'secretsmanager_secret_version Cache_Credentials_Version': REPLACE },
  ],
  ['the user name without a version', of(Upstream.dockerHub(token())), of(Upstream.dockerHub(token({ username: 'other' }))), {}],
  [
    'the recovery of the secret',
    of(Upstream.dockerHub(token())),
    of(Upstream.dockerHub(token({ recoveryDays: 7 }))),
    { 'secretsmanager_secret Cache_Credentials': UPDATE },
  ],
  ['the mutability', {}, template({ tagMutability: TagMutability.immutable }), { [TEMPLATE]: UPDATE }],
  [
    'the filters',
    template({ tagMutability: TagMutability.immutableExcept('a') }),
    template({ tagMutability: TagMutability.immutableExcept('b') }),
    { [TEMPLATE]: UPDATE },
  ],
  ['the lifecycle', {}, template({ keepImages: 5, expireUntaggedAfterDays: 3 }), { [TEMPLATE]: UPDATE }],
  ['the description', {}, template({ description: 'For tests.' }), { [TEMPLATE]: UPDATE }],
  [
    'the policy',
    {},
    template({ repositoryPolicy: [{ Effect: 'Deny', Principal: { AWS: ['*'] }, Action: ['ecr:DeleteRepository'] }] }),
    { [TEMPLATE]: UPDATE },
  ],
  [
    'the first tag',
    {},
    template({ tags: { team: 'ai' } }),
    { [TEMPLATE]: UPDATE, 'iam_role Cache_Template_Role': 'create', 'iam_role_policy Cache_Template_Role_Policy': 'create' },
  ],
  ['another tag', template({ tags: { team: 'ai' } }), template({ tags: { team: 'web' } }), { [TEMPLATE]: UPDATE }],
  [
    'a key, beside tags',
    template({ tags: { team: 'ai' } }),
    template({ tags: { team: 'ai' }, encryptionKey: KEY }),
    { [TEMPLATE]: UPDATE, 'iam_role_policy Cache_Template_Role_Policy': UPDATE },
  ],
  ['the first puller', {}, { pullers: { a: true } }, { 'ecr_registry_policy Registry_Policy': 'create' }],
  ['another puller', { pullers: { a: true } }, { pullers: { a: true, b: false } }, { 'ecr_registry_policy Registry_Policy': UPDATE }],
  ['who pulls first', { pullers: { a: true } }, { pullers: { a: false } }, { 'ecr_registry_policy Registry_Policy': UPDATE }],
  ['the last puller', { pullers: { a: true } }, {}, { 'ecr_registry_policy Registry_Policy': 'delete' }],
  [
    'scanning',
    {},
    { registry: { scanning: Scanning.enhanced({ continuously: ['*'] }) } },
    { 'ecr_registry_scanning_configuration Registry_Scanning': UPDATE },
  ],
  [
    'the destinations of a replication',
    { registry: { replications: [{ prefixes: ['approved'], to: [CENTRAL] }] } },
    { registry: { replications: [{ prefixes: ['approved'], to: [CENTRAL, ireland] }] } },
    { 'ecr_replication_configuration Registry_Replication': UPDATE },
  ],
  [
    'replication to a cache',
    { promoteBy: 'replication' },
    { promoteBy: 'cache' },
    {
      'ecr_pull_through_cache_rule Approved_Cache': 'create',
      'ecr_registry_policy Registry_Policy': 'delete',
      'ecr_repository_creation_template Approved_Template': UPDATE,
      'iam_role Approved_Cache_Role': 'create',
      'iam_role_policy Approved_Cache_Role_Policy': 'create',
      'terraform_data Approved_Cache_Access': 'create',
    },
  ],
];

/** What no plan is made for, since the stack does not build any more. */
const REFUSED: readonly (readonly [title: string, after: Given, message: RegExp])[] = [
  ['a public upstream where none is allowed', { registry: { allowPublicUpstreams: false } }, /is a public upstream/],
  ['a prefix that is taken', { cache: { prefix: 'approved' }, promoteBy: 'cache' }, /has the prefix "approved" already/],
  ['the registry as its own upstream', of(Upstream.otherRegion(HERE, base)), /cannot be its own upstream/],
];

describeWith(terraform(), 'a change of', () => {
  let bench: Bench;
  beforeEach(async () => (bench = await Bench.open({ legacyTypeSystem: true }, [AWS])));
  afterEach(() => bench.close());

  async function changes(workspace: Workspace): Promise<Record<string, string>> {
    const planned = (await workspace.plan()).resource_changes ?? [];
    return Object.fromEntries(
      planned
        .filter(({ change }) => change.actions[0] !== 'no-op')
        .map(({ address, change }) => [
          address
            .replace(/^aws_/, '')
            .replace('.', ' ')
            .replace(/_[0-9A-F]{8}$/, ''),
          change.actions.join('+'),
        ]),
    );
  }

  it.each(CHANGES)('%s', async (_, before, after, expected) => {
    const workspace = await bench.workspace(configuration(before));
    await workspace.apply(...variables(before));
    workspace.write(configuration(after));
    expect(await changes(workspace)).toEqual(expected);
    await workspace.apply(...variables(after));
    expect(await workspace.isSettled()).toBe(true);
  });

  it('credentials or role is a replacement that the plan explains', async () => {
    const workspace = await bench.workspace(configuration(of(Upstream.otherRegionWithRole(ireland, base))));
    await workspace.apply();
    workspace.write(configuration(of(Upstream.otherRegion(ireland, base))));
    const planned = (await workspace.plan()).resource_changes ?? [];
    const change = (type: string) => planned.find(({ address }) => address.startsWith(type))!;
    expect(change('aws_ecr_pull_through_cache_rule').action_reason).toBe('replace_by_triggers');
    expect(change('terraform_data').change).toMatchObject({ before: { input: 'role' }, after: { input: 'nothing' } });
  });

  it.each(REFUSED)('%s is refused', (_, after, message) => expect(() => configuration(after)).toThrow(message));
});

const variables = (given: Given): string[] =>
  given.cache?.upstream?.access.needs === 'secret' && given.cache.upstream.access.credentials.source.kind === 'variable'
    ? ['-var', 'token=not-a-secret']
    : [];
