import { createHash } from 'node:crypto';
import { expressions } from '../../core';

/** Hexadecimal digits: 40 bits, so that two of 1,000 revisions of a service meet once in two million services. */
const HASH_LENGTH = 10;

/** A revision's name has at most 63 characters, https://cloud.google.com/run/docs/managing/revisions, and a service's 49. */
export const MAX_SERVICE_NAME = Math.min(49, 63 - HASH_LENGTH - 1);

/**
 * Name of the revision that a template makes, as an expression. It says what is in the revision: the same template has the same name, so
 * that nothing happens, and another one another, which Cloud Run demands ("already exists", hashicorp/terraform-provider-google#14569).
 * What only Terraform knows (the number of a secret's version, an address) is part of it too, by value.
 * @param template as it is going to be synthesized, without its name
 */
export function revisionName(service: string, template: unknown, attempt: number): string {
  const known = createHash('sha256')
    .update(JSON.stringify([template, attempt]))
    .digest('hex');
  const parts = [`"${known}"`, ...expressions(template)].join(', ');
  return `${service}-\${substr(sha256(jsonencode([${parts}])), 0, ${HASH_LENGTH})}`;
}
