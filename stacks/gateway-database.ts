import { Construct, type IDependable } from 'constructs';
import type { Environment } from '../configuration';
import { boundedName, Checks } from '../constructs/core';
import {
  type CacheNode,
  connectionBudget,
  type ContainerAdditions,
  type DatabaseAccount,
  DatabaseConnectivity,
  type DatabaseLogin,
  describeShortage,
  GatewayCache,
  GatewayDatabase,
  GatewayMigrations,
  IamLogin,
  PasswordLogin,
} from '../constructs/gateway/database';
import { Replication } from '../constructs/secrets';
import type { GatewaySection } from './gateway';
import type { GatewaySize } from './gateway-size';
import { encryptionKeyName, gatewayCacheName, gatewayDatabaseName, gatewayServiceName, networkId, repositoryName, subnetId } from './names';
import { traitsOf } from './tier';

type DatabaseSection = NonNullable<GatewaySection['database']>;

const SQL = 'sqladmin.googleapis.com';
const REDIS = 'redis.googleapis.com';
const CONNECTIVITY = 'networkconnectivity.googleapis.com';

interface DataSizes {
  readonly tier: string;
  readonly highAvailability: boolean;
  readonly node: CacheNode;
  readonly replicas: number;
}

/** Defaults of each tier. The gateway's default size fits the connections of its tier: `connectionBudget`. */
const SIZES: Readonly<Record<Environment['tier'], DataSizes>> = {
  development: { tier: 'db-custom-1-3840', highAvailability: false, node: 'nano', replicas: 0 },
  staging: { tier: 'db-custom-2-7680', highAvailability: false, node: 'small', replicas: 0 },
  production: { tier: 'db-custom-4-15360', highAvailability: true, node: 'small', replicas: 1 },
};

/** APIs that database and Redis need. */
export const gatewayDataApis = ({ database, redis }: GatewaySection): string[] => [
  ...(database ? [SQL] : []),
  ...(redis ? [REDIS, CONNECTIVITY] : []),
];

/** Of these, the ones that encrypt with keys of the foundation. */
export const gatewayDataAgents = ({ database, redis }: GatewaySection): string[] => [...(database ? [SQL] : []), ...(redis ? [REDIS] : [])];

/** APIs that the gateway's own containers call for them: the auth proxy asks for certificates, LiteLLM for the token that Redis takes. */
export const gatewayDataCalls = ({ database, redis }: GatewaySection): string[] => [
  ...(database?.login.authProxy ? [SQL] : []),
  ...(redis ? ['iamcredentials.googleapis.com'] : []),
];

/** What LiteLLM's configuration has to know of database and Redis. */
export const gatewayDataSettings = ({ database, redis }: GatewaySection) => ({
  redis: redis !== undefined,
  connectionsPerWorker: database?.connectionsPerWorker,
});

export interface EnvironmentGatewayDataProps {
  /** What gateway and migrations run as. */
  readonly account: DatabaseAccount;
  /** Image of LiteLLM, by digest. */
  readonly image: string;
  readonly size: GatewaySize;
  readonly connectionsPerWorker: number;
  /** The APIs of `gatewayDataApis`. */
  readonly after: readonly IDependable[];
}

/** What the gateway keeps: its database, migrated for its image, and the Redis that its instances share. */
export class EnvironmentGatewayData extends Construct {
  /** For the containers of the service. */
  readonly additions: readonly ContainerAdditions[];
  /** Done before a revision may serve. */
  readonly migrations: readonly IDependable[];

  constructor(
    scope: Construct,
    id: string,
    private readonly environment: Environment,
    { database, redis }: GatewaySection,
    private readonly props: EnvironmentGatewayDataProps,
  ) {
    super(scope, id);
    const login = database && this.database(database);
    this.migrations = database && login ? [this.migrate(database, login)] : [];
    this.additions = [...(login ? [login] : []), ...(redis ? [this.cache(redis).additions] : [])];
  }

