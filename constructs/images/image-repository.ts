import type {
  ArtifactRegistryRepositoryCleanupPolicies,
  ArtifactRegistryRepositoryConfig,
} from '@cdktf/provider-google/lib/artifact-registry-repository';
import type { ArtifactRegistryRepositoryIamMember } from '@cdktf/provider-google/lib/artifact-registry-repository-iam-member';
import type { Checks } from '../core';
import { Repository, type RepositoryProps } from './repository';

export interface ImageRepositoryProps extends RepositoryProps {
  /**
   * A tag, once pushed, keeps its image, and is never deleted.
   * @default true
   */
  readonly immutableTags?: boolean;
  /**
   * Clean-up keeps the newest N versions of each image, 1 to 1000.
   * @default all are kept
   */
  readonly keepVersions?: number;
}

/** A repository for images of one's own. */
export class ImageRepository extends Repository<ImageRepositoryProps> {
  /**
   * Lets a member push images, beside those who already may.
   * @param id construct id of the grant; needed when the member is known only to Terraform. Default: the member.
   */
  grantWrite(member: string, id?: string): ArtifactRegistryRepositoryIamMember {
    return this.grant('Writer', 'roles/artifactregistry.writer', member, id);
  }

  protected override kind({ immutableTags = true, keepVersions }: ImageRepositoryProps): Partial<ArtifactRegistryRepositoryConfig> {
    return {
      mode: 'STANDARD_REPOSITORY',
      dockerConfig: { immutableTags },
      cleanupPolicies: keepVersions === undefined ? undefined : cleanUp(keepVersions, immutableTags),
    };
  }

  protected override checkKind(check: Checks, props: ImageRepositoryProps): void {
    check.between('keepVersions', props.keepVersions, 1, 1000);
  }
}

/** What one policy deletes another keeps: keeping wins. A version with an immutable tag cannot be deleted, so that is not tried. */
function cleanUp(keepCount: number, immutableTags: boolean): ArtifactRegistryRepositoryCleanupPolicies[] {
  return [
    { id: 'delete-older', action: 'DELETE', condition: { tagState: immutableTags ? 'UNTAGGED' : 'ANY' } },
    { id: 'keep-newest', action: 'KEEP', mostRecentVersions: { keepCount } },
  ];
}
