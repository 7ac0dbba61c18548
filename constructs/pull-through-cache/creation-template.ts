import { EcrRepositoryCreationTemplate } from '@cdktf/provider-aws/lib/ecr-repository-creation-template';
import { Construct } from 'constructs';
import type { Statement } from './policy';
import { policyJson } from './policy';
import type { PrivateRegistry } from './private-registry';
import { lifecyclePolicy, type RepositorySettings } from './repository-settings';
import { ServiceRole } from './service-role';
import type { TagMutability } from './tag-mutability';

export interface CreationTemplateProps extends RepositorySettings {
  readonly registry: PrivateRegistry;
  readonly prefix: string;
  /** What makes ECR create repositories under the prefix. */
  readonly appliedFor: 'PULL_THROUGH_CACHE' | 'REPLICATION';
  readonly tagMutability: TagMutability;
}

/**
 * What repositories get that ECR makes by itself. Without one they are open to every push of a tag that exists, keep everything and have
 * no tags. Its props are checked by whoever makes it.
 */
export class CreationTemplate extends Construct {
  readonly resource: EcrRepositoryCreationTemplate;

  constructor(scope: Construct, id: string, props: CreationTemplateProps) {
    super(scope, id);
    const { prefix, tagMutability, tags = {}, encryptionKey, repositoryPolicy = [] } = props;
    // ECR's own service-linked role may create repositories; it may neither tag them nor use a key.
    const needsRole = encryptionKey !== undefined || Object.keys(tags).length > 0;
    const role = needsRole ? templateRole(this, props) : undefined;
    this.resource = new EcrRepositoryCreationTemplate(this, 'Resource', {
      prefix,
      description: props.description,
      appliedFor: [props.appliedFor],
      imageTagMutability: tagMutability.value,
      imageTagMutabilityExclusionFilter: tagMutability.filters?.map((filter) => ({ filter, filterType: 'WILDCARD' })),
      lifecyclePolicy: lifecyclePolicy(props),
      repositoryPolicy: repositoryPolicy.length === 0 ? undefined : policyJson(repositoryPolicy),
      encryptionConfiguration:
        encryptionKey === undefined ? [{ encryptionType: 'AES256' }] : [{ encryptionType: 'KMS', kmsKey: encryptionKey }],
      resourceTags: Object.keys(tags).length === 0 ? undefined : { ...tags },
      customRoleArn: role?.role.arn,
      dependsOn: role && [role.policy],
    });
  }
}

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates-custom.html */
function templateRole(scope: Construct, { registry, prefix, encryptionKey }: CreationTemplateProps): ServiceRole {
  const repositories: Statement = {
    Effect: 'Allow',
    Action: ['ecr:CreateRepository', 'ecr:ReplicateImage', 'ecr:TagResource'],
    Resource: [registry.repositories(prefix)],
  };
  const key: Statement[] =
    encryptionKey === undefined
      ? []
      : [{ Effect: 'Allow', Action: ['kms:CreateGrant', 'kms:RetireGrant', 'kms:DescribeKey'], Resource: [encryptionKey] }];
  return new ServiceRole(scope, 'Role', {
    purpose: 'ecr-template',
    registry,
    prefix,
    service: 'ecr.amazonaws.com',
    statements: [repositories, ...key],
  });
}
