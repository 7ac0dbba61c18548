import { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { ComputeSubnetwork } from '@cdktf/provider-google/lib/compute-subnetwork';
import { Construct } from 'constructs';
import { boundedName, Checks, NAME_LIMITS } from '../core';
import { EgressFirewall } from './egress-firewall';
import { InternetAccess } from './internet-access';
import { PrivateServicesAccess } from './private-services-access';
import { ProxyOnlySubnet } from './proxy-only-subnet';
import { IPV4_RANGE, IPV4_RANGE_RULE, overlap } from './ranges';
import { RestrictedGoogleAccess } from './restricted-google-access';

export interface PrivateNetworkProps {
  /** Name of the network and beginning of the names of what is in it: a-z, 0-9 and dash, at most 63. */
  readonly name: string;
  /** Region, e.g. europe-west4. */
  readonly region: string;
  /** Primary range of the subnet, e.g. 10.0.0.0/20. Cloud Run with direct VPC egress needs at least a /26. */
  readonly subnetRange: string;
  /**
   * Whether hosts outside Google can be called, on port 443, through Cloud NAT.
   * @default false, there is no way out
   */
  readonly nat?: boolean;
  /**
   * Range for Google's producers (Cloud SQL, Memorystore), peered with this network, e.g. 10.1.0.0/16.
   * @default no peering
   */
  readonly privateServicesRange?: string;
  /**
   * Range that internal load balancers of the region call from, at least a /26, e.g. 10.2.0.0/23.
   * @default none, there are no such
   */
  readonly proxyRange?: string;
  /**
   * VPC flow logs of the subnet.
   * @default false
   */
  readonly flowLogs?: boolean;
}

/**
 * A network from which Google's APIs are reached through the restricted VIP only, and nothing else unless asked for: no default
 * route, no default allow.
 */
export class PrivateNetwork extends Construct {
  readonly resource: ComputeNetwork;
  /** The one subnet, in `region`. */
  readonly subnet: ComputeSubnetwork;
  /** The peering with Google's producers. What lives behind it must wait for it. */
  readonly privateServices?: PrivateServicesAccess;

  constructor(scope: Construct, id: string, props: PrivateNetworkProps) {
    super(scope, id);
    this.check(props);
    const { name, region, nat = false } = props;

    this.resource = new ComputeNetwork(this, 'Resource', {
      name,
      autoCreateSubnetworks: false,
      deleteDefaultRoutesOnCreate: true,
    });
    this.subnet = new ComputeSubnetwork(this, 'Subnet', {
      name: boundedName([name, region], NAME_LIMITS.rfc1035),
      network: this.resource.id,
      region,
      ipCidrRange: props.subnetRange,
      privateIpGoogleAccess: true,
      logConfig: props.flowLogs
        ? { aggregationInterval: 'INTERVAL_5_MIN', flowSampling: 0.5, metadata: 'INCLUDE_ALL_METADATA' }
        : undefined,
    });

    const network = this.resource;
    new RestrictedGoogleAccess(this, 'GoogleAccess', { name, network });
    const internalRanges = [props.subnetRange];
    if (props.privateServicesRange !== undefined) {
      internalRanges.push(props.privateServicesRange);
      this.privateServices = new PrivateServicesAccess(this, 'PrivateServices', { name, network, range: props.privateServicesRange });
    }
    new EgressFirewall(this, 'Egress', { name, network, internalRanges, internet: nat });
    if (props.proxyRange !== undefined) new ProxyOnlySubnet(this, 'Proxies', { name, network, region, range: props.proxyRange });
    if (nat) new InternetAccess(this, 'Internet', { name, network, region });
  }

  private check(props: PrivateNetworkProps): void {
    const { name, subnetRange, privateServicesRange, proxyRange } = props;
    const check = new Checks(this);
    check.matches('name', name, /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, '1 to 63 of a-z, 0-9 and dash, starting with a letter');
    check.matches('subnetRange', subnetRange, IPV4_RANGE, IPV4_RANGE_RULE);
    check.matches('privateServicesRange', privateServicesRange, IPV4_RANGE, IPV4_RANGE_RULE);
    check.matches('proxyRange', proxyRange, IPV4_RANGE, IPV4_RANGE_RULE);
    for (const [other, range] of Object.entries({ subnetRange, privateServicesRange })) {
      check.that(
        () => proxyRange === undefined || range === undefined || !overlap(proxyRange, range),
        `\`proxyRange\` ${proxyRange} overlaps \`${other}\` ${range}: a subnet for proxies is for them alone. Move one.`,
        proxyRange,
        range,
      );
    }
    check.that(
      () => privateServicesRange === undefined || !overlap(subnetRange, privateServicesRange),
      `\`privateServicesRange\` ${privateServicesRange} overlaps \`subnetRange\` ${subnetRange}: the two are routed differently. Move one.`,
      subnetRange,
      privateServicesRange,
    );
    check.done();
  }
}
