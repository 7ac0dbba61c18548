import { resource, type Rule } from '../rule';
import type { StackElement } from '../stack';

const TEMPLATE = 'aws_ecr_repository_creation_template';
const CACHE = 'aws_ecr_pull_through_cache_rule';
const REPOSITORY = 'aws_ecr_repository';
const SCANNING = 'aws_ecr_registry_scanning_configuration';
const SECRET = 'aws_secretsmanager_secret';

const PRIVATE_ECR = /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/;
const IMMUTABLE = ['IMMUTABLE', 'IMMUTABLE_WITH_EXCLUSION'];

/** In a registry of one's own, tags that are immutable here are so there: a refresh has nothing to change. */
function isOfPrivateRegistry(template: StackElement): boolean {
  const prefix = template.text('prefix');
  const rule = template.stack.ofType(CACHE).find((each) => prefix && each.text('ecr_repository_prefix')?.is(prefix.known));
  return rule?.text('upstream_registry_url')?.matches(PRIVATE_ECR) ?? false;
}

const template = (settings: object) => resource(TEMPLATE, { prefix: 'approved', applied_for: ['REPLICATION'], ...settings });
const cacheTemplate = (settings: object) => template({ prefix: 'docker-hub', applied_for: ['PULL_THROUGH_CACHE'], ...settings });
const cache = (settings: object, others: object = {}) =>
  resource(CACHE, { ecr_repository_prefix: 'docker-hub', upstream_registry_url: 'registry-1.docker.io', ...settings }, others);
const key = 'arn:aws:kms:eu-central-1:432109876543:key/8f1c2f6e-1d57-4a0b-9a35-6f0f4b8a2c11';
const role = 'arn:aws:iam::432109876543:role/ecr-template';

