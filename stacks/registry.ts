import type { Construct } from 'constructs';
import type { Environment } from '../configuration';
import { EnvironmentStack, TerraformOutput, ValidationError } from '../constructs/core';
import { containerdMirrors, EcrRegistry, PrivateRegistry, Scanning } from '../constructs/pull-through-cache';
import { EnvironmentCaches } from './environment-caches';
import { upstreamPolicy } from './upstream-policy';
import { stackId } from './names';
import { stackProps } from './stack-props';

/** Images in AWS: what the registry of the account does for all of them, caches of other registries, and approved images that come in. */
export class RegistryStack extends EnvironmentStack {
  constructor(scope: Construct, environment: Environment, settings: NonNullable<Environment['registry']>) {
    super(scope, stackId(environment, 'registry'), stackProps(environment));
    const registry = new EcrRegistry(this, 'Registry', {
      ...upstreamPolicy(environment),
      location: this.location(environment),
      scanning: settings.scanning === 'enhanced' ? Scanning.enhanced({ continuously: ['*'] }) : Scanning.basic(),
      replications: settings.replications.map(({ prefixes, to }) => ({
        prefixes,
        to: to.map((each) => new PrivateRegistry(each.accountId, each.region)),
      })),
    });
    const { caches, promotions } = new EnvironmentCaches(this, 'Caches', registry, environment, settings);
    const counterparts = Object.fromEntries(
      Object.entries(promotions).flatMap(([prefix, { counterpart }]) => (counterpart ? [[prefix, counterpart]] : [])),
    );
    this.output('containerd_mirrors', containerdMirrors(caches), 'Files for /etc/containerd/certs.d on the nodes, by path.');
    this.output('counterparts', counterparts, 'What the accounts that approved images come from have to add, by prefix.');
    const addresses = Object.fromEntries(caches.map(({ prefix, address }) => [prefix, address]));
    this.output('cache_addresses', addresses, 'What stands before the name of an image of the upstream, by prefix.');
  }

  private location({ aws }: Environment): PrivateRegistry {
    if (!this.aws || !aws) throw new ValidationError(this, 'needs an AWS account: say which under `aws`.');
    return new PrivateRegistry(aws.accountId, aws.region);
  }

  private output(name: string, value: object, description: string): void {
    if (Object.keys(value).length === 0) return;
    new TerraformOutput(this, `Output ${name}`, { value, description }).overrideLogicalId(name);
  }
}
