import type { Construct } from 'constructs';
import type { Environment } from '../configuration';
import { EnvironmentStack } from '../constructs/core';
import { PrivateNetwork } from '../constructs/network';
import { ProjectServices } from '../constructs/project';
import { CustomerManagedKeys } from './customer-managed-keys';
import { EnvironmentImages } from './environment-images';
import { EnvironmentSecrets } from './environment-secrets';
import { gatewayDataAgents } from './gateway-database';
import { networkName, stackId } from './names';
import { stackProps } from './stack-props';

const COMPUTE = 'compute.googleapis.com';
const DNS = 'dns.googleapis.com';
const PEERING = 'servicenetworking.googleapis.com';
const KMS = 'cloudkms.googleapis.com';
const REGISTRY = 'artifactregistry.googleapis.com';
const SECRETS = 'secretmanager.googleapis.com';
/** Services that later stacks encrypt with keys from here. Their agents are granted to, so they must be there. */
const LATER = ['aiplatform.googleapis.com', 'bigquery.googleapis.com'];

/** What everything else of an environment stands on: APIs, network, keys, image repositories, secrets. */
export class FoundationStack extends EnvironmentStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, stackId(environment, 'foundation'), stackProps(environment));
    const { encryption, gateway, network } = environment;
    const peering = network.privateServicesAccess === undefined ? [] : [PEERING];
    const later = [...LATER, ...(gateway ? gatewayDataAgents(gateway) : [])];
    const services = new ProjectServices(this, 'Services', {
      services: [COMPUTE, DNS, REGISTRY, SECRETS, ...peering, ...(encryption ? [KMS, ...later] : [])],
    });

    new PrivateNetwork(this, 'Network', {
      name: networkName(environment),
      region: environment.region,
      subnetRange: network.subnet,
      nat: network.nat,
      privateServicesRange: network.privateServicesAccess,
      proxyRange: network.proxySubnet,
      flowLogs: network.flowLogs,
    }).node.addDependency(...services.of(COMPUTE, DNS, ...peering));

    const keys = encryption && new CustomerManagedKeys(this, 'Keys', environment, encryption);
    // The agents that are granted to belong to all but the first.
    keys?.node.addDependency(...(encryption ? services.of(KMS, REGISTRY, SECRETS, ...later) : []));

    const images = new EnvironmentImages(this, 'Images', environment, keys?.images.keyName);
    images.node.addDependency(...services.of(REGISTRY), ...(keys ? [keys.images.grant] : []));

    const secrets = new EnvironmentSecrets(this, 'Secrets', environment, keys?.secrets.keyName);
    secrets.node.addDependency(...services.of(SECRETS), ...(keys ? [keys.secrets.grant] : []));
  }
}
