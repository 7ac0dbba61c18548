import { SqlUser } from '@cdktf/provider-google/lib/sql-user';
import { Construct } from 'constructs';
import { Checks, dependOn } from '../../core';
import { type AuthProxyImage, authProxy, checkProxyImage, PROXY_ADDRESS, PROXY_PORT } from './auth-proxy';
import { connectionUrl, DATABASE_ROLE } from './connection-url';
import type { DatabaseAccount, DatabaseLogin } from './container-additions';
import { grantDatabase } from './database-grants';
import { DatabaseRole } from './database-role';
import type { GatewayDatabase } from './gateway-database';
import { outlive } from './outlive';

const DOMAIN = '.gserviceaccount.com';
const EMAIL = /^[a-z][a-z0-9-]{4,28}[a-z0-9]@[a-z][a-z0-9-]{4,28}[a-z0-9]\.iam\.gserviceaccount\.com$/;

export interface IamLoginProps extends AuthProxyImage {
  /** The instance that is logged in to. */
  readonly database: GatewayDatabase;
  /** What gateway and migrations run as: the service account becomes a user of the database. */
  readonly account: DatabaseAccount;
}

/** Logs in with the identity of the service account, through the auth proxy. There is no password anywhere. */
export class IamLogin extends Construct {
  /** What a container needs in order to log in. */
  readonly login: DatabaseLogin;

  constructor(scope: Construct, id: string, props: IamLoginProps) {
    super(scope, id);
    const { database, account, authProxyImage } = props;
    const check = new Checks(this);
    check.matches('account.email', account.email, EMAIL, 'the e-mail of a service account, NAME@PROJECT.iam.gserviceaccount.com');
    checkProxyImage(check, authProxyImage);
    check.done();

    const grants = grantDatabase(this, database, account, ['connect', 'login']);
    const user = new SqlUser(this, 'User', {
      // PostgreSQL has 63 characters for a name, so Cloud SQL cuts the end off that all of them have.
      name: account.email.slice(0, -DOMAIN.length),
      project: database.props.projectId,
      instance: database.resource.name,
      type: 'CLOUD_IAM_SERVICE_ACCOUNT',
    });
    outlive(user, ...grants);
    dependOn(user, ...account.ready);
    // Without it the user could connect, and not even make a table: since PostgreSQL 15 the schema `public` is closed.
    const role = new DatabaseRole(this, 'Role', { database, user, role: DATABASE_ROLE });
    this.login = {
      variables: {
        DATABASE_URL: connectionUrl({
          host: PROXY_ADDRESS,
          port: PROXY_PORT,
          database: database.databaseName,
          user: user.nameInput!,
          tls: 'disable',
        }),
      },
      secrets: {},
      files: {},
      sidecars: [authProxy(database, authProxyImage, { iam: true })],
      dependencies: [...account.ready, database, user, role, ...grants],
      revision: `iam ${database.connectionName} ${account.email}`,
    };
  }
}
