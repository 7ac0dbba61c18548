import { NetworkConnectivityServiceConnectionPolicy } from '@cdktf/provider-google/lib/network-connectivity-service-connection-policy';
import { ProjectIamMember } from '@cdktf/provider-google/lib/project-iam-member';
import { RedisCluster } from '@cdktf/provider-google/lib/redis-cluster';
import { ServiceAccountIamMember } from '@cdktf/provider-google/lib/service-account-iam-member';
import { Construct, type IDependable } from 'constructs';
import { Checks, dependOn, Lazy } from '../../core';
import type { ContainerAdditions, DatabaseAccount } from './container-additions';

/** From small to large, with GB a shard: https://cloud.google.com/memorystore/docs/cluster/cluster-node-specification */
const NODES = {
  nano: 'REDIS_SHARED_CORE_NANO',
  small: 'REDIS_STANDARD_SMALL',
  medium: 'REDIS_HIGHMEM_MEDIUM',
  large: 'REDIS_HIGHMEM_XLARGE',
} as const;

export type CacheNode = keyof typeof NODES;

/** Memorystore's own; there is no other. */
const PORT = 6379;
const CA_FILE = '/tmp/gateway/redis-ca.pem';

export interface GatewayCacheProps {
  /** 1 to 40 of a-z, 0-9 and dash. */
  readonly name: string;
  /** Project ID. */
  readonly projectId: string;
  /** Region, e.g. europe-west4. */
  readonly region: string;
  /** Where it is reached from: it gets addresses in the subnet. */
  readonly network: {
    /** projects/P/global/networks/N */
    readonly network: string;
    /** projects/P/regions/R/subnetworks/S */
    readonly subnetwork: string;
  };
  /** What the gateway runs as: it logs in with this identity. */
  readonly account: DatabaseAccount;
  /**
   * nano 1.4 GB (no service level), small 6.5 GB, medium 13 GB, large 58 GB a shard. Counters are small.
   * @default small
   */
  readonly node?: CacheNode;
  /**
   * Copies of each shard in other zones, 0 to 2: without any, counters begin anew when a node fails.
   * @default 1
   */
  readonly replicas?: number;
  /**
   * 1 to 125.
   * @default 1
   */
  readonly shards?: number;
  /**
   * Full name of a key in the same region.
   * @default Google-managed
   */
  readonly encryptionKey?: string;
  /**
   * What must be there before: the APIs, grants on the key.
   * @default nothing
   */
  readonly after?: readonly IDependable[];
  /**
   * While true, a deploy that would delete it fails. It holds counters only.
   * @default true
   */
  readonly deletionProtection?: boolean;
}

/**
 * Redis that all instances of the gateway share: limits, cooldowns and budgets are counted there. With TLS, and login by identity: the
 * password of the other product (google_redis_instance, `auth_string`) would stand in the state.
 */
export class GatewayCache extends Construct {
  readonly resource: RedisCluster;
  /** What a container needs in order to use it: `GatewayService` takes it among its `additions`. */
  readonly additions: ContainerAdditions;

  constructor(scope: Construct, id: string, props: GatewayCacheProps) {
    super(scope, id);
    const check = new Checks(this);
    check.matches('name', props.name, /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/, 'at most 40 of a-z, 0-9 and dash, starting with a letter');
    check.between('replicas', props.replicas, 0, 2);
    check.between('shards', props.shards, 1, 125);
    check.done();
    const { projectId: project, region, account } = props;

    const connections = new NetworkConnectivityServiceConnectionPolicy(this, 'Connections', {
      name: props.name,
      project,
      location: region,
      serviceClass: 'gcp-memorystore-redis',
      network: props.network.network,
      pscConfig: { subnetworks: [props.network.subnetwork] },
      description: 'Lets Memorystore take addresses for the cache of the gateway.',
    });
    dependOn(connections, ...(props.after ?? []));
    this.resource = new RedisCluster(this, 'Resource', {
      name: props.name,
      project,
      region,
      nodeType: NODES[props.node ?? 'small'],
      shardCount: props.shards ?? 1,
      replicaCount: props.replicas ?? 1,
      authorizationMode: 'AUTH_MODE_IAM_AUTH',
      transitEncryptionMode: 'TRANSIT_ENCRYPTION_MODE_SERVER_AUTHENTICATION',
      kmsKey: props.encryptionKey,
      pscConfigs: [{ network: props.network.network }],
      // Full, it forgets the oldest counters; by default it would refuse every new one, and with it the request.
      redisConfigs: { 'maxmemory-policy': 'allkeys-lru' },
      deletionProtectionEnabled: props.deletionProtection ?? true,
      dependsOn: [connections],
    });

    const grants = [
      new ProjectIamMember(this, 'Login', { project, role: 'roles/redis.dbConnectionUser', member: `serviceAccount:${account.email}` }),
      // LiteLLM asks for the token that is its password by the name of the account, although it runs as that account.
      new ServiceAccountIamMember(this, 'Token', {
        serviceAccountId: `projects/${project}/serviceAccounts/${account.email}`,
        role: 'roles/iam.serviceAccountTokenCreator',
        member: `serviceAccount:${account.email}`,
      }),
    ];
    for (const grant of grants) dependOn(grant, ...account.ready);
    this.additions = {
      variables: this.variables(account),
      secrets: {},
      files: { [CA_FILE]: this.certificates },
      sidecars: [],
      dependencies: [this.resource, ...grants],
    };
  }

  /** Read by LiteLLM itself (litellm/_redis.py of 1.106.2), wherever its configuration asks for Redis. */
  private variables({ email }: DatabaseAccount): Record<string, string> {
    const host = this.resource.discoveryEndpoints.get(0).address;
    return {
      REDIS_HOST: host,
      REDIS_PORT: String(PORT),
      // What tells LiteLLM that it is a cluster.
      REDIS_CLUSTER_NODES: `[{"host": "${host}", "port": ${PORT}}]`,
      REDIS_SSL: 'True',
      REDIS_GCP_SSL_CA_CERTS: CA_FILE,
      // Nodes are reached by address, and certificates are issued to none. Who has one was made by this cluster's own authority.
      REDIS_SSL_CHECK_HOSTNAME: 'False',
      REDIS_GCP_SERVICE_ACCOUNT: `projects/-/serviceAccounts/${email}`,
    };
  }

  /** All that are valid now: when Google adds one, before it uses it, the next deploy makes a revision that knows it. */
  private get certificates(): string {
    const address = `${this.resource.terraformResourceType}.${this.resource.friendlyUniqueId}`;
    // A token: what carries the file takes plain text as it stands, and would write the expression itself into it.
    return Lazy.stringValue({ produce: () => `\${join("\\n", flatten(${address}.managed_server_ca[*].ca_certs[*].certificates))}` });
  }
}
