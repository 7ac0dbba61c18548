import { ServiceAccount } from '@cdktf/provider-google/lib/service-account';
import { SecretManagerSecretIamMember } from '@cdktf/provider-google/lib/secret-manager-secret-iam-member';
import { Construct } from 'constructs';
import { type EnvironmentStack } from '../../../../constructs/core';
import {
  type DatabaseAccount,
  DatabaseConnectivity,
  type DatabaseLogin,
  GatewayDatabase,
  type GatewayDatabaseProps,
  GatewayMigrations,
  type GatewayMigrationsProps,
  IamLogin,
  PasswordLogin,
} from '../../../../constructs/gateway/database';

const REPOSITORY = 'europe-west4-docker.pkg.dev/acme-ai-test/test-gateway';
export const image = (digit: string): string => `${REPOSITORY}/litellm@sha256:${digit.repeat(64)}`;
export const PROXY_IMAGE = `${REPOSITORY}/cloud-sql-proxy@sha256:${'c'.repeat(64)}`;
export const NETWORK = 'projects/acme-ai-test/global/networks/test';
export const SUBNETWORK = 'projects/acme-ai-test/regions/europe-west4/subnetworks/test-europe-west4';

/** Stands in for GatewayAccount. */
export class Account extends Construct implements DatabaseAccount {
  readonly email = 'test-gateway@acme-ai-test.iam.gserviceaccount.com';
  readonly ready: readonly ServiceAccount[];

  constructor(scope: Construct) {
    super(scope, 'Account');
    this.ready = [new ServiceAccount(this, 'Resource', { accountId: 'test-gateway', project: 'acme-ai-test' })];
  }

  canRead(secretName: string): SecretManagerSecretIamMember {
    return new SecretManagerSecretIamMember(this, `Reads ${secretName.split('/').pop()}`, {
      secretId: secretName,
      role: 'roles/secretmanager.secretAccessor',
      member: `serviceAccount:${this.email}`,
      dependsOn: [...this.ready],
    });
  }
}

export const databaseProps = (over: Partial<GatewayDatabaseProps> = {}): GatewayDatabaseProps => ({
  name: 'test-gateway',
  projectId: 'acme-ai-test',
  region: 'europe-west4',
  connectivity: DatabaseConnectivity.privateServicesAccess(NETWORK),
  tier: 'db-custom-1-3840',
  ...over,
});

export interface Example {
  readonly database?: Partial<GatewayDatabaseProps>;
  readonly login?: 'iam' | 'password';
  /** Of the password. */
  readonly version?: number;
  /** Digit that the digest of the image is made of. */
  readonly image?: string;
  readonly migrations?: Partial<GatewayMigrationsProps>;
  /** What stands in for the service: depends on the migration. */
  readonly after?: (scope: Construct, login: DatabaseLogin, migrations: GatewayMigrations, account: Account) => void;
}

/** A database, a login and migrations, as a gateway stack has them. */
export function build(stack: EnvironmentStack, example: Example): { database: GatewayDatabase; login: DatabaseLogin } {
  const account = new Account(stack);
  const database = new GatewayDatabase(stack, 'Database', databaseProps(example.database));
  const { login } =
    example.login === 'password'
      ? new PasswordLogin(stack, 'Login', {
          database,
          account,
          version: example.version,
          service: 'projects/acme-ai-test/locations/europe-west4/services/test-gateway',
          authProxyImage: database.props.clientCertificates ? PROXY_IMAGE : undefined,
          deletionProtection: database.props.deletionProtection,
        })
      : new IamLogin(stack, 'Login', { database, account, authProxyImage: PROXY_IMAGE });
  const migrations = new GatewayMigrations(stack, 'Migrations', {
    name: 'test-gateway-migrations',
    projectId: 'acme-ai-test',
    region: 'europe-west4',
    image: image(example.image ?? '1'),
    account,
    login,
    network: { network: NETWORK, subnetwork: SUBNETWORK },
    deletionProtection: database.props.deletionProtection,
    ...example.migrations,
  });
  example.after?.(stack, login, migrations, account);
  return { database, login };
}
