import { ComputeAddress } from '@cdktf/provider-google/lib/compute-address';
import { ComputeForwardingRule } from '@cdktf/provider-google/lib/compute-forwarding-rule';
import { DnsManagedZone } from '@cdktf/provider-google/lib/dns-managed-zone';
import { DnsRecordSet } from '@cdktf/provider-google/lib/dns-record-set';
import type { SqlDatabaseInstance, SqlDatabaseInstanceSettingsIpConfiguration } from '@cdktf/provider-google/lib/sql-database-instance';
import { Construct, type IDependable } from 'constructs';
import { boundedName, type Checks, NAME_LIMITS } from '../../core';

const NETWORK = /^projects\/[^/]+\/global\/networks\/[^/]+$/;
const SUBNETWORK = /^projects\/[^/]+\/regions\/([^/]+)\/subnetworks\/[^/]+$/;

export interface ConsumerNetwork {
  /** projects/P/global/networks/N */
  readonly network: string;
  /** projects/P/regions/R/subnetworks/S, in the instance's region: the address is taken from it. */
  readonly subnetwork: string;
}

/** What a path to the instance gives those who use it. */
export interface DatabasePath {
  /** Address that the instance is reached at. */
  readonly host: string;
  /** What must be there before somebody connects. */
  readonly dependencies: readonly IDependable[];
}

/** How the instance is reached. Never from the internet: there is no such option. */
export class DatabaseConnectivity {
  /**
   * An address in the range that is peered with Google. The peering (`PrivateServicesAccess`) must be there before, and outlives the
   * instance. The network cannot be changed later.
   * @param network projects/P/global/networks/N
   * @param peering what to wait for, when the peering is made in the same stack
   */
  static privateServicesAccess(network: string, peering: readonly IDependable[] = []): DatabaseConnectivity {
    return new DatabaseConnectivity('--private-ip', { ipv4Enabled: false, privateNetwork: network }, network, undefined, peering);
  }

  /** A service attachment of the instance's own, and an address of the network that leads to it. No peering; works across networks. */
  static privateServiceConnect(consumer: ConsumerNetwork): DatabaseConnectivity {
    const project = consumer.network.split('/')[1] ?? '';
    const ip = { ipv4Enabled: false, pscConfig: [{ pscEnabled: true, allowedConsumerProjects: [project] }] };
    return new DatabaseConnectivity('--psc', ip, consumer.network, consumer.subnetwork, []);
  }

  private constructor(
    /** Of the auth proxy. */
    readonly proxyFlag: '--private-ip' | '--psc',
    readonly ipConfiguration: SqlDatabaseInstanceSettingsIpConfiguration,
    private readonly network: string,
    private readonly subnetwork: string | undefined,
    /** The instance waits for them. */
    readonly before: readonly IDependable[],
  ) {}

  check(check: Checks, region: string): void {
    check.matches('connectivity.network', this.network, NETWORK, 'projects/P/global/networks/N');
    check.matches('connectivity.subnetwork', this.subnetwork, SUBNETWORK, 'projects/P/regions/R/subnetworks/S');
    const own = SUBNETWORK.exec(this.subnetwork ?? '')?.[1];
    check.that(
      () => own === undefined || own === region,
      `\`connectivity.subnetwork\` must be in the region of the instance, ${region}: ${this.subnetwork} is in ${own}.`,
      this.subnetwork,
    );
  }

  /** Makes what the consumer's side needs. */
  path(scope: Construct, name: string, projectId: string, region: string, instance: SqlDatabaseInstance): DatabasePath {
    if (this.subnetwork === undefined) return { host: instance.privateIpAddress, dependencies: [instance] };
    const consumer = new Consumer(scope, 'PrivateServiceConnect', {
      name,
      projectId,
      region,
      instance,
      network: this.network,
      subnetwork: this.subnetwork,
    });
    return { host: consumer.address, dependencies: [consumer] };
  }
}

interface ConsumerProps extends ConsumerNetwork {
  readonly name: string;
  readonly projectId: string;
  readonly region: string;
  readonly instance: SqlDatabaseInstance;
}

/** Address, forwarding rule, and the name that the auth proxy asks for. */
class Consumer extends Construct {
  readonly address: string;

  constructor(scope: Construct, id: string, { name, projectId: project, region, instance, network, subnetwork }: ConsumerProps) {
    super(scope, id);
    const own = boundedName([name, 'psc'], NAME_LIMITS.rfc1035);
    const address = new ComputeAddress(this, 'Address', {
      name: own,
      project,
      region,
      subnetwork,
      addressType: 'INTERNAL',
      description: `Private Service Connect to the Cloud SQL instance ${name}.`,
    });
    this.address = address.address;
    new ComputeForwardingRule(this, 'Rule', {
      name: own,
      project,
      region,
      network,
      ipAddress: address.id,
      target: instance.pscServiceAttachmentLink,
      // Empty, not absent: the default is an external load balancer.
      loadBalancingScheme: '',
      // The zone below is made by us: the name is the instance's own, and the proxy insists on it.
      noAutomateDnsZone: true,
      recreateClosedPsc: true,
    });
    const zone = new DnsManagedZone(this, 'Zone', {
      name: own,
      project,
      dnsName: instance.dnsName,
      visibility: 'private',
      privateVisibilityConfig: { networks: [{ networkUrl: network }] },
      description: `Cloud SQL instance ${name} through Private Service Connect.`,
    });
    new DnsRecordSet(this, 'Record', {
      name: instance.dnsName,
      project,
      managedZone: zone.name,
      type: 'A',
      ttl: 60,
      rrdatas: [address.address],
    });
  }
}
