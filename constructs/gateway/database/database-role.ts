import type { SqlUser } from '@cdktf/provider-google/lib/sql-user';
import { Construct } from 'constructs';
import { TerraformData } from '../../core';
import type { GatewayDatabase } from './gateway-database';
import { StepRun } from './steps/step-run';

export interface DatabaseRoleProps {
  readonly database: GatewayDatabase;
  readonly user: SqlUser;
  /** Name of the role. */
  readonly role: string;
}

/**
 * Makes a database user a member of a role. google 6.50 has no argument for it, and a user of type CLOUD_IAM_SERVICE_ACCOUNT begins with no
 * rights at all.
 */
export class DatabaseRole extends Construct {
  constructor(scope: Construct, id: string, { database, user, role }: DatabaseRoleProps) {
    super(scope, id);
    const run = StepRun.of(this, 'grant-role');
    const billing = run.billingProject === undefined ? {} : { billingProject: run.billingProject };
    new TerraformData(this, 'Resource', {
      triggersReplace: {
        step: { instance: database.fullName, user: user.nameInput, role, ...billing },
        // Another user, even of the same name, is no member yet.
        user: user.id,
      },
      provisioners: [run.provisioner('self.triggers_replace.step', 'create')],
      dependsOn: [user],
    });
  }
}
