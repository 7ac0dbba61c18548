import { EcrPullThroughCacheRule } from '@cdktf/provider-aws/lib/ecr-pull-through-cache-rule';
import { ArtifactRegistryRepository } from '@cdktf/provider-google/lib/artifact-registry-repository';
import { CloudRunV2Service } from '@cdktf/provider-google/lib/cloud-run-v2-service';
import { join } from 'node:path';
import { type Environment, loadEnvironments } from '../../configuration';
import { environmentSchema } from '../../configuration/schema';
import { type EnvironmentStack, Testing, withoutTokenTraces } from '../../constructs/core';
import { buildEnvironment } from '../../stacks';
import { stable } from '../support/snapshot';
import { annotations, Template } from '../support/template';

/** Without a perimeter: what that asks for is tested elsewhere. */
const FILES = loadEnvironments(join(__dirname, '../../environments')).map((each) => ({ ...each, perimeter: undefined }));
const file = (name: string): Environment => FILES.find((each) => each.name === name)!;
const build = (environment: Environment): EnvironmentStack[] => withoutTokenTraces(() => buildEnvironment(Testing.app(), environment));
const stackOf = (environment: Environment, concern: string): EnvironmentStack =>
  build(environment).find(({ node }) => node.id === `${environment.name}-${concern}`)!;
const outputs = (environment: Environment): Record<string, { value: unknown }> =>
  new Template(stackOf(environment, 'registry')).json['output'] as Record<string, { value: unknown }>;

describe('the registry stack', () => {
  it.each(FILES.map((each) => [each.name, each] as const))('of %s stays as it is', (_, environment) =>
    expect(stable(new Template(stackOf(environment, 'registry')))).toMatchSnapshot(),
  );

  it('is there only where the file asks for it', () => {
    expect(build({ ...file('dev'), registry: undefined }).map(({ node }) => node.id)).not.toContain('dev-registry');
  });

  it('gives nodes the files that lead containerd to the caches', () => {
    const { value } = outputs(file('dev'))['containerd_mirrors']!;
    expect(Object.keys(value as object).sort()).toEqual(
      ['docker.io', 'ghcr.io', 'public.ecr.aws', 'quay.io', 'registry.k8s.io'].map((host) => `${host}/hosts.toml`),
    );
  });

  it('tells what the account of the approved images has to add: a rule for replication, a statement for a cache', () => {
    expect(outputs(file('prod'))['counterparts']).toMatchObject({
      value: { approved: { account: '123450987654', add: { replicationRule: { destinations: [{ registryId: '432109876543' }] } } } },
    });
    expect(outputs(file('staging'))['counterparts']).toMatchObject({
      value: { approved: { add: { registryPolicyStatement: { Principal: { AWS: ['arn:aws:iam::321098765432:root'] } } } } },
    });
  });

  it('warns where images of a cache may be named by digest', () => {
    const stack = stackOf(file('staging'), 'registry');
    expect(new Template(stack)).toBeDefined();
    expect(annotations(stack, 'warn')).toEqual([expect.stringMatching(/^staging-registry\/Caches\/approved: The first pull/)]);
  });

  it('makes every kind of upstream out of a file', () => {
    const credentials = { source: 'variable', username: 'ci' };
    const from = { accountId: '123450987654', region: 'eu-central-1' };
    const registry = {
      caches: {
        hub: { upstream: 'docker-hub', credentials, tags: 'immutable', except: ['latest*'] },
        github: { upstream: 'github', credentials },
        gitlab: { upstream: 'gitlab', credentials },
        chainguard: { upstream: 'chainguard', credentials },
        azure: { upstream: 'azure', registryName: 'acmeimages', credentials },
        'ecr-public': { upstream: 'ecr-public' },
        kubernetes: { upstream: 'kubernetes' },
        quay: { upstream: 'quay' },
        'team/central': { upstream: 'ecr', from, repositoryPrefix: 'base' },
        ireland: { upstream: 'ecr', from: { accountId: '210987654321', region: 'eu-west-1' }, repositoryPrefix: 'ROOT' },
      },
    };
    const { name, ...settings } = file('dev');
    const template = new Template(stackOf({ name, ...environmentSchema.parse({ ...settings, registry }) }, 'registry'));
    expect(template.resources('aws_ecr_pull_through_cache_rule').map((rule) => rule['upstream_registry_url'])).toEqual([
      'acmeimages.azurecr.io',
      'cgr.dev',
      'public.ecr.aws',
      'ghcr.io',
      'registry.gitlab.com',
      'registry-1.docker.io',
      '210987654321.dkr.ecr.eu-west-1.amazonaws.com',
      'registry.k8s.io',
      'quay.io',
      '123450987654.dkr.ecr.eu-central-1.amazonaws.com',
    ]);
    expect(Object.keys(template.variables()).sort()).toEqual(
      ['azure', 'chainguard', 'github', 'gitlab', 'hub'].map((prefix) => `dev_${prefix}_token`),
    );
  });

  it('is one for an account and region, also among environments', () => {
    const app = Testing.app();
    const twin = { ...file('dev'), name: 'twin' };
    buildEnvironment(app, file('dev'));
    expect(() => buildEnvironment(app, twin)).toThrow(
      /^twin-registry\/Registry: the registry of 210987654321 in eu-central-1 is managed by dev-registry\/Registry already/,
    );
  });
});

type Raw = (stack: EnvironmentStack) => unknown;

const RAW: readonly (readonly [title: string, concern: string, add: Raw, message: RegExp])[] = [
  [
    'a cache of a public registry of images in AWS',
    'registry',
    (stack) => new EcrPullThroughCacheRule(stack, 'Raw', { ecrRepositoryPrefix: 'hub', upstreamRegistryUrl: 'public.ecr.aws' }),
    /-registry: \w+-registry\/Raw: public\.ecr\.aws is a public upstream/,
  ],
  [
    'one that stands in another stack',
    'inference',
    (stack) =>
      new EcrPullThroughCacheRule(stack, 'Raw', { ecrRepositoryPrefix: 'hub', upstreamRegistryUrl: 'quay.io', provider: stack.aws }),
    /-inference: \w+-inference\/Raw: quay\.io is a public upstream/,
  ],
  [
    'a remote repository in Google Cloud',
    'foundation',
    (stack) => new ArtifactRegistryRepository(stack, 'Raw', { repositoryId: 'hub', format: 'DOCKER', mode: 'REMOTE_REPOSITORY' }),
    /\/Raw: the repository's mode is REMOTE_REPOSITORY/,
  ],
  [
    'a gateway that runs a public image',
    'inference',
    (stack) =>
      new CloudRunV2Service(stack, 'Gateway', {
        name: 'gateway',
        location: 'europe-west1',
        template: { containers: [{ image: 'ghcr.io/berriai/litellm:v1.90.0' }] },
      }),
    /\/Gateway: the image must be one of Artifact Registry by its digest/,
  ],
];

describe.each(RAW)('%s', (_, concern, add, message) => {
  const added = (name: string): (() => Template) => {
    const stack = stackOf(file(name), concern);
    add(stack);
    return () => new Template(stack);
  };

  it('is refused in the production tier, though it is a raw resource', () => expect(added('prod')).toThrow(message));
  it('is taken in the development tier', () => expect(added('dev')).not.toThrow());
});
