import {
  EcrRegistry,
  type EcrRegistryProps,
  ImagePromotion,
  type ImagePromotionProps,
  PrivateRegistry,
  PullThroughCache,
  type RepositorySettings,
  Scanning,
  TagMutability,
  Upstream,
  UpstreamCredentials,
} from '../../../constructs/pull-through-cache';
import { stackWith, Template } from '../../support/template';
import { awsStack, cache, CENTRAL, HERE, NODES, registryOf, SECRET, TOKEN } from './stack';

const OTHER_REGION = new PrivateRegistry(HERE.accountId, 'eu-west-1');
const prefix =
  (given: string): (() => unknown) =>
  () =>
    cache({ prefix: given });
const upstream =
  (given: Upstream): (() => unknown) =>
  () =>
    cache({ upstream: given });
const repositories =
  (given: RepositorySettings): (() => unknown) =>
  () =>
    cache({ repositories: given });
const secret = (arn: string): (() => unknown) => upstream(Upstream.gitHub(UpstreamCredentials.existingSecret(arn)));
const registry =
  (given: Partial<EcrRegistryProps>): (() => unknown) =>
  () =>
    new Template(awsStack((stack) => registryOf(stack, given)));
const promotion =
  (given: Partial<ImagePromotionProps>, of: Partial<EcrRegistryProps> = {}): (() => unknown) =>
  () =>
    awsStack(
      (stack) =>
        new ImagePromotion(stack, 'Approved', {
          registry: registryOf(stack, of),
          from: CENTRAL,
          prefix: 'approved',
          by: 'cache',
          ...given,
        }),
    );
const written = (changes: object): (() => unknown) =>
  upstream(Upstream.gitHub(UpstreamCredentials.fromVariable({ username: 'ci', variable: 'token', ...changes })));
const within =
  (region: string): (() => unknown) =>
  () =>
    stackWith(
      (stack) => {
        expect(stack.aws).toBeDefined();
        const location = new PrivateRegistry(HERE.accountId, region);
        new PullThroughCache(stack, 'Cache', { registry: registryOf(stack, { location }), prefix: 'quay', upstream: Upstream.quay() });
      },
      { aws: { accountId: HERE.accountId, region } },
    );
const many =
  (count: number): (() => unknown) =>
  () =>
    new Template(
      awsStack((stack) => {
        const of = registryOf(stack);
        for (let index = 0; index < count; index++) {
          new PullThroughCache(stack, `Cache${index}`, { registry: of, prefix: `cache-${index}`, upstream: Upstream.quay() });
        }
      }),
    );

type Row = readonly [title: string, build: () => unknown, message: RegExp];

