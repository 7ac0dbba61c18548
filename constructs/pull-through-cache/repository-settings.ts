import type { Checks, Labels } from '../core';
import type { Statement } from './policy';
import type { PrivateRegistry } from './private-registry';
import type { TagMutability } from './tag-mutability';

/** What ECR gives to repositories that it makes by itself. What is there already keeps what it was made with. */
export interface RepositorySettings {
  /**
   * For whom it is made; 0 to 255 characters.
   * @default none
   */
  readonly description?: string;
  /**
   * Whether a tag, once pushed, keeps its image.
   * @default that of the construct that makes the repositories
   */
  readonly tagMutability?: TagMutability;
  /**
   * Days after which untagged images expire, 1 to 3650.
   * @default 14
   */
  readonly expireUntaggedAfterDays?: number;
  /**
   * Of each repository the newest N images stay, 1 to 10,000.
   * @default all do
   */
  readonly keepImages?: number;
  /**
   * Tags of the repositories; the provider's default tags do not reach them.
   * @default none
   */
  readonly tags?: Labels;
  /**
   * ARN of a key in the registry's region.
   * @default AES256 with a key of AWS
   */
  readonly encryptionKey?: string;
  /**
   * Policy of each repository, beside that of the registry.
   * @default none
   */
  readonly repositoryPolicy?: readonly Statement[];
}

const KEY = /^arn:aws[a-z-]*:kms:([a-z0-9-]+):\d{12}:key\/[\w-]+$/;
const UNTAGGED_DAYS = 14;

export function checkSettings(check: Checks, settings: RepositorySettings, registry: PrivateRegistry): void {
  check.matches('description', settings.description, /^[\s\S]{0,255}$/, 'at most 255 characters');
  settings.tagMutability?.check(check);
  check.between('expireUntaggedAfterDays', settings.expireUntaggedAfterDays, 1, 3650);
  check.between('keepImages', settings.keepImages, 1, 10_000);
  // https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-using-tags.html
  check.between('number of tags', Object.keys(settings.tags ?? {}).length, 0, 50);
  const { encryptionKey } = settings;
  check.matches('encryptionKey', encryptionKey, KEY, 'the ARN of a KMS key: arn:aws:kms:REGION:ACCOUNT:key/ID');
  const keyRegion = KEY.exec(encryptionKey ?? '')?.[1];
  check.that(
    () => keyRegion === undefined || keyRegion === registry.region,
    `\`encryptionKey\` must be in the registry's region ${registry.region}, but it is in ${keyRegion}.`,
    encryptionKey,
    registry.region,
  );
}

/** A lifecycle policy: at most one rule for all tags, and that one last. */
export function lifecyclePolicy({ expireUntaggedAfterDays = UNTAGGED_DAYS, keepImages }: RepositorySettings): string {
  const expire = { type: 'expire' };
  const untagged = { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: expireUntaggedAfterDays };
  const newest = { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: keepImages };
  return JSON.stringify({
    rules: [
      { rulePriority: 1, description: 'untagged images', selection: untagged, action: expire },
      ...(keepImages === undefined ? [] : [{ rulePriority: 2, description: 'older images', selection: newest, action: expire }]),
    ],
  });
}
