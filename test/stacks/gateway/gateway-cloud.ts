import type { Environment } from '../../../configuration';
import { type App, type LocalState, Testing } from '../../../constructs/core';
import { FaultPlan, parseFaults } from '../../../rehearsal/faults';
import { type StoredObject } from '../../../rehearsal/store';
import { GatewayStack } from '../../../stacks/gateway';
import { StackCloud } from '../../support/stack-cloud';
import { Template } from '../../support/template';
import { wholeGateway } from './gateway-environment';

/** The gateway stack of an environment named dev. */
export class GatewayCloud extends StackCloud<Environment> {
  /** @param faults as `rehearse --fault` takes them */
  static async open(faults?: string): Promise<GatewayCloud> {
    const cloud = new GatewayCloud('dev-gateway', ['jobs.run'], { TF_VAR_dev_vendor_key: 'value-of-the-vendor-key' });
    const whole = wholeGateway();
    const stack = new GatewayStack(Testing.app(), whole, whole.gateway!);
    const types = new Template(stack).types().filter((type) => type !== 'terraform_data');
    await cloud.serve(types, { legacyTypeSystem: true, faults: faults === undefined ? new FaultPlan([]) : parseFaults(faults) });
    return cloud;
  }

  protected override build(app: App, environment: Environment, state: LocalState): void {
    new GatewayStack(app, { ...environment, state }, environment.gateway!);
  }

  protected override labelOf({ role, name, secret, secret_id: secretId, account_id: accountId }: StoredObject['attributes']): string {
    return [role, secretId ?? secret ?? name ?? accountId].filter((part) => part !== undefined && part !== null).join(' ');
  }

  /** The template that the service runs, as text. */
  template(): string {
    return JSON.stringify(this.object('google_cloud_run_v2_service')['template']);
  }

  /** Number of the version of a secret that the service is pinned to. */
  versionThatServes(key: string): string | undefined {
    return new RegExp(`"secret":"[^"]*/dev-${key}","version":"(\\d+)"`).exec(this.template())?.[1];
  }

  /** Numbers of the versions of a secret that can be read. */
  versionsThatCanBeRead(key: string): string[] {
    return this.store
      .list({ provider: 'google', type: 'google_secret_manager_secret_version' })
      .filter(({ id, attributes }) => id.includes(`/dev-${key}/`) && attributes['enabled'] === true)
      .map(({ id }) => id.replace(/^.*\//, ''))
      .sort();
  }
}