const WRONG: Readonly<Record<string, readonly Row[]>> = {
  prefixes: [
    ['one character', prefix('a'), /^test-stack\/Cache: `prefix` must have 2 to 30 characters, got 1: "a"\./],
    ['31 characters', prefix('a'.repeat(31)), /`prefix` must have 2 to 30 characters, got 31/],
    ['capital letters', prefix('Docker'), /`prefix` must be of a-z and 0-9, .* or ROOT, got: "Docker"\./],
    ['a slash at the end, which the provider takes', prefix('docker/'), /`prefix` must be of a-z and 0-9/],
    ['two underscores, which the service takes', prefix('docker__hub'), /`prefix` must be of a-z and 0-9/],
    ['a dash at the start', prefix('-hub'), /`prefix` must be of a-z and 0-9/],
    ['two slashes', prefix('a//b'), /`prefix` must be of a-z and 0-9/],
    ['a scheme', prefix('https://hub'), /`prefix` must be of a-z and 0-9/],
    ['root in small letters with a slash', prefix('/root'), /`prefix` must be of a-z and 0-9/],
    [
      'a prefix twice',
      () =>
        awsStack((stack) => {
          const of = registryOf(stack);
          for (const id of ['One', 'Two']) new PullThroughCache(stack, id, { registry: of, prefix: 'quay', upstream: Upstream.quay() });
        }),
      /^test-stack\/Two: `prefix`: test-stack\/One has the prefix "quay" already\.$/,
    ],
    [
      'a prefix of a cache and a promotion',
      () =>
        awsStack((stack) => {
          const of = registryOf(stack);
          new PullThroughCache(stack, 'One', { registry: of, prefix: 'approved', upstream: Upstream.quay() });
          new ImagePromotion(stack, 'Two', { registry: of, prefix: 'approved', from: CENTRAL, by: 'replication' });
        }),
      /^test-stack\/Two: `prefix`: test-stack\/One has the prefix "approved" already\.$/,
    ],
    [
      'of an upstream',
      upstream(Upstream.otherAccount(CENTRAL, { repositoryPrefix: 'UPPER lower' })),
      /`upstream\.repositoryPrefix` must be/,
    ],
  ],
  ROOT: [
    [
      'here, and not there',
      () => cache({ prefix: 'ROOT', upstream: Upstream.otherAccount(CENTRAL, { repositoryPrefix: 'approved' }) }),
      /with ROOT here the upstream's prefix must be ROOT too, got: "approved"/,
    ],
    ['of a promotion', promotion({ prefix: 'ROOT' }), /ROOT would promote everything/],
  ],
  accounts: [
    [
      'an account',
      upstream(Upstream.otherAccount(new PrivateRegistry('12', 'eu-central-1'), { repositoryPrefix: 'ab' })),
      /`upstream\.accountId` must be 12 digits/,
    ],
    [
      'a region',
      upstream(Upstream.otherAccount(new PrivateRegistry('444455556666', 'Frankfurt'), { repositoryPrefix: 'ab' })),
      /`upstream\.region` must be an AWS region/,
    ],
    ['the registry itself', upstream(Upstream.otherRegion(HERE, { repositoryPrefix: 'ab' })), /cannot be its own upstream/],
    [
      'another account as another region',
      upstream(Upstream.otherRegion(CENTRAL, { repositoryPrefix: 'ab' })),
      /use Upstream\.otherAccount/,
    ],
    [
      'another region as another account',
      upstream(Upstream.otherAccount(OTHER_REGION, { repositoryPrefix: 'ab' })),
      /use Upstream\.otherRegion/,
    ],
    ['an Azure registry', upstream(Upstream.azure('acme.azurecr.io', TOKEN)), /`name` must be 5 to 50 of a-z and 0-9/],
  ],
  ARNs: [
    [
      'a secret of another name',
      secret(SECRET.replace('ecr-pullthroughcache/', 'hub/')),
      /`credentials` must be .* begins with ecr-pullthroughcache\//,
    ],
    ['something else than a secret', secret('arn:aws:s3:::bucket'), /`credentials` must be the ARN of a secret/],
    ['a secret of another region', secret(SECRET.replace('eu-central-1', 'eu-west-1')), /the secret is in 111122223333 in eu-west-1/],
    [
      'a secret of another account',
      secret(SECRET.replace('111122223333', '444455556666')),
      /the secret is in 444455556666 in eu-central-1/,
    ],
    ['a key by its alias', repositories({ encryptionKey: 'alias/images' }), /`encryptionKey` must be the ARN of a KMS key/],
    [
      'a key of another region',
      repositories({ encryptionKey: 'arn:aws:kms:eu-west-1:111122223333:key/ab-12' }),
      /registry's region eu-central-1, but it is in eu-west-1/,
    ],
    [
      'a principal',
      () => cache({}, {}, (made) => made.grantPull('nodes', { firstPull: false })),
      /`principal` must be the ARN of a role or user/,
    ],
  ],
  credentials: [
    ['a user name', written({ username: 'a b' }), /`username` must be 1 to 200 characters without spaces/],
    ['a variable', written({ variable: 'a-b' }), /`variable` must be the name of a variable/],
    ['a version', written({ version: 0 }), /`version` must be a whole number between 1 and 1000000/],
    ['recovery', written({ recoveryDays: 3 }), /`recoveryDays` must be a whole number between 7 and 30/],
    [
      'one variable for two caches',
      () =>
        awsStack((stack) => {
          const of = registryOf(stack);
          for (const each of ['one', 'two'])
            new PullThroughCache(stack, each, { registry: of, prefix: each, upstream: Upstream.gitHub(TOKEN) });
        }),
      /^test-stack\/two\/Credentials: `variable`: the stack has another variable test_token/,
    ],
  ],
  'tag mutability': [
    ['no filter', repositories({ tagMutability: TagMutability.immutableExcept() }), /must have 1 to 5 filters, got 0/],
    [
      'six filters',
      repositories({ tagMutability: TagMutability.immutableExcept('a', 'b', 'c', 'd', 'e', 'f') }),
      /must have 1 to 5 filters, got 6/,
    ],
    ['three wildcards', repositories({ tagMutability: TagMutability.mutableExcept('a*b*c*') }), /at most 2 wildcards, got: "a\*b\*c\*"/],
    ['a character', repositories({ tagMutability: TagMutability.mutableExcept('v/1') }), /`tagMutability` must be of filters/],
    ['129 characters', repositories({ tagMutability: TagMutability.mutableExcept('v'.repeat(129)) }), /`tagMutability` must be of filters/],
  ],
  repositories: [
    ['a description', repositories({ description: 'x'.repeat(256) }), /`description` must be at most 255 characters/],
    ['days', repositories({ expireUntaggedAfterDays: 0 }), /`expireUntaggedAfterDays` must be a whole number between 1 and 3650/],
    ['images', repositories({ keepImages: 0.5 }), /`keepImages` must be a whole number between 1 and 10000/],
    ['tags', repositories({ tags: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, 'v'])) }), /number of tags/],
  ],
  quotas: [
    ['51 rules', many(51), /^test-stack\/Registry: a registry has at most 50 pull-through cache rules, and here are 51\.$/],
    [
      'a policy that is too long',
      () => cache({}, {}, (made) => Array.from({ length: 250 }, (_, index) => made.grantPull(`${NODES}-${index}`, { firstPull: true }))),
      /the policy of a registry has at most 10240 characters, and here are \d+/,
    ],
    ['11 replications', registry({ replications: Array(11).fill({ prefixes: ['ab'], to: [CENTRAL] }) }), /number of replications/],
    [
      '26 destinations',
      registry({
        replications: [
          { prefixes: ['ab'], to: Array.from({ length: 26 }, (_, index) => new PrivateRegistry(String(10 ** 11 + index), 'eu-west-1')) },
        ],
      }),
      /number of destinations of all replications/,
    ],
    [
      '101 filters',
      registry({ replications: [{ prefixes: Array(101).fill('ab'), to: [CENTRAL] }] }),
      /number of prefixes of a replication/,
    ],
  ],
  registries: [
    ['a replication to itself', registry({ replications: [{ prefixes: ['ab'], to: [HERE] }] }), /cannot replicate to itself/],
    ['a replication to nowhere', registry({ replications: [{ prefixes: ['ab'], to: [] }] }), /`to` must have at least one element/],
    ['a filter of scanning', registry({ scanning: Scanning.basic(['UPPER']) }), /`scanning` must be of filters/],
    [
      'a second one',
      () => awsStack((stack) => (registryOf(stack), new EcrRegistry(stack, 'Again', { location: HERE, allowPublicUpstreams: true }))),
      /^test-stack\/Again: the registry of 111122223333 in eu-central-1 is managed by test-stack\/Registry already/,
    ],
    ['a promotion from itself', promotion({ from: HERE }), /the images are in the registry 111122223333 in eu-central-1 already/],
    ['a long prefix of a cache', promotion({ prefix: 'a'.repeat(31) }), /`prefix` must have 2 to 30 characters/],
  ],
  'unsupported regions': ['cn-north-1', 'cn-northwest-1', 'us-gov-east-1', 'us-gov-west-1'].map((region): Row => [
    region,
    within(region),
    new RegExp(`ECR has no pull-through caches in ${region}`),
  ]),
};

