import { ArtifactRegistryRepository } from '@cdktf/provider-google/lib/artifact-registry-repository';
import { CloudRunV2Job } from '@cdktf/provider-google/lib/cloud-run-v2-job';
import { CloudRunV2Service } from '@cdktf/provider-google/lib/cloud-run-v2-service';
import type { EnvironmentStack } from '../../../constructs/core';
import { guardImageSources, ImageRepository, RemoteImageRepository } from '../../../constructs/images';
import { stackWith, Template } from '../../support/template';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const PLACE = { name: 'test-images', location: 'europe-west4' };
const service =
  (image: string) =>
  (stack: EnvironmentStack): unknown =>
    new CloudRunV2Service(stack, 'Gateway', { name: 'gateway', location: 'europe-west4', template: { containers: [{ image }] } });
const job =
  (image: string) =>
  (stack: EnvironmentStack): unknown =>
    new CloudRunV2Job(stack, 'Migrate', {
      name: 'migrate',
      location: 'europe-west4',
      template: { template: { containers: [{ image: `europe-west4-docker.pkg.dev/p/r/i@${DIGEST}` }, { image }] } },
    });
const repository =
  (mode: string) =>
  (stack: EnvironmentStack): unknown =>
    new ArtifactRegistryRepository(stack, 'Raw', { repositoryId: 'raw', format: 'DOCKER', mode });

function guarded(allowPublicUpstreams: boolean, build: (stack: EnvironmentStack) => unknown): () => Template {
  const stack = stackWith((each) => void build(each));
  guardImageSources(stack, { allowPublicUpstreams });
  return () => new Template(stack);
}

type Case = readonly [title: string, build: (stack: EnvironmentStack) => unknown];

const REFUSED: readonly (readonly [...Case, RegExp])[] = [
  [
    'a remote repository',
    (stack) => new RemoteImageRepository(stack, 'Cache', { ...PLACE, upstream: 'quay.io' }),
    /mode is REMOTE_REPOSITORY/,
  ],
  ['a raw remote repository', repository('REMOTE_REPOSITORY'), /^test-stack: test-stack\/Raw: the repository's mode is REMOTE_REPOSITORY/],
  ['a virtual repository, behind which a remote one may be', repository('VIRTUAL_REPOSITORY'), /mode is VIRTUAL_REPOSITORY/],
  [
    'an image of another registry',
    service(`ghcr.io/berriai/litellm@${DIGEST}`),
    /test-stack\/Gateway: the image must be .* Got: "ghcr\.io/,
  ],
  ['an image by its tag', service('europe-west4-docker.pkg.dev/p/r/litellm:v1'), /by its digest/],
  ['an image by tag and a short digest', service('europe-west4-docker.pkg.dev/p/r/litellm:v1@sha256:abc'), /by its digest/],
  ['a host that only looks like it', service(`europe-docker.pkg.dev.example.com/p/r/i@${DIGEST}`), /by its digest/],
  ['an image that only Terraform knows', service('${var.image}'), /Got: .*\$\{var\.image\}/],
  ['the second image of a job', job('docker.io/library/postgres'), /test-stack\/Migrate: the image must be .*postgres/],
];

const TAKEN: readonly Case[] = [
  ['a standard repository', (stack) => new ImageRepository(stack, 'Images', PLACE)],
  ['a raw standard repository', repository('STANDARD_REPOSITORY')],
  ['an image by its digest', service(`europe-west4-docker.pkg.dev/p/r/litellm@${DIGEST}`)],
  ['an image by tag and digest', service(`europe-docker.pkg.dev/p/r/team/litellm:v1@${DIGEST}`)],
  ['a job', job(`us-docker.pkg.dev/p/r/i@${DIGEST}`)],
];

describe('where public upstreams are not allowed', () => {
  it.each(REFUSED)('%s is refused', (_, build, message) => expect(guarded(false, build)).toThrow(message));
  it.each(TAKEN)('%s is taken', (_, build) => expect(guarded(false, build)).not.toThrow());
});

describe('where public upstreams are allowed', () => {
  it.each([...REFUSED.map(([title, build]): Case => [title, build]), ...TAKEN])('%s is taken', (_, build) =>
    expect(guarded(true, build)).not.toThrow(),
  );
});
