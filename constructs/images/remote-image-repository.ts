import type { ArtifactRegistryRepositoryConfig } from '@cdktf/provider-google/lib/artifact-registry-repository';
import type { Checks } from '../core';
import { Repository, type RepositoryProps } from './repository';

/** Registries that allow pulls without credentials, and what Artifact Registry calls them. */
const UPSTREAMS = {
  'docker-hub': 'https://registry-1.docker.io',
  'ghcr.io': 'https://ghcr.io',
  'quay.io': 'https://quay.io',
  'registry.k8s.io': 'https://registry.k8s.io',
  'public.ecr.aws': 'https://public.ecr.aws',
} as const;

/** As the API returns it: with `30d`, every plan would show a change. */
const THIRTY_DAYS = '2592000s';

export type Upstream = keyof typeof UPSTREAMS;

export interface RemoteImageRepositoryProps extends RepositoryProps {
  /** The registry that is cached, fixed at creation. */
  readonly upstream: Upstream;
}

/**
 * A cache of a public registry: an image that is not there yet is fetched when somebody pulls it. Read only. What it serves is what
 * strangers push, so it belongs where things are tried, not where customers are served.
 */
export class RemoteImageRepository extends Repository<RemoteImageRepositoryProps> {
  protected override kind({ upstream }: RemoteImageRepositoryProps): Partial<ArtifactRegistryRepositoryConfig> {
    return {
      mode: 'REMOTE_REPOSITORY',
      remoteRepositoryConfig: { description: upstream, commonRepository: { uri: UPSTREAMS[upstream] } },
      // What is still pulled is fetched again; what is not costs, and is scanned for nothing.
      cleanupPolicies: [{ id: 'delete-after-30-days', action: 'DELETE', condition: { tagState: 'ANY', olderThan: THIRTY_DAYS } }],
    };
  }

  protected override checkKind(check: Checks, { upstream }: RemoteImageRepositoryProps): void {
    const known = Object.keys(UPSTREAMS);
    check.that(() => known.includes(upstream), `\`upstream\` must be one of ${known.join(', ')}, got: "${upstream}".`, upstream);
  }
}
