import type { StackElement } from '../../policy/stack';
import { shownOf, textOf, textsOf } from '../value';
import type { MainType } from './main-type';

const prefix = (resource: StackElement, argument: string): string => textOf(resource, argument) ?? '…';

/** As policies of ECR name the repositories of a prefix. */
const repositories = (of: string): string[] => [`repository/${of}`];

export const AWS: Readonly<Record<string, MainType>> = {
  aws_ecr_pull_through_cache_rule: {
    kind: 'registry',
    what: () => 'ECR pull-through cache',
    title: (resource) => prefix(resource, 'ecr_repository_prefix'),
    lines: (resource) => [`of ${prefix(resource, 'upstream_registry_url')}`],
    names: (resource) => repositories(prefix(resource, 'ecr_repository_prefix')),
  },
  aws_ecr_repository_creation_template: {
    kind: 'registry',
    what: () => 'ECR repositories',
    title: (resource) => prefix(resource, 'prefix'),
    lines: (resource) => (textsOf(resource, 'applied_for').includes('REPLICATION') ? ['filled by replication'] : []),
    names: (resource) => repositories(prefix(resource, 'prefix')),
    // The template of a cache is a part of it.
    when: (resource) => !resource.stack.ofType('aws_ecr_pull_through_cache_rule').some((rule) => same(rule, resource)),
  },
  aws_ecr_repository: {
    kind: 'images',
    what: () => 'ECR repository',
    title: (resource) => shownOf(resource, 'name') ?? resource.address,
    names: (resource) => repositories(prefix(resource, 'name')),
  },
  aws_secretsmanager_secret: {
    kind: 'secret',
    what: () => 'Secret',
    title: (resource) => shownOf(resource, 'name') ?? resource.address,
    names: () => [],
  },
  aws_kms_key: {
    kind: 'key',
    what: () => 'Encryption key',
    title: (resource) => shownOf(resource, 'description') ?? resource.address,
    names: () => [],
  },
  aws_s3_bucket: {
    kind: 'storage',
    what: () => 'S3 bucket',
    title: (resource) => shownOf(resource, 'bucket') ?? resource.address,
    names: (resource) => [`arn:aws:s3:::${prefix(resource, 'bucket')}`],
  },
};

const same = (rule: StackElement, template: StackElement): boolean =>
  textOf(rule, 'ecr_repository_prefix') !== undefined && textOf(rule, 'ecr_repository_prefix') === textOf(template, 'prefix');
