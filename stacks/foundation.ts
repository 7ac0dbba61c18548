import type { Construct } from 'constructs';
import type { Environment } from '../configuration';
import { EnvironmentStack } from '../constructs/core';
import { ImageRepository, RemoteImageRepository, type Repository } from '../constructs/images';
import { PrivateNetwork } from '../constructs/network';
import { ProjectServices } from '../constructs/project';
import { GeneratedSecret, ProvidedSecret, Replication, type Secret } from '../constructs/secrets';
import { CustomerManagedKeys } from './customer-managed-keys';
import { networkName, repositoryName, secretId, stackId } from './names';
import { stackProps } from './stack-props';
import { traitsOf } from './tier';

const COMPUTE = 'compute.googleapis.com';
const DNS = 'dns.googleapis.com';
const PEERING = 'servicenetworking.googleapis.com';
const KMS = 'cloudkms.googleapis.com';
const REGISTRY = 'artifactregistry.googleapis.com';
const SECRETS = 'secretmanager.googleapis.com';

/** What everything else of an environment stands on: APIs, network, keys, image repositories, secrets. */
export class FoundationStack extends EnvironmentStack {
  private readonly services: ProjectServices;
  private readonly keys?: CustomerManagedKeys;

  constructor(
    scope: Construct,
    private readonly settings: Environment,
  ) {
    super(scope, stackId(settings, 'foundation'), stackProps(settings));
    const { encryption, network } = settings;
    const peering = network.privateServicesAccess === undefined ? [] : [PEERING];
    this.services = new ProjectServices(this, 'Services', {
      services: [COMPUTE, DNS, REGISTRY, SECRETS, ...peering, ...(encryption ? [KMS] : [])],
    });
    new PrivateNetwork(this, 'Network', {
      name: networkName(settings),
      region: settings.region,
      subnetRange: network.subnet,
      nat: network.nat,
      privateServicesRange: network.privateServicesAccess,
      flowLogs: network.flowLogs,
    }).node.addDependency(...this.services.of(COMPUTE, DNS, ...peering));
    if (encryption) {
      this.keys = new CustomerManagedKeys(this, 'Keys', settings, encryption);
      // The agents that are granted to belong to these two services.
      this.keys.node.addDependency(...this.services.of(KMS, REGISTRY, SECRETS));
    }
    this.addRepositories();
    this.addSecrets();
  }

  private addRepositories(): void {
    const { images, region } = this.settings;
    const kmsKey = this.keys?.images.keyName;
    const common = (name: string) => ({
      name: repositoryName(this.settings, name),
      location: region,
      kmsKey,
      preventDestroy: traitsOf(this.settings).protectsData,
    });
    const add = (repository: Repository): void => {
      repository.node.addDependency(...this.services.of(REGISTRY));
      if (this.keys) repository.node.addDependency(this.keys.images.grant);
    };
    for (const [name, { description, immutableTags, keepVersions }] of Object.entries(images.repositories)) {
      add(new ImageRepository(this, `Images ${name}`, { ...common(name), description, immutableTags, keepVersions }));
    }
    for (const [name, { upstream }] of Object.entries(images.remotes)) {
      add(new RemoteImageRepository(this, `Remote ${name}`, { ...common(name), upstream }));
    }
  }

  private addSecrets(): void {
    const kmsKey = this.keys?.secrets.keyName;
    // Not automatic, also without keys of our own: places cannot change later, and residency is a promise of the region.
    const replication = Replication.userManaged([{ location: this.settings.region, kmsKey }]);
    const deletionProtection = traitsOf(this.settings).protectsData;
    for (const [key, settings] of Object.entries(this.settings.secrets)) {
      const common = { secretId: secretId(this.settings, key), replication, deletionProtection };
      const secret = this.addSecret(`Secret ${key}`, common, settings);
      secret.node.addDependency(...this.services.of(SECRETS));
      if (this.keys) secret.node.addDependency(this.keys.secrets.grant);
    }
  }

  private addSecret(
    id: string,
    common: { secretId: string; replication: Replication; deletionProtection: boolean },
    settings: Environment['secrets'][string],
  ): Secret {
    if (settings.source === 'generated') {
      const { version, length, prefix, alphabet } = settings;
      return new GeneratedSecret(this, id, { ...common, version, length, prefix, alphabet });
    }
    const { value, version } = settings;
    return new ProvidedSecret(this, id, value === 'variable' ? { ...common, value, version } : { ...common, value });
  }
}
