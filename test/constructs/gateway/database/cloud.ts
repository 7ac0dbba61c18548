import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { CloudRunV2Service } from '@cdktf/provider-google/lib/cloud-run-v2-service';
import { type App, EnvironmentStack, type LocalState } from '../../../../constructs/core';
import { type GatewayCall } from '../../../../rehearsal/gateway-api';
import { type Json, type StoredObject } from '../../../../rehearsal/store';
import { StackCloud } from '../../../support/stack-cloud';
import { TEST_ENVIRONMENT } from '../../../support/template';
import { build, type Example, image, PROXY_IMAGE } from './examples';

const TYPES = [
  'google_cloud_run_v2_job',
  'google_cloud_run_v2_service',
  'google_compute_address',
  'google_compute_forwarding_rule',
  'google_dns_managed_zone',
  'google_dns_record_set',
  'google_project_iam_member',
  'google_secret_manager_secret',
  'google_secret_manager_secret_iam_member',
  'google_secret_manager_secret_version',
  'google_service_account',
  'google_sql_database',
  'google_sql_database_instance',
  'google_sql_user',
] as const;

/** One stack with a database, migrations and a service. */
export class Cloud extends StackCloud<Example> {
  /** Called after every change of a resource. */
  watch: (() => void) | undefined;
  /** Every apply generates another password: its number stands for it. What the database takes, by user; what a version of a secret holds. */
  private readonly accepted = new Map<string, number>();
  private readonly held = new Map<string, number>();
  private commands = 0;

  static async open(): Promise<Cloud> {
    const cloud = new Cloud('test-gateway', ['jobs.run', 'users.update']);
    await cloud.serve(TYPES);
    return cloud;
  }

  protected override build(app: App, example: Example, state: LocalState): void {
    const stack = new EnvironmentStack(app, 'test-gateway', { ...TEST_ENVIRONMENT, state });
    build(stack, {
      ...example,
      after: (scope, login, migrations, account) => {
        const service = new CloudRunV2Service(scope, 'Service', {
          name: 'test-gateway',
          project: 'acme-ai-test',
          location: 'europe-west4',
          deletionProtection: false,
          template: {
            serviceAccount: account.email,
            containers: [
              {
                image: image(example.image ?? '1'),
                env: [
                  ...Object.entries(login.variables).map(([name, value]) => ({ name, value })),
                  ...Object.entries(login.secrets).map(([name, secretKeyRef]) => ({ name, valueSource: { secretKeyRef } })),
                ],
              },
              ...login.sidecars.map(({ name, args }) => ({ name, image: PROXY_IMAGE, args: [...args] })),
            ],
          },
        });
        service.node.addDependency(migrations);
      },
    });
  }

  protected override labelOf({ role, name, secret_id: secretId, account_id: accountId, version }: StoredObject['attributes']): string {
    return String(role ?? name ?? secretId ?? accountId ?? version ?? '');
  }

  protected override changed({ type, id, attributes }: StoredObject): void {
    if (type === 'google_sql_user') this.accepted.set(String(attributes.name), this.commands);
    if (type === 'google_secret_manager_secret_version' && !this.held.has(id)) this.held.set(id, this.commands);
    this.watch?.();
  }

  override terraform(command: string, ...args: string[]): Promise<string> {
    this.commands++;
    return super.terraform(command, ...args);
  }

  /** Starts an apply, and kills Terraform with all that it has started as soon as `when` says so. */
  async killed(example: Example, when: (call: GatewayCall) => boolean): Promise<void> {
    await this.synthesize(example);
    const child = spawn('terraform', ['apply', '-auto-approve', '-no-color'], { ...this.options(), stdio: 'ignore', detached: true });
    const gone = new Promise<void>((done) => child.once('close', () => done()));
    this.fault = (call) => {
      if (!when(call)) return undefined;
      process.kill(-child.pid!, 'SIGKILL');
      return { kind: 'silence' };
    };
    await gone;
    this.fault = undefined;
    rmSync(join(this.directory, 'state/.test-gateway.tfstate.lock.info'), { force: true });
  }

  /** Digit that the digest of the image is made of that the service runs. */
  imageThatServes(): string | undefined {
    return /litellm@sha256:(.)/.exec(JSON.stringify(this.object('google_cloud_run_v2_service').template))?.[1];
  }

  /** Who the service logs in as, and whether the database takes the password that the service's version of the secret holds. */
  loginThatServes(): { readonly user: string; readonly works: boolean } {
    const template = JSON.stringify(this.object('google_cloud_run_v2_service').template);
    const { secret, version } = JSON.parse(/"secret_key_ref":\[(\{[^}]*\})/.exec(template)![1]!) as { secret: string; version: string };
    const held = this.store
      .list({ provider: 'google', type: 'google_secret_manager_secret_version' })
      .find(({ id }) => id.endsWith(`/secrets/${secret}/versions/${version}`));
    const user = `gateway_${secret.slice(-1)}`;
    const works = held?.attributes.enabled === true && this.held.get(held.id) === this.accepted.get(user);
    return { user, works };
  }

  /** The disk grows by itself. */
  grow(gigabytes: number): void {
    const [instance] = this.store.list({ provider: 'google', type: 'google_sql_database_instance' });
    const [settings] = instance!.attributes.settings as readonly Record<string, Json>[];
    this.store.put({ ...instance!, attributes: { ...instance!.attributes, settings: [{ ...settings, disk_size: gigabytes }] } });
  }
}
