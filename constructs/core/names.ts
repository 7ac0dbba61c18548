import { createHash } from 'node:crypto';

/** Length limits of the services, in characters. */
export const NAME_LIMITS = {
  /** Networks, subnets, routes, firewalls, addresses, DNS zones: https://cloud.google.com/compute/docs/naming-resources */
  rfc1035: 63,
  /** https://cloud.google.com/kms/docs/reference/rest/v1/projects.locations.keyRings/create */
  kms: 63,
  /** https://cloud.google.com/artifact-registry/docs/reference/rest/v1/projects.locations.repositories/create */
  repository: 63,
  /** https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets/create */
  secret: 255,
  /** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
  iamRole: 64,
} as const;

/** Hexadecimal digits of a shortened name's suffix: 32 bits, so that two of 1,000 long names meet once in 8,600 projects. */
const HASH_LENGTH = 8;

/**
 * The parts joined by dashes. A name that is too long keeps its beginning and ends in a hash of the whole, so the same parts always
 * give the same name and different parts different ones. Names never depend on chance, order or time: a name that moves replaces
 * what it names.
 */
export function boundedName(parts: readonly string[], maxLength: number): string {
  const name = parts.join('-');
  if (name.length <= maxLength) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, HASH_LENGTH);
  return `${name.slice(0, maxLength - HASH_LENGTH - 1).replace(/-+$/, '')}-${hash}`;
}
