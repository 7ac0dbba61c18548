import type { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { ComputeRoute } from '@cdktf/provider-google/lib/compute-route';
import { ComputeRouter } from '@cdktf/provider-google/lib/compute-router';
import { ComputeRouterNat } from '@cdktf/provider-google/lib/compute-router-nat';
import { Construct } from 'constructs';
import { boundedName, NAME_LIMITS } from '../core';

export interface InternetAccessProps {
  /** Beginning of the names. */
  readonly name: string;
  readonly network: ComputeNetwork;
  readonly region: string;
}

/** A way out, and none in: Cloud NAT for all subnets of a region, and the default route that leads there. */
export class InternetAccess extends Construct {
  constructor(scope: Construct, id: string, props: InternetAccessProps) {
    super(scope, id);
    const { name, network, region } = props;
    new ComputeRoute(this, 'Route', {
      name: boundedName([name, 'internet'], NAME_LIMITS.rfc1035),
      network: network.id,
      destRange: '0.0.0.0/0',
      nextHopGateway: 'default-internet-gateway',
      description: 'Hosts outside Google, through Cloud NAT',
    });
    const router = new ComputeRouter(this, 'Router', {
      name: boundedName([name, region], NAME_LIMITS.rfc1035),
      network: network.id,
      region,
    });
    new ComputeRouterNat(this, 'Nat', {
      name: boundedName([name, region], NAME_LIMITS.rfc1035),
      router: router.name,
      region,
      natIpAllocateOption: 'AUTO_ONLY',
      sourceSubnetworkIpRangesToNat: 'ALL_SUBNETWORKS_ALL_PRIMARY_IP_RANGES',
      // Dropped connections look like a slow vendor; only these lines tell.
      logConfig: { enable: true, filter: 'ERRORS_ONLY' },
    });
  }
}
