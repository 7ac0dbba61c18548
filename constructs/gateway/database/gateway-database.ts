import { SqlDatabase } from '@cdktf/provider-google/lib/sql-database';
import { SqlDatabaseInstance } from '@cdktf/provider-google/lib/sql-database-instance';
import { Construct, type IDependable } from 'constructs';
import { Checks, dependOn } from '../../core';
import type { ConnectionSupply } from './connection-budget';
import type { DatabaseConnectivity, DatabasePath } from './database-connectivity';
import { databaseFlags, FIXED_FLAGS } from './database-flags';
import { checkTier, editionOf, isShared } from './database-tier';

export interface GatewayDatabaseProps {
  /**
   * 1 to 75 of a-z, 0-9 and dash. Cloud SQL holds the name of a deleted instance back for about a week: raise `generation` to make
   * another one sooner.
   */
  readonly name: string;
  /** Project ID. */
  readonly projectId: string;
  /** Region, e.g. europe-west4. */
  readonly region: string;
  /** How the instance is reached. */
  readonly connectivity: DatabaseConnectivity;
  /** Name of the tier, e.g. db-custom-2-7680. It decides how many connections there are. A change restarts the instance: minutes without it. */
  readonly tier: string;
  /**
   * PostgreSQL: POSTGRES_15 to POSTGRES_17.
   * @default POSTGRES_17
   */
  readonly version?: string;
  /**
   * A stand-by in another zone that takes over by itself. Twice the price.
   * @default false
   */
  readonly highAvailability?: boolean;
  /**
   * GB to begin with, 10 to 65536; it grows by itself.
   * @default 20
   */
  readonly diskGB?: number;
  /**
   * GB that it never grows beyond; 0: no limit.
   * @default 0
   */
  readonly diskLimitGB?: number;
  /**
   * Automatic backups that are kept, 1 to 365.
   * @default 14
   */
  readonly backups?: number;
  /**
   * Days to any second of which the database can be brought back: 1 to 7, with ENTERPRISE_PLUS to 35.
   * @default 7
   */
  readonly recoveryDays?: number;
  /**
   * Hour (UTC) at which backups begin, 0 to 23.
   * @default 2
   */
  readonly backupHour?: number;
  /**
   * When Google may restart it. Updates come on the stable track, after others had them.
   * @default Sunday (7) at 3 UTC
   */
  readonly maintenance?: {
    /** 1: Monday, to 7: Sunday. */
    readonly day: number;
    /** 0 to 23, UTC. */
    readonly hour: number;
  };
  /**
   * Flag `max_connections`. A change restarts the instance.
   * @default none, the tier decides
   */
  readonly maxConnections?: number;
  /**
   * Further flags; they win over ours.
   * @default none
   */
  readonly flags?: Readonly<Record<string, string>>;
  /**
   * Ask every client for a certificate: then only the auth proxy gets in, which has one.
   * @default false, but TLS is required
   */
  readonly clientCertificates?: boolean;
  /**
   * Full name of a key in the same region. The agent of Cloud SQL must be allowed to use it before. It cannot be changed.
   * @default Google-managed
   */
  readonly encryptionKey?: string;
  /**
   * What the instance waits for: grants on the key, the API.
   * @default nothing
   */
  readonly after?: readonly IDependable[];
  /**
   * While true, neither Terraform nor anybody with another tool can delete the instance.
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * Raise it for another instance with the same settings, e.g. after a deletion.
   * @default 1
   */
  readonly generation?: number;
}

const KEY = /^projects\/[^/]+\/locations\/([^/]+)\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/;

/** PostgreSQL for the gateway: keys, budgets, spend. Reached over private addresses only, always with TLS. */
export class GatewayDatabase extends Construct {
  readonly resource: SqlDatabaseInstance;
  /** Name of the database in it. */
  readonly databaseName = 'litellm';
  /** How it is reached. */
  readonly path: DatabasePath;
  /** Name of the instance, with its generation. */
  readonly instanceName: string;

