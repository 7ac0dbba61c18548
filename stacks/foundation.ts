import type { Construct } from 'constructs';
import type { Environment } from '../configuration';
import { EnvironmentStack } from '../constructs/core';
import { PrivateNetwork } from '../constructs/network';
import { ProjectServices } from '../constructs/project';
import { CustomerManagedKeys } from './customer-managed-keys';
import { EnvironmentImages } from './environment-images';
import { EnvironmentSecrets } from './environment-secrets';
import { networkName, stackId } from './names';
import { stackProps } from './stack-props';

const COMPUTE = 'compute.googleapis.com';
const DNS = 'dns.googleapis.com';
const PEERING = 'servicenetworking.googleapis.com';
const KMS = 'cloudkms.googleapis.com';
const REGISTRY = 'artifactregistry.googleapis.com';
const SECRETS = 'secretmanager.googleapis.com';

/** What everything else of an environment stands on: APIs, network, keys, image repositories, secrets. */
export class FoundationStack extends EnvironmentStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, stackId(environment, 'foundation'), stackProps(environment));
    const { encryption, network } = environment;
    const peering = network.privateServicesAccess === undefined ? [] : [PEERING];
    const services = new ProjectServices(this, 'Services', {
      services: [COMPUTE, DNS, REGISTRY, SECRETS, ...peering, ...(encryption ? [KMS] : [])],
    });

    new PrivateNetwork(this, 'Network', {
      name: networkName(environment),
      region: environment.region,
      subnetRange: network.subnet,
      nat: network.nat,
      privateServicesRange: network.privateServicesAccess,
      flowLogs: network.flowLogs,
    }).node.addDependency(...services.of(COMPUTE, DNS, ...peering));

    const keys = encryption && new CustomerManagedKeys(this, 'Keys', environment, encryption);
    // The agents that are granted to belong to the last two.
    keys?.node.addDependency(...services.of(KMS, REGISTRY, SECRETS));

    const images = new EnvironmentImages(this, 'Images', environment, keys?.images.keyName);
    images.node.addDependency(...services.of(REGISTRY), ...(keys ? [keys.images.grant] : []));

    const secrets = new EnvironmentSecrets(this, 'Secrets', environment, keys?.secrets.keyName);
    secrets.node.addDependency(...services.of(SECRETS), ...(keys ? [keys.secrets.grant] : []));
  }
}
