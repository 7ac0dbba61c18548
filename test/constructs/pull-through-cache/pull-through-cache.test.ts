import { containerdMirrors, PullThroughCache, TagMutability, Upstream, UpstreamCredentials } from '../../../constructs/pull-through-cache';
import { stable } from '../../support/snapshot';
import { annotations, type Block, Template } from '../../support/template';
import { awsStack, cache, cacheStack, CENTRAL, NODES, registryOf, SECRET, TOKEN, UPSTREAMS } from './stack';

const RULE = 'aws_ecr_pull_through_cache_rule';
const TEMPLATE = 'aws_ecr_repository_creation_template';
const KEY = 'arn:aws:kms:eu-central-1:111122223333:key/8f1c2f6e-1d57-4a0b-9a35-6f0f4b8a2c11';

const services = (template: Template): string[] =>
  template.resources('aws_iam_role').map((role) => /"Service":"([^"]+)"/.exec(String(role['assume_role_policy']))![1]!);
const statements = (policy: unknown): Block[] => (JSON.parse(String(policy)) as { Statement: Block[] }).Statement;

describe('a cache of', () => {
  it.each(Object.entries(UPSTREAMS))('%s stays as it is', (_, upstream) => expect(stable(cache({ upstream }))).toMatchSnapshot());

  it.each(Object.entries(UPSTREAMS))('%s has the secret or role that it needs, and no other', (_, upstream) => {
    const template = cache({ upstream });
    const rule = template.resource(RULE);
    expect('credential_arn' in rule).toBe(upstream.access.needs === 'secret');
    expect('custom_role_arn' in rule).toBe(upstream.access.needs === 'role');
    expect(services(template)).toEqual(upstream.access.needs === 'role' ? ['pullthroughcache.ecr.amazonaws.com'] : []);
    // Left out for an upstream that answers ROOT, every plan would replace the rule; given for the others, too.
    expect('upstream_repository_prefix' in rule).toBe(upstream.registry !== undefined);
  });

  it('something that needs no token takes none: a matter of types', () => {
    // @ts-expect-error: an upstream is made by a factory
    const forged: Upstream = { title: 'mine', url: 'registry.example.com', access: { needs: 'nothing' } };
    // @ts-expect-error: Docker Hub needs credentials
    expect(() => cache({ upstream: Upstream.dockerHub() })).toThrow();
    expect(forged.url).toBe('registry.example.com');
  });
});

describe('the repositories that pulling makes', () => {
  const template = (repositories: object): Block => cache({ repositories }).resource(TEMPLATE);

  it('have the prefix of the rule, tags that move, and lose untagged images', () => {
    const given = template({});
    expect(given).toMatchObject({ prefix: 'cache', applied_for: ['PULL_THROUGH_CACHE'], image_tag_mutability: 'MUTABLE' });
    expect(given).not.toHaveProperty('custom_role_arn');
    const { rules } = JSON.parse(String(given['lifecycle_policy'])) as { rules: unknown[] };
    expect(rules).toEqual([expect.objectContaining({ selection: expect.objectContaining({ tagStatus: 'untagged', countNumber: 14 }) })]);
  });

  it('keep only the newest images where that is wanted', () => {
    const { rules } = JSON.parse(String(template({ keepImages: 5 })['lifecycle_policy'])) as { rules: unknown[] };
    expect(rules[1]).toMatchObject({ rulePriority: 2, selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 5 } });
  });

  it.each([
    [TagMutability.mutable, 'MUTABLE', undefined],
    [TagMutability.immutable, 'IMMUTABLE', undefined],
    [TagMutability.immutableExcept('latest*', 'main'), 'IMMUTABLE_WITH_EXCLUSION', ['latest*', 'main']],
    [TagMutability.mutableExcept('v*'), 'MUTABLE_WITH_EXCLUSION', ['v*']],
  ])('have tags as ECR calls them: %#', (tagMutability, value, filters) => {
    const given = template({ tagMutability });
    expect(given['image_tag_mutability']).toBe(value);
    expect(given['image_tag_mutability_exclusion_filter']).toEqual(filters?.map((filter) => ({ filter, filter_type: 'WILDCARD' })));
  });

  it.each<[string, object, string[]]>([
    ['neither tags nor a key', {}, []],
    ['tags', { tags: { team: 'ai' } }, ['ecr.amazonaws.com']],
    ['a key', { encryptionKey: KEY }, ['ecr.amazonaws.com']],
  ])('need a role for %s', (_, repositories, expected) => {
    const made = cache({ repositories });
    expect(services(made)).toEqual(expected);
    expect('custom_role_arn' in made.resource(TEMPLATE)).toBe(expected.length > 0);
  });

  it('never share the role of the rule', () => {
    const made = cache({ upstream: UPSTREAMS['ECR of another account'], repositories: { encryptionKey: KEY, tags: { team: 'ai' } } });
    expect(services(made).sort()).toEqual(['ecr.amazonaws.com', 'pullthroughcache.ecr.amazonaws.com']);
    const [rule, of] = [made.resource(RULE)['custom_role_arn'], made.resource(TEMPLATE)['custom_role_arn']];
    expect(rule).not.toEqual(of);
    expect(made.resource(TEMPLATE)['encryption_configuration']).toEqual([{ encryption_type: 'KMS', kms_key: KEY }]);
  });

  it('get a policy of their own', () => {
    const policy = { Effect: 'Deny', Principal: { AWS: ['*'] }, Action: ['ecr:DeleteRepository'] };
    expect(statements(template({ repositoryPolicy: [policy] })['repository_policy'])).toEqual([policy]);
  });
});

