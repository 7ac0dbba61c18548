import {
  ImageRepository,
  type ImageRepositoryProps,
  RemoteImageRepository,
  type RemoteImageRepositoryProps,
} from '../../../constructs/images';
import { synthesize, type Template } from '../../support/template';

const TYPE = 'google_artifact_registry_repository';
const own = (props: Partial<ImageRepositoryProps> = {}): Template =>
  synthesize((stack) => new ImageRepository(stack, 'Images', { name: 'test-images', location: 'europe-west4', ...props }));
const remote = (props: Partial<RemoteImageRepositoryProps> = {}): Template =>
  synthesize(
    (stack) => new RemoteImageRepository(stack, 'Cache', { name: 'test-cache', location: 'europe-west4', upstream: 'quay.io', ...props }),
  );

describe('ImageRepository', () => {
  it('keeps tags and everything else unless told otherwise', () => {
    expect(own().resource(TYPE)).toEqual({
      repository_id: 'test-images',
      location: 'europe-west4',
      format: 'DOCKER',
      mode: 'STANDARD_REPOSITORY',
      docker_config: { immutable_tags: true },
      lifecycle: { prevent_destroy: true },
    });
  });

  it.each([
    [true, 'UNTAGGED'],
    [false, 'ANY'],
  ])('cleans up what may be deleted, with immutable tags: %s', (immutableTags, state) => {
    expect(own({ keepVersions: 5, immutableTags }).resource(TYPE)['cleanup_policies']).toEqual([
      { id: 'delete-older', action: 'DELETE', condition: { tag_state: state } },
      { id: 'keep-newest', action: 'KEEP', most_recent_versions: { keep_count: 5 } },
    ]);
  });

  it('takes a key, and lets itself be destroyed where that is wanted', () => {
    const resource = own({ kmsKey: 'projects/p/locations/europe-west4/keyRings/r/cryptoKeys/k', preventDestroy: false }).resource(TYPE);
    expect(resource).toMatchObject({ kms_key_name: 'projects/p/locations/europe-west4/keyRings/r/cryptoKeys/k' });
    expect(resource).not.toHaveProperty('lifecycle');
  });

  it('adds readers and writers, one at a time', () => {
    const template = synthesize((stack) => {
      const repository = new ImageRepository(stack, 'Images', { name: 'test-images', location: 'europe-west4' });
      repository.grantRead('serviceAccount:gateway@acme-ai-test.iam.gserviceaccount.com');
      repository.grantWrite('serviceAccount:pipeline@acme-ai-test.iam.gserviceaccount.com');
    });
    expect(template.resources('google_artifact_registry_repository_iam_member')).toEqual([
      expect.objectContaining({ role: 'roles/artifactregistry.reader', member: expect.stringContaining('gateway@') }),
      expect.objectContaining({ role: 'roles/artifactregistry.writer', member: expect.stringContaining('pipeline@') }),
    ]);
  });
});

describe('RemoteImageRepository', () => {
  it.each([
    ['docker-hub', 'https://registry-1.docker.io'],
    ['ghcr.io', 'https://ghcr.io'],
    ['quay.io', 'https://quay.io'],
    ['registry.k8s.io', 'https://registry.k8s.io'],
    ['public.ecr.aws', 'https://public.ecr.aws'],
  ] as const)('caches %s', (upstream, uri) => {
    expect(remote({ upstream }).resource(TYPE)).toMatchObject({
      mode: 'REMOTE_REPOSITORY',
      remote_repository_config: { common_repository: { uri } },
    });
  });
});

describe('wrong input', () => {
  it.each<[string, () => unknown, RegExp]>([
    ['a name', () => own({ name: 'Images' }), /^test-stack\/Images: `name` must be 1 to 63 of a-z, .* got: "Images"\.$/],
    ['a name that is too long', () => own({ name: 'a'.repeat(64) }), /`name` must be 1 to 63/],
    ['too few versions', () => own({ keepVersions: 0 }), /`keepVersions` must be a whole number between 1 and 1000, got: 0\./],
    [
      'an upstream',
      () => remote({ upstream: 'gcr.io' as 'ghcr.io' }),
      /^test-stack\/Cache: `upstream` must be one of docker-hub, ghcr\.io, .* got: "gcr\.io"\.$/,
    ],
    ['two at once', () => own({ name: '', keepVersions: -1 }), /`name`[^\n]*\n[^\n]*`keepVersions`/],
  ])('%s', (_, build, message) => {
    expect(build).toThrow(message);
  });
});
