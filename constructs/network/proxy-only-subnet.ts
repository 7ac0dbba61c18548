import type { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { ComputeSubnetwork } from '@cdktf/provider-google/lib/compute-subnetwork';
import { Construct } from 'constructs';
import { boundedName, NAME_LIMITS } from '../core';

export interface ProxyOnlySubnetProps {
  /** Beginning of the name. */
  readonly name: string;
  readonly network: ComputeNetwork;
  readonly region: string;
  /** At least a /26; Google recommends a /23. */
  readonly range: string;
}

/** Addresses that internal application load balancers call from. A network needs one in each region that has any. */
export class ProxyOnlySubnet extends Construct {
  constructor(scope: Construct, id: string, { name, network, region, range }: ProxyOnlySubnetProps) {
    super(scope, id);
    new ComputeSubnetwork(this, 'Resource', {
      name: boundedName([name, region, 'proxies'], NAME_LIMITS.rfc1035),
      network: network.id,
      region,
      ipCidrRange: range,
      purpose: 'REGIONAL_MANAGED_PROXY',
      role: 'ACTIVE',
    });
  }
}