describe('credentials', () => {
  it('are written from an ephemeral variable, under the name and keys that ECR demands', () => {
    const template = cache({ upstream: Upstream.dockerHub(TOKEN) });
    expect(template.resource('aws_secretsmanager_secret')).toMatchObject({ name: 'ecr-pullthroughcache/cache' });
    expect(template.resource('aws_secretsmanager_secret')).not.toHaveProperty('kms_key_id');
    expect(template.resource('aws_secretsmanager_secret_version')).toMatchObject({
      secret_string_wo: '${var.test_token == "" ? "" : jsonencode({ username = "ci", accessToken = var.test_token })}',
      secret_string_wo_version: 1,
    });
    expect(template.variables()['test_token']).toMatchObject({ ephemeral: true, sensitive: true, default: '' });
  });

  it('stand in a secret that exists', () => {
    const template = cache({ upstream: Upstream.dockerHub(UpstreamCredentials.existingSecret(SECRET)) });
    expect(template.resource(RULE)['credential_arn']).toBe(SECRET);
    expect(template.types().filter((type) => type.startsWith('aws_secretsmanager'))).toEqual([]);
  });
});

describe('grantPull', () => {
  const actions = (firstPull: boolean): unknown =>
    statements(cache({}, {}, (made) => made.grantPull(NODES, { firstPull })).resource('aws_ecr_registry_policy')['policy'])[0];

  it('lets pull and import, and create only who may pull first', () => {
    const resource = ['arn:aws:ecr:eu-central-1:111122223333:repository/cache/*'];
    const pull = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchImportUpstreamImage'];
    expect(actions(false)).toEqual({ Effect: 'Allow', Principal: { AWS: [NODES] }, Action: pull, Resource: resource });
    expect(actions(true)).toMatchObject({ Action: [...pull, 'ecr:CreateRepository'] });
  });

  it('refuses a first pull to another account, and what is no principal', () => {
    const grant =
      (principal: string): (() => unknown) =>
      () =>
        cacheStack({}, {}, (made) => made.grantPull(principal, { firstPull: true }));
    expect(grant('arn:aws:iam::999988887777:role/nodes')).toThrow(/`firstPull`: ECR makes repositories only for .*111122223333/);
    expect(grant('*')).toThrow(/`principal` must be the ARN of a role or user/);
  });
});

describe('warnings', () => {
  const warnings = (...args: Parameters<typeof cacheStack>): string[] => {
    const stack = cacheStack(...args);
    expect(new Template(stack)).toBeDefined();
    return annotations(stack, 'warn');
  };

  it('tell of tags that freeze, but not of those in a registry of approved images', () => {
    const repositories = { tagMutability: TagMutability.immutable };
    expect(warnings({ repositories })).toEqual([expect.stringMatching(/^test-stack\/Cache: A tag that is immutable .* quay\.io/)]);
    expect(warnings({ repositories, upstream: UPSTREAMS['ECR of another account'] })).toEqual([]);
    expect(warnings({ repositories: { tagMutability: TagMutability.immutableExcept('latest*') } })).toEqual([]);
  });

  it('tell of a cache into which nobody may pull first', () => {
    expect(warnings({}, {}, (made) => made.grantPull(NODES, { firstPull: false }))).toEqual([expect.stringMatching(/pull an image first/)]);
    const both = (made: PullThroughCache): void => {
      made.grantPull(`${NODES}-2`, { firstPull: false });
      made.grantPull(NODES, { firstPull: true });
    };
    expect(warnings({}, {}, both)).toEqual([]);
  });
});

describe('the other account', () => {
  it('is told which statement to add, and nobody else is', () => {
    const statementOf = (upstream: Upstream): unknown => {
      let statement: unknown;
      cacheStack({ upstream }, {}, (made) => (statement = made.upstreamStatement));
      return statement;
    };
    expect(statementOf(UPSTREAMS['ECR of another account']!)).toEqual({
      Effect: 'Allow',
      Principal: { AWS: ['arn:aws:iam::111122223333:root'] },
      Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchImportUpstreamImage', 'ecr:GetImageCopyStatus'],
      Resource: [CENTRAL.repositories('approved')],
    });
    expect(statementOf(Upstream.quay())).toBeUndefined();
    expect(statementOf(UPSTREAMS['ECR of another region']!)).toBeUndefined();
  });
});

describe('containerd', () => {
  it('finds the caches under the names of their upstreams, private registries left out', () => {
    let mirrors: unknown;
    awsStack((stack) => {
      const registry = registryOf(stack);
      const made = Object.entries({ hub: Upstream.dockerHub(TOKEN), quay: Upstream.quay(), ours: UPSTREAMS['ECR of another account']! });
      mirrors = containerdMirrors(made.map(([prefix, upstream]) => new PullThroughCache(stack, prefix, { registry, prefix, upstream })));
    });
    expect(mirrors).toEqual({
      'docker.io/hosts.toml': `server = "https://registry-1.docker.io"

[host."https://111122223333.dkr.ecr.eu-central-1.amazonaws.com/v2/hub"]
  capabilities = ["pull", "resolve"]
  override_path = true
`,
      'quay.io/hosts.toml': expect.stringContaining('/v2/quay"]'),
    });
  });

  it('finds a cache of everything at the root', () => {
    let mirrors: Readonly<Record<string, string>> = {};
    cacheStack({ prefix: 'ROOT' }, {}, (made) => (mirrors = containerdMirrors([made])));
    expect(mirrors['quay.io/hosts.toml']).toContain('[host."https://111122223333.dkr.ecr.eu-central-1.amazonaws.com/v2"]');
  });
});
