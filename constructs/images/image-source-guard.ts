import type { IConstruct } from 'constructs';
import { synthesizedResources, type SynthesizedResource, Token } from '../core';

export interface ImageSourcePolicy {
  /** False: repositories are standard ones, and what runs is an image of such a repository, by digest. */
  readonly allowPublicUpstreams: boolean;
}

const REPOSITORY = 'google_artifact_registry_repository';
const RUNS_IMAGES = ['google_cloud_run_v2_service', 'google_cloud_run_v2_job'];
const BY_DIGEST = /^[a-z0-9-]+-docker\.pkg\.dev\/[^/@:]+\/[^/@:]+\/[^@]+@sha256:[0-9a-f]{64}$/;

/**
 * Holds every image repository, and every image that Cloud Run runs, to a policy, whichever construct or raw resource made it. The problems
 * are found when the stack is synthesized.
 */
export function guardImageSources(scope: IConstruct, { allowPublicUpstreams }: ImageSourcePolicy): void {
  if (allowPublicUpstreams) return;
  scope.node.addValidation({
    validate: () =>
      synthesizedResources(scope, [REPOSITORY, ...RUNS_IMAGES]).flatMap((resource) =>
        (resource.type === REPOSITORY ? repositoryProblems(resource) : imagesOf(resource.arguments).flatMap(imageProblems)).map(
          (problem) => `${resource.construct.node.path}: ${problem}`,
        ),
      ),
  });
}

function repositoryProblems({ arguments: { mode = 'STANDARD_REPOSITORY' } }: SynthesizedResource): string[] {
  if (mode === 'STANDARD_REPOSITORY') return [];
  return [
    `the repository's mode is ${String(mode)}, and only STANDARD_REPOSITORY is allowed here: what is replaced or deleted at a public upstream ` +
      'would come in unseen. Copy the images that you need into a standard repository.',
  ];
}

/** Every `image` of a container, wherever the type has its containers. */
function imagesOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(imagesOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (name === 'image' ? [inner] : imagesOf(inner)));
}

function imageProblems(image: unknown): string[] {
  if (typeof image === 'string' && !Token.isUnresolved(image) && BY_DIGEST.test(image)) return [];
  return [
    'the image must be one of Artifact Registry by its digest, LOCATION-docker.pkg.dev/PROJECT/REPOSITORY/IMAGE@sha256:…, written as text: ' +
      `a tag, or another registry, can give something else tomorrow. Got: ${Token.isUnresolved(image) ? 'a reference' : JSON.stringify(image)}.`,
  ];
}