/** Repositories of ECR, and the templates that make them: scanners look at the repositories only, which nobody writes down for a cache. */
export const IMAGE_CACHES: readonly Rule[] = [
  {
    id: 'ECR-001',
    level: 'error',
    title: 'What is replicated cannot be replaced',
    reason: 'Approved images get here under the tag that production names. A tag that can be moved makes the approval worthless.',
    fix: 'Set `image_tag_mutability` to IMMUTABLE in templates for REPLICATION.',
    types: [TEMPLATE],
    maps: { checkov: ['CKV_AWS_51'], trivy: ['AWS-0031'] },
    check: (element, judge) => {
      const replication = element.texts('applied_for').some((each) => each.is('REPLICATION'));
      if (replication && !element.text('image_tag_mutability')?.is(...IMMUTABLE)) judge('is not IMMUTABLE', 'image_tag_mutability');
    },
    good: template({ image_tag_mutability: 'IMMUTABLE' }),
    bad: template({}),
  },
  {
    id: 'ECR-002',
    level: 'warning',
    title: 'Caches can be refreshed',
    reason:
      'ECR cannot update an immutable tag of a cache: `latest` stays for ever what it was on the day of its first pull, without a word.',
    fix: 'Leave `image_tag_mutability` at MUTABLE in templates for PULL_THROUGH_CACHE, and pin by digest what must not move.',
    types: [TEMPLATE],
    maps: {},
    check: (element, judge) => {
      const caches = element.texts('applied_for').some((each) => each.is('PULL_THROUGH_CACHE'));
      if (!caches || isOfPrivateRegistry(element)) return;
      if (element.text('image_tag_mutability')?.is('IMMUTABLE')) judge('is IMMUTABLE', 'image_tag_mutability');
    },
    good: cacheTemplate({ image_tag_mutability: 'MUTABLE' }),
    bad: cacheTemplate({ image_tag_mutability: 'IMMUTABLE' }),
  },
  {
    id: 'ECR-003',
    level: 'warning',
    title: 'Production images are encrypted with a key of your own',
    reason: 'Only then does disabling the key stop every pull, and only then does its log say who has pulled.',
    fix: 'Set `encryption_configuration` with `encryption_type = "KMS"` and `kms_key`.',
    types: [TEMPLATE, REPOSITORY],
    when: 'production',
    maps: { checkov: ['CKV_AWS_136'], trivy: ['AWS-0033'] },
    check: (element, judge) => {
      const type = element.text('encryption_configuration.encryption_type');
      if (!type?.is('KMS', 'KMS_DSSE')) judge('is not KMS', 'encryption_configuration.encryption_type');
    },
    good: template({ encryption_configuration: [{ encryption_type: 'KMS', kms_key: key }] }),
    bad: template({ encryption_configuration: [{ encryption_type: 'AES256' }] }),
  },
  {
    id: 'ECR-004',
    level: 'warning',
    title: 'Images that nobody pulls go',
    reason:
      'A cache keeps every image that was ever pulled: it costs, and what is found in old ones hides what is found in those that run.',
    fix: 'Set `lifecycle_policy`: expire untagged images after days, others by number.',
    types: [TEMPLATE],
    maps: {},
    check: (element, judge) => {
      if (!element.has('lifecycle_policy')) judge('is not set', 'lifecycle_policy');
    },
    good: cacheTemplate({ lifecycle_policy: '{"rules":[{"rulePriority":1}]}' }),
    bad: cacheTemplate({}),
  },
  {
    id: 'ECR-005',
    level: 'error',
    title: 'A template that encrypts or tags has a role',
    reason: 'Without one ECR uses a role of its own that may only create repositories: the first pull of every image fails.',
    fix: 'Set `custom_role_arn` to a role that ecr.amazonaws.com may take.',
    types: [TEMPLATE],
    maps: {},
    check: (element, judge) => {
      const encrypts = element.text('encryption_configuration.encryption_type')?.is('KMS', 'KMS_DSSE') ?? false;
      if ((encrypts || element.has('resource_tags')) && !element.has('custom_role_arn')) judge('is not set', 'custom_role_arn');
    },
    good: template({ resource_tags: { team: 'ai-platform' }, custom_role_arn: role }),
    bad: template({ resource_tags: { team: 'ai-platform' } }),
  },
  {
    id: 'ECR-006',
    level: 'error',
    title: 'A cache has a prefix of its own',
    reason: 'ROOT takes in every repository without a better match: an image that somebody forgot to push is then fetched from a stranger.',
    fix: 'Name a prefix, e.g. `docker-hub`.',
    types: [CACHE, TEMPLATE],
    maps: {},
    check: (element, judge) => {
      for (const name of ['ecr_repository_prefix', 'upstream_repository_prefix', 'prefix'])
        if (element.text(name)?.is('ROOT')) judge('is ROOT', name);
    },
    good: cache({}),
    bad: cache({ ecr_repository_prefix: 'ROOT' }),
  },
  {
    id: 'ECR-007',
    level: 'error',
    title: 'Production caches no public registry',
    reason: 'What is replaced or deleted there reaches production unseen.',
    fix: 'Let production pull from a private registry that holds what was scanned and approved.',
    types: [CACHE],
    when: 'production',
    maps: {},
    check: (element, judge) => {
      const upstream = element.text('upstream_registry_url');
      if (upstream && !upstream.matches(PRIVATE_ECR)) judge(`is ${upstream.known}`, 'upstream_registry_url');
    },
    good: cache({ ecr_repository_prefix: 'approved', upstream_registry_url: '123450987654.dkr.ecr.eu-central-1.amazonaws.com' }),
    bad: cache({}),
  },
  {
    id: 'ECR-008',
    level: 'warning',
    title: 'A cache has a creation template',
    reason:
      'Without one its repositories have no lifecycle, no key, no tags: the settings apply when a repository is made, and never later.',
    fix: `Add an \`${TEMPLATE}\` with the prefix of the cache.`,
    types: [CACHE],
    maps: {},
    check: (element, judge) => {
      const prefix = element.text('ecr_repository_prefix');
      if (!prefix) return;
      const covers = (known: string): boolean => known === 'ROOT' || prefix.known === known || prefix.known.startsWith(`${known}/`);
      const found = element.stack.ofType(TEMPLATE).some((each) => covers(each.text('prefix')?.known ?? ''));
      if (!found) judge('has no creation template in this stack', 'ecr_repository_prefix');
    },
    good: cache({}, { [TEMPLATE]: { example: { prefix: 'docker-hub', applied_for: ['PULL_THROUGH_CACHE'] } } }),
    bad: cache({}),
  },
  {
    id: 'ECR-009',
    level: 'error',
    title: 'The secret of a cache has the name that ECR demands',
    reason: 'ECR takes only secrets whose name starts with `ecr-pullthroughcache/`, and says so when the stack is applied.',
    fix: 'Name the secret `ecr-pullthroughcache/…`.',
    types: [CACHE],
    maps: {},
    check: (element, judge) => {
      const secret = element.target('credential_arn');
      const name = secret?.type === SECRET ? secret.text('name') : undefined;
      const arn = name ?? element.text('credential_arn');
      if (!arn) return;
      const kept = name ? name.startsWith('ecr-pullthroughcache/') : arn.matches(/:secret:ecr-pullthroughcache\//);
      if (!kept) judge('is of a secret with another name', 'credential_arn');
    },
    good: cache({ credential_arn: `\${${SECRET}.hub.arn}` }, { [SECRET]: { hub: { name: 'ecr-pullthroughcache/docker-hub' } } }),
    bad: cache({ credential_arn: `\${${SECRET}.hub.arn}` }, { [SECRET]: { hub: { name: 'docker-hub' } } }),
  },
  {
    id: 'ECR-010',
    level: 'error',
    title: 'The registry scans everything that comes in',
    reason: 'Repositories of caches are made on the first pull; only the setting of the registry reaches them.',
    fix: 'Give the scanning configuration a rule with the filter `*`.',
    types: [SCANNING],
    maps: { checkov: ['CKV_AWS_163'], trivy: ['AWS-0030'] },
    check: (element, judge) => {
      const filters = element.blocks('rule').flatMap((rule) => rule.blocks('repository_filter').map((each) => each.text('filter')));
      if (!filters.some((filter) => filter?.is('*'))) judge('leaves repositories out', 'rule');
    },
    good: resource(SCANNING, {
      scan_type: 'ENHANCED',
      rule: [{ scan_frequency: 'CONTINUOUS_SCAN', repository_filter: [{ filter: '*', filter_type: 'WILDCARD' }] }],
    }),
    bad: resource(SCANNING, {
      scan_type: 'ENHANCED',
      rule: [{ scan_frequency: 'CONTINUOUS_SCAN', repository_filter: [{ filter: 'approved', filter_type: 'WILDCARD' }] }],
    }),
  },
  {
    id: 'ECR-011',
    level: 'error',
    title: 'Production repositories keep their tags and their images',
    reason: 'A rollback must find the image that it names, and `force_delete` takes every image with the repository.',
    fix: 'Set `image_tag_mutability` to IMMUTABLE and remove `force_delete`.',
    types: [REPOSITORY],
    when: 'production',
    maps: { checkov: ['CKV_AWS_51'], trivy: ['AWS-0031'] },
    check: (element, judge) => {
      if (!element.text('image_tag_mutability')?.is(...IMMUTABLE)) judge('is not IMMUTABLE', 'image_tag_mutability');
      if (element.flag('force_delete')) judge('is true', 'force_delete');
    },
    good: resource(REPOSITORY, { name: 'gateway', image_tag_mutability: 'IMMUTABLE' }),
    bad: resource(REPOSITORY, { name: 'gateway', image_tag_mutability: 'IMMUTABLE', force_delete: true }),
  },
];
