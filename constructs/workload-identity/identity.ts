import { Construct } from 'constructs';
import { Checks } from '../core';
import { type Access, checkAccess, grantAccess } from './access';
import type { Principal } from './principal';

export interface IdentityProps {
  /** Who gets access. */
  readonly principal: Principal;
  /** What it may do. */
  readonly access: readonly Access[];
}

/** Access of one principal: of a federated subject, or of a service account. */
export class Identity extends Construct {
  constructor(scope: Construct, id: string, { principal, access }: IdentityProps) {
    super(scope, id);
    const check = new Checks(this);
    for (const problem of principal.problems) check.add(problem);
    checkAccess(check, this, access);
    check.done();
    grantAccess(this, principal, access);
  }
}
