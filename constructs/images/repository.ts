import { ArtifactRegistryRepository, type ArtifactRegistryRepositoryConfig } from '@cdktf/provider-google/lib/artifact-registry-repository';
import { ArtifactRegistryRepositoryIamMember } from '@cdktf/provider-google/lib/artifact-registry-repository-iam-member';
import { Construct } from 'constructs';
import { Checks, grantId, NAME_LIMITS } from '../core';

export interface RepositoryProps {
  /** 1 to 63 of a-z, 0-9 and dash, starting with a letter; unique in the project and location. */
  readonly name: string;
  /** Region or multi-region. */
  readonly location: string;
  /**
   * What it is for.
   * @default none
   */
  readonly description?: string;
  /**
   * Full name of a key in the same location, fixed at creation.
   * @default Google-managed encryption
   */
  readonly kmsKey?: string;
  /**
   * While true, Terraform refuses every plan that would replace the repository or, as long as it is declared, delete it: its images go
   * with it.
   * @default true
   */
  readonly preventDestroy?: boolean;
}

const NAME = new RegExp(`^[a-z]([a-z0-9-]{0,${NAME_LIMITS.repository - 2}}[a-z0-9])?$`);
const NAME_RULE = `1 to ${NAME_LIMITS.repository} of a-z, 0-9 and dash, starting with a letter, not ending in a dash`;

/** What all Docker repositories in Artifact Registry have in common. */
export abstract class Repository<Props extends RepositoryProps = RepositoryProps> extends Construct {
  readonly resource: ArtifactRegistryRepository;

  constructor(scope: Construct, id: string, props: Props) {
    super(scope, id);
    const check = new Checks(this);
    check.matches('name', props.name, NAME, NAME_RULE);
    this.checkKind(check, props);
    check.done();

    this.resource = new ArtifactRegistryRepository(this, 'Resource', {
      ...this.kind(props),
      repositoryId: props.name,
      location: props.location,
      description: props.description,
      format: 'DOCKER',
      kmsKeyName: props.kmsKey,
      lifecycle: props.preventDestroy === false ? undefined : { preventDestroy: true },
    });
  }

  /** The arguments that make a repository one of its kind. */
  protected abstract kind(props: Props): Partial<ArtifactRegistryRepositoryConfig>;

  /** Further checks of the kind, reported together with those of all. */
  protected abstract checkKind(check: Checks, props: Props): void;

  /**
   * Lets a member pull images, beside those who already may.
   * @param id construct id of the grant; needed when the member is known only to Terraform. Default: the member.
   */
  grantRead(member: string, id?: string): ArtifactRegistryRepositoryIamMember {
    return this.grant('Reader', 'roles/artifactregistry.reader', member, id);
  }

  protected grant(purpose: string, role: string, member: string, id?: string): ArtifactRegistryRepositoryIamMember {
    const { location, name: repository } = this.resource;
    return new ArtifactRegistryRepositoryIamMember(this, grantId(this, purpose, member, id), { location, repository, role, member });
  }
}
