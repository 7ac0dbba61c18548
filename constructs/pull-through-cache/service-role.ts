import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { Construct } from 'constructs';
import { boundedName, NAME_LIMITS } from '../core';
import { policyJson, type Statement, trustJson } from './policy';
import type { PrivateRegistry } from './private-registry';

export interface ServiceRoleProps {
  /** What it is for: the beginning of its name. */
  readonly purpose: string;
  readonly registry: PrivateRegistry;
  /** Prefix of the repositories. Roles are not regional, so both are in its name. */
  readonly prefix: string;
  /** Who assumes it. The two services of ECR that do are different ones. */
  readonly service: 'pullthroughcache.ecr.amazonaws.com' | 'ecr.amazonaws.com';
  readonly statements: readonly Statement[];
}

/** A role that a part of ECR assumes. */
export class ServiceRole extends Construct {
  readonly role: IamRole;
  /** Whoever names the role waits for what it may do. */
  readonly policy: IamRolePolicy;

  constructor(scope: Construct, id: string, { purpose, registry, prefix, service, statements }: ServiceRoleProps) {
    super(scope, id);
    this.role = new IamRole(this, 'Resource', {
      // A slash is not allowed in names, a plus not in prefixes: two prefixes never give one name.
      name: boundedName([purpose, registry.region, prefix.replaceAll('/', '+')], NAME_LIMITS.iamRole),
      assumeRolePolicy: trustJson(service),
    });
    this.policy = new IamRolePolicy(this, 'Policy', { name: purpose, role: this.role.name, policy: policyJson(statements) });
  }
}