  constructor(
    scope: Construct,
    id: string,
    readonly props: GatewayDatabaseProps,
  ) {
    super(scope, id);
    this.check();
    const { projectId: project, region, connectivity, tier } = props;
    const generation = props.generation ?? 1;
    const deletionProtection = props.deletionProtection ?? true;
    this.instanceName = generation === 1 ? props.name : `${props.name}-${generation}`;

    this.resource = new SqlDatabaseInstance(this, 'Resource', {
      name: this.instanceName,
      project,
      region,
      databaseVersion: props.version ?? 'POSTGRES_17',
      encryptionKeyName: props.encryptionKey,
      deletionProtection,
      settings: {
        tier,
        edition: editionOf(tier),
        availabilityType: props.highAvailability ? 'REGIONAL' : 'ZONAL',
        diskType: 'PD_SSD',
        diskSize: props.diskGB ?? 20,
        diskAutoresize: true,
        diskAutoresizeLimit: props.diskLimitGB ?? 0,
        deletionProtectionEnabled: deletionProtection,
        databaseFlags: databaseFlags(props.maxConnections, props.flags),
        backupConfiguration: {
          enabled: true,
          startTime: `${String(props.backupHour ?? 2).padStart(2, '0')}:00`,
          pointInTimeRecoveryEnabled: true,
          transactionLogRetentionDays: props.recoveryDays ?? 7,
          backupRetentionSettings: { retainedBackups: props.backups ?? 14, retentionUnit: 'COUNT' },
        },
        ipConfiguration: {
          ...connectivity.ipConfiguration,
          sslMode: props.clientCertificates ? 'TRUSTED_CLIENT_CERTIFICATE_REQUIRED' : 'ENCRYPTED_ONLY',
        },
        insightsConfig: {
          queryInsightsEnabled: true,
          queryStringLength: 1024,
          recordApplicationTags: true,
          // Every client is an instance of the gateway, and its address says nothing.
          recordClientAddress: false,
        },
        maintenanceWindow: { ...(props.maintenance ?? { day: 7, hour: 3 }), updateTrack: 'stable' },
      },
      // The disk grows by itself. Brought back to what stands here it would shrink, which is a new instance without the data.
      // And a destroy is refused while it is planned, not when the service in front is gone already.
      lifecycle: { ignoreChanges: ['settings[0].disk_size'], preventDestroy: deletionProtection },
      timeouts: { create: '60m', update: '60m', delete: '60m' },
    });
    dependOn(this.resource, ...connectivity.before, ...(props.after ?? []));
    this.path = connectivity.path(this, this.instanceName, project, region, this.resource);
    new SqlDatabase(this, 'Database', {
      name: this.databaseName,
      project,
      instance: this.resource.name,
      // Goes with its instance. By itself it could not: roles hold objects in it.
      deletionPolicy: 'ABANDON',
    });
  }

  /** projects/P/instances/I */
  get fullName(): string {
    return `projects/${this.props.projectId}/instances/${this.instanceName}`;
  }

  /** PROJECT:REGION:INSTANCE, as the auth proxy wants it. */
  get connectionName(): string {
    return `${this.props.projectId}:${this.props.region}:${this.instanceName}`;
  }

  /** What a connection budget is held against. */
  get supply(): ConnectionSupply {
    return { tier: this.props.tier, maxConnections: this.props.maxConnections };
  }

  private check(): void {
    const { props } = this;
    const check = new Checks(this);
    check.matches(
      'name',
      props.name,
      /^[a-z]([a-z0-9-]{0,73}[a-z0-9])?$/,
      'at most 75 of a-z, 0-9 and dash, starting with a letter, not ending with a dash',
    );
    check.matches('version', props.version, /^POSTGRES_1[5-7]$/, 'POSTGRES_15, POSTGRES_16 or POSTGRES_17');
    checkTier(check, props.tier);
    check.that(
      () => !(props.highAvailability && isShared(props.tier)),
      `\`highAvailability\` with ${props.tier}: shared-core tiers have no service level; take db-custom-1-3840 or larger.`,
    );
    check.between('diskGB', props.diskGB, 10, 65_536);
    check.between('diskLimitGB', props.diskLimitGB, 0, 65_536);
    check.that(
      () => !props.diskLimitGB || props.diskLimitGB >= (props.diskGB ?? 20),
      `\`diskLimitGB\`, ${props.diskLimitGB}, is less than the disk begins with, ${props.diskGB ?? 20}.`,
    );
    check.between('backups', props.backups, 1, 365);
    check.between('recoveryDays', props.recoveryDays, 1, editionOf(props.tier) === 'ENTERPRISE_PLUS' ? 35 : 7);
    check.that(
      () => (props.recoveryDays ?? 7) <= (props.backups ?? 14),
      `\`backups\`, ${props.backups ?? 14}, is less than \`recoveryDays\`, ${props.recoveryDays ?? 7}: a day without a backup cannot be recovered.`,
    );
    check.between('backupHour', props.backupHour, 0, 23);
    check.between('maintenance.day', props.maintenance?.day, 1, 7);
    check.between('maintenance.hour', props.maintenance?.hour, 0, 23);
    check.between('maxConnections', props.maxConnections, 25, 262_143);
    check.between('generation', props.generation, 1, 1_000_000);
    for (const [flag, reason] of Object.entries(FIXED_FLAGS)) {
      check.that(() => !(flag in (props.flags ?? {})), `\`flags.${flag}\`: ${reason}.`);
    }
    check.matches('encryptionKey', props.encryptionKey, KEY, 'projects/P/locations/L/keyRings/R/cryptoKeys/K');
    const keyRegion = KEY.exec(props.encryptionKey ?? '')?.[1];
    check.that(
      () => keyRegion === undefined || keyRegion === props.region,
      `\`encryptionKey\` must be in the region of the instance, ${props.region}, but ${props.encryptionKey} is in ${keyRegion}.`,
      props.encryptionKey,
    );
    props.connectivity.check(check, props.region);
    check.done();
  }
}
