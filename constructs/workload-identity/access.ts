import type { Construct } from 'constructs';
import { Annotations, type Checks, type TerraformResource } from '../core';
import { type Principal, waitFor } from './principal';
import { assessRole, impersonates } from './roles';
import type { GrantCondition, Target } from './target';

/** One role on one thing. */
export interface Access {
  /** A predefined role, roles/SERVICE.NAME, or one of your own, projects/PROJECT/roles/ID. */
  readonly role: string;
  /** What it is granted on. */
  readonly on: Target;
  /**
   * Narrows the grant.
   * @default none
   */
  readonly condition?: GrantCondition;
}

/** Checks what somebody wants to grant; warnings go to `scope`. */
export function checkAccess(check: Checks, scope: Construct, access: readonly Access[]): void {
  const seen = new Set<string>();
  for (const { role, on, condition } of access) {
    const finding = assessRole(role);
    if (finding?.level === 'error') check.add(`${on.label}: ${finding.message}`);
    if (finding?.level === 'warning') Annotations.of(scope).addWarning(`${on.label}: ${finding.message}`);
    if (on.service === undefined && impersonates(role)) {
      check.add(`${role} on a whole ${on.label} lets one become every service account in it. Grant it on the one account.`);
    }
    const service = /^roles\/([^.]+)\./.exec(role)?.[1];
    if (on.service !== undefined && service !== undefined && service !== on.service) {
      check.add(`${role} means nothing on the ${on.label}: only roles/${on.service}.… does.`);
    }
    const objection = on.objection(role, condition);
    if (objection !== undefined) check.add(`${on.label}: ${objection}`);
    const key = grantKey({ role, on });
    if (seen.has(key)) check.add(`${role} on the ${on.label} stands twice. Remove one of the two.`);
    seen.add(key);
  }
}

/** Grants to each principal what the list says, a resource each. Their ids say who gets what, so that a plan can be read. */
export function grantAccess(scope: Construct, principal: Principal, access: readonly Access[]): TerraformResource[] {
  return access.map(({ role, on, condition }) =>
    on.make(scope, grantKey({ role, on }), { role, member: principal.member, condition, dependsOn: waitFor(principal) }),
  );
}

const grantKey = ({ role, on }: Access): string => `${role.replaceAll('/', '.')} on ${on.label}`;