describe.each(Object.entries(WRONG))('wrong %s', (_, rows) => {
  it.each(rows)('%s', (_title, build, message) => expect(build).toThrow(message));
});

describe('right', () => {
  it.each<[string, () => unknown]>([
    ['prefixes', () => ['ab', 'a'.repeat(30), 'team-a/docker.hub', 'a_b/c-d', 'ROOT'].map((given) => cache({ prefix: given }))],
    ['ROOT on both sides', () => cache({ prefix: 'ROOT', upstream: Upstream.otherAccount(CENTRAL, { repositoryPrefix: 'ROOT' }) })],
    ['50 rules', many(50)],
    ['five filters', repositories({ tagMutability: TagMutability.immutableExcept('latest*', '*-rc*', 'c', 'd', 'e') })],
    ['100 filters of a replication', registry({ replications: [{ prefixes: Array(100).fill('ab'), to: [CENTRAL] }] })],
    [
      'a trusted registry where public ones are not allowed',
      () =>
        cache(
          { upstream: Upstream.otherAccount(CENTRAL, { repositoryPrefix: 'approved' }) },
          { allowPublicUpstreams: false, trustedRegistries: [CENTRAL] },
        ),
    ],
    [
      'registries of two regions',
      () =>
        awsStack((stack) => (registryOf(stack), new EcrRegistry(stack, 'Ireland', { location: OTHER_REGION, allowPublicUpstreams: true }))),
    ],
  ])('%s', (_, build) => expect(build).not.toThrow());

  it('all problems of a cache are told at once', () => {
    const build = () => cache({ prefix: 'A', upstream: Upstream.azure('x', TOKEN), repositories: { keepImages: 0 } });
    expect(build).toThrow(/`prefix`[^]*`name`[^]*`keepImages`/);
  });
});
