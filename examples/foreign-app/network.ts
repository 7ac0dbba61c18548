import { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { ComputeSubnetwork } from '@cdktf/provider-google/lib/compute-subnetwork';
import type { Construct } from 'constructs';
import { AcmeStack, type Landscape } from './acme-stack';

/** The team's network, as it was before. */
export class NetworkStack extends AcmeStack {
  readonly network: ComputeNetwork;
  readonly subnet: ComputeSubnetwork;

  constructor(scope: Construct, landscape: Landscape) {
    super(scope, 'network', landscape);
    this.network = new ComputeNetwork(this, 'network', { name: this.nameOf('vpc'), autoCreateSubnetworks: false });
    this.subnet = new ComputeSubnetwork(this, 'subnet', {
      name: this.nameOf('subnet'),
      network: this.network.id,
      ipCidrRange: '10.20.0.0/24',
      privateIpGoogleAccess: true,
    });
  }
}
