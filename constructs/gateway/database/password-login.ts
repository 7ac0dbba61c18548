import { SqlUser } from '@cdktf/provider-google/lib/sql-user';
import { Construct } from 'constructs';
import { boundedName, Checks, dependOn, NAME_LIMITS, TerraformData } from '../../core';
import type { Replication } from '../../secrets';
import { generate } from '../../secrets/generation';
import { checkGeneration } from '../../secrets/written-version';
import { type AuthProxyImage, authProxy, checkProxyImage, PROXY_ADDRESS, PROXY_PORT } from './auth-proxy';
import { type ConnectionTarget, connectionUrl } from './connection-url';
import type { DatabaseAccount, DatabaseLogin } from './container-additions';
import { grantDatabase } from './database-grants';
import type { GatewayDatabase } from './gateway-database';
import { LoginSecret } from './login-secret';
import { outlive } from './outlive';
import { StepRun } from './steps/step-run';

/** 62^40 values: more than a key of 128 bits. */
const PASSWORD_LENGTH = 40;
const POSTGRES_PORT = 5432;
/** Alternating: while one gets another password, the other is in use. */
const USERS = ['gateway_a', 'gateway_b'] as const;

export interface PasswordLoginProps extends Partial<AuthProxyImage> {
  /** The instance that is logged in to. */
  readonly database: GatewayDatabase;
  /** What gateway and migrations run as. */
  readonly account: DatabaseAccount;
  /**
   * Raise it by one to rotate. Odd versions log in as one user, even ones as the other, and only the user whose turn it is gets a new
   * password: revisions that still run keep theirs until the rotation after. So never by two, but after a rotation that failed halfway, and
   * not before the revision with the new version serves alone.
   * @default 1
   */
  readonly version?: number;
  /**
   * Full name of the Cloud Run service that logs in: projects/P/locations/R/services/S. With it, a rotation that would change the
   * password of a revision that serves is refused before it begins.
   * @default none, and nobody is asked
   */
  readonly service?: string;
  /**
   * Where the secrets are kept.
   * @default automatic
   */
  readonly replication?: Replication;
  /**
   * Of the secrets.
   * @default true
   */
  readonly deletionProtection?: boolean;
}

/** Logs in with a password that nobody has seen: it stands in Secret Manager and in the database, and in no file, plan or state. */
export class PasswordLogin extends Construct {
  /** What a container needs in order to log in. */
  readonly login: DatabaseLogin;
  /** User whose turn it is. */
  readonly userName: string;

  constructor(scope: Construct, id: string, props: PasswordLoginProps) {
    super(scope, id);
    const { database, account, version = 1 } = props;
    const proxied = database.props.clientCertificates ?? false;
    this.check(props, proxied);

    // Letters and digits: nobody between here and PostgreSQL has to encode them.
    const password = generate(this, { length: PASSWORD_LENGTH });
    const target: Omit<ConnectionTarget, 'user'> = {
      ...(proxied
        ? { host: PROXY_ADDRESS, port: PROXY_PORT, tls: 'disable' as const }
        : { host: database.path.host, port: POSTGRES_PORT, tls: 'require' as const }),
      database: database.databaseName,
      password,
    };
    const turn = (version - 1) % USERS.length;
    this.userName = USERS[turn]!;
    // The first version has no other user yet.
    const made = USERS.filter((_, index) => index === turn || version > 1).map((user) => this.user(props, target, user));
    const current = made.find(({ name }) => name === this.userName)!;
    this.guard(props, current);
    const { secretId } = current.secret;
    const reader = account.canRead(`projects/${database.props.projectId}/secrets/${current.secretId}`);
    dependOn(reader, current.secret.resource);
    outlive(reader);
    const grants = proxied ? grantDatabase(this, database, account, ['connect']) : [];

    this.login = {
      variables: {},
      secrets: { DATABASE_URL: { secret: secretId, version: current.secret.version.version } },
      files: {},
      sidecars: proxied ? [authProxy(database, props.authProxyImage!, { iam: false })] : [],
      dependencies: [...account.ready, database, current.user, current.secret.version, reader, ...grants],
      revision: `password ${database.connectionName} ${version}${proxied ? ' through the proxy' : ''}`,
    };
  }

  /** A user and the secret with the URL that it logs in with. */
  private user(props: PasswordLoginProps, target: Omit<ConnectionTarget, 'user'>, name: string) {
    const { database, version = 1 } = props;
    const scope = new Construct(this, name);
    const rests = name !== this.userName;
    const user = new SqlUser(scope, 'User', {
      name,
      project: database.props.projectId,
      instance: database.resource.name,
      passwordWo: target.password,
      passwordWoVersion: version,
      // A revision may still log in with the password that it has.
      lifecycle: rests ? { ignoreChanges: ['password_wo', 'password_wo_version'] } : undefined,
    });
    outlive(user);
    const secretId = boundedName([database.instanceName, 'login', name.slice(-1)], NAME_LIMITS.secret);
    const secret = new LoginSecret(scope, 'Secret', {
      secretId,
      replication: props.replication,
      deletionProtection: props.deletionProtection,
      url: connectionUrl({ ...target, user: name }),
      version,
      rests,
    });
    return { name, user, secret, secretId };
  }

  /** Before the password changes. The first one is nobody's. */
  private guard({ service, version = 1 }: PasswordLoginProps, { user, secret, secretId }: ReturnType<PasswordLogin['user']>): void {
    if (service === undefined || version === 1) return;
    const run = StepRun.of(this, 'guard-rotation');
    const billing = run.billingProject === undefined ? {} : { billingProject: run.billingProject };
    const guard = new TerraformData(this, 'Guard', {
      triggersReplace: { step: { service, secret: secretId, ...billing }, version },
      provisioners: [run.provisioner('self.triggers_replace.step', 'create')],
    });
    for (const guarded of [user, secret.version]) dependOn(guarded, guard);
  }

  private check(props: PasswordLoginProps, proxied: boolean): void {
    const check = new Checks(this);
    checkGeneration(check, props.version);
    checkProxyImage(check, props.authProxyImage);
    check.that(
      () => !proxied || props.authProxyImage !== undefined,
      'the database asks for client certificates, which only the auth proxy has: give `authProxyImage`.',
    );
    check.matches('service', props.service, /^projects\/[^/]+\/locations\/[^/]+\/services\/[^/]+$/, 'projects/P/locations/R/services/S');
    check.done();
  }
}
