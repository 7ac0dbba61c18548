import { ComputeGlobalAddress } from '@cdktf/provider-google/lib/compute-global-address';
import type { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { ServiceNetworkingConnection } from '@cdktf/provider-google/lib/service-networking-connection';
import { ServiceNetworkingVpcServiceControls } from '@cdktf/provider-google/lib/service-networking-vpc-service-controls';
import { Construct } from 'constructs';
import { boundedName, NAME_LIMITS } from '../core';
import { splitRange } from './ranges';

const SERVICE = 'servicenetworking.googleapis.com';

export interface PrivateServicesAccessProps {
  /** Beginning of the names. */
  readonly name: string;
  readonly network: ComputeNetwork;
  /** Range that Google's producers take their addresses from. */
  readonly range: string;
}

/** A peering with the network in which Google runs Cloud SQL, Memorystore and others for this project. */
export class PrivateServicesAccess extends Construct {
  readonly connection: ServiceNetworkingConnection;

  constructor(scope: Construct, id: string, props: PrivateServicesAccessProps) {
    super(scope, id);
    const { network } = props;
    const range = new ComputeGlobalAddress(this, 'Range', {
      name: boundedName([props.name, 'private-services'], NAME_LIMITS.rfc1035),
      network: network.id,
      purpose: 'VPC_PEERING',
      addressType: 'INTERNAL',
      ...splitRange(props.range),
    });
    this.connection = new ServiceNetworkingConnection(this, 'Resource', {
      network: network.id,
      service: SERVICE,
      reservedPeeringRanges: [range.name],
      // Producers hold the peering for hours or days after their last instance is gone, and a delete fails as long (provider issue 16275).
      deletionPolicy: 'ABANDON',
    });
    // Takes the way to the internet from the producers too, and points them at the restricted VIP.
    new ServiceNetworkingVpcServiceControls(this, 'RestrictedProducers', {
      network: network.name,
      service: SERVICE,
      enabled: true,
      dependsOn: [this.connection],
    });
  }
}