  private database(settings: DatabaseSection): DatabaseLogin {
    const { environment, props } = this;
    const { tier, highAvailability } = { ...SIZES[environment.tier], ...given(settings, ['tier', 'highAvailability']) };
    this.checkConnections(tier, settings);
    const { connectivity, login, deletionProtection, migrations: _, connectionsPerWorker: _pool, ...same } = settings;
    const network = networkId(environment);
    const database = new GatewayDatabase(this, 'Database', {
      ...same,
      tier,
      highAvailability,
      name: gatewayDatabaseName(environment),
      projectId: environment.project.id,
      region: environment.region,
      connectivity:
        connectivity === 'private-services-access'
          ? DatabaseConnectivity.privateServicesAccess(network)
          : DatabaseConnectivity.privateServiceConnect({ network, subnetwork: subnetId(environment) }),
      encryptionKey: environment.encryption && encryptionKeyName(environment, 'database'),
      deletionProtection: deletionProtection ?? traitsOf(environment).protectsData,
      after: props.after,
    });
    const authProxyImage = login.authProxy && imageUri(environment, login.authProxy);
    if (login.kind === 'iam')
      return new IamLogin(this, 'Login', { database, account: props.account, authProxyImage: authProxyImage! }).login;
    return new PasswordLogin(this, 'Login', {
      database,
      account: props.account,
      version: login.version,
      service: `projects/${environment.project.id}/locations/${environment.region}/services/${gatewayServiceName(environment)}`,
      authProxyImage,
      replication: Replication.userManaged([
        { location: environment.region, kmsKey: environment.encryption && encryptionKeyName(environment, 'secrets') },
      ]),
      deletionProtection: deletionProtection ?? traitsOf(environment).protectsData,
    }).login;
  }

  private migrate({ migrations }: DatabaseSection, login: DatabaseLogin): GatewayMigrations {
    const { environment, props } = this;
    return new GatewayMigrations(this, 'Migrations', {
      ...migrations,
      // At most 49 characters, https://cloud.google.com/run/docs/create-jobs
      name: boundedName([gatewayServiceName(environment), 'migrations'], 49),
      projectId: environment.project.id,
      region: environment.region,
      image: props.image,
      account: props.account,
      login,
      network: { network: networkId(environment), subnetwork: subnetId(environment) },
      deletionProtection: traitsOf(environment).protectsData,
    });
  }

  private cache(settings: NonNullable<GatewaySection['redis']>): GatewayCache {
    const { environment, props } = this;
    const { node, replicas } = { ...SIZES[environment.tier], ...given(settings, ['node', 'replicas']) };
    return new GatewayCache(this, 'Cache', {
      name: gatewayCacheName(environment),
      projectId: environment.project.id,
      region: environment.region,
      network: { network: networkId(environment), subnetwork: subnetId(environment) },
      account: props.account,
      node,
      replicas,
      shards: settings.shards,
      encryptionKey: environment.encryption && encryptionKeyName(environment, 'cache'),
      deletionProtection: traitsOf(environment).protectsData,
      after: props.after,
    });
  }

  private checkConnections(tier: string, { maxConnections }: DatabaseSection): void {
    const { size, connectionsPerWorker } = this.props;
    const budget = connectionBudget({ instances: size.max, workers: size.cpu, connectionsPerWorker }, { tier, maxConnections });
    const check = new Checks(this);
    check.that(
      () => budget.fits,
      `gateway: ${describeShortage(budget)} These are gateway.database.connectionsPerWorker, gateway.scale.max and gateway.database.tier.`,
    );
    check.done();
  }
}

/** The keys that have a value. */
function given<T extends object, K extends keyof T>(settings: T, keys: readonly K[]): { [Key in K]?: NonNullable<T[Key]> } {
  return Object.fromEntries(keys.flatMap((key) => (settings[key] === undefined ? [] : [[key, settings[key]]]))) as {
    [Key in K]?: NonNullable<T[Key]>;
  };
}

const imageUri = (
  environment: Environment,
  { repository, name, digest }: { readonly repository: string; readonly name: string; readonly digest: string },
): string => `${environment.region}-docker.pkg.dev/${environment.project.id}/${repositoryName(environment, repository)}/${name}@${digest}`;
