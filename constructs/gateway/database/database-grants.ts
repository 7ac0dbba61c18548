import { ProjectIamMember } from '@cdktf/provider-google/lib/project-iam-member';
import type { Construct } from 'constructs';
import type { DatabaseAccount } from './container-additions';
import type { GatewayDatabase } from './gateway-database';
import { dependOn } from '../../core';

const ROLES = {
  /** Fetch certificates and open a connection. */
  connect: 'roles/cloudsql.client',
  /** Log in as a database user of the same name. */
  login: 'roles/cloudsql.instanceUser',
} as const;

/**
 * Lets a service account use this instance, and no other of the project: https://cloud.google.com/sql/docs/postgres/iam-conditions
 */
export function grantDatabase(
  scope: Construct,
  database: GatewayDatabase,
  account: DatabaseAccount,
  uses: readonly (keyof typeof ROLES)[],
) {
  return uses.map((use) => {
    const grant = new ProjectIamMember(scope, use === 'connect' ? 'Client' : 'InstanceUser', {
      project: database.props.projectId,
      role: ROLES[use],
      member: `serviceAccount:${account.email}`,
      condition: {
        title: `only ${database.instanceName}`,
        expression: `resource.name == "${database.fullName}" && resource.service == "sqladmin.googleapis.com"`,
      },
    });
    dependOn(grant, ...account.ready);
    return grant;
  });
}
