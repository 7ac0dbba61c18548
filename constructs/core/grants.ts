import type { IConstruct } from 'constructs';
import { Token } from './cdktf';
import { ValidationError } from './errors';

/** Members that would open a thing to the world. */
const EVERYBODY = ['allUsers', 'allAuthenticatedUsers'];
const MEMBER = /^(user|group|serviceAccount|domain|principal|principalSet):.+$/;

/**
 * Checks the member of a grant on `scope` and gives the grant its construct id: `<purpose> <id>`. The id is the member, unless that is
 * known only to Terraform; then one must be given.
 */
export function grantId(scope: IConstruct, purpose: string, member: string, id: string | undefined): string {
  if (Token.isUnresolved(member)) {
    if (id === undefined) {
      throw new ValidationError(scope, `${purpose}: the member is known only to Terraform, so the grant needs an id as well.`);
    }
  } else if (EVERYBODY.includes(member) || !MEMBER.test(member)) {
    throw new ValidationError(
      scope,
      `${purpose}: the member must be one user:, group:, serviceAccount:, domain:, principal: or principalSet:, got: "${member}".`,
    );
  }
  return `${purpose} ${id ?? member}`;
}
