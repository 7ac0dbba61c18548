import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CloudRunV2Service } from '@cdktf/provider-google/lib/cloud-run-v2-service';
import { App, EnvironmentStack } from '../../../../constructs/core';
import { type GatewayApi, type GatewayFault, type GatewayCall, serveGatewayApi } from '../../../../rehearsal/gateway-api';
import { SecretLedger } from '../../../../rehearsal/ledger';
import { serveProviders, type ServedProviders } from '../../../../rehearsal/plugin';
import { type Json, MemoryStore, type StoredObject } from '../../../../rehearsal/store';
import { TEST_ENVIRONMENT } from '../../../support/template';
import { build, type Example, image, PROXY_IMAGE } from './examples';

const ROOT = join(__dirname, '../../../..');
const run = promisify(execFile);

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

/** What an apply changed, in the order in which the services saw it: `put google_sql_user gateway_a`, `jobs.run`. */
export type Events = readonly string[];

export interface Failed {
  /** On one line. */
  readonly text: string;
  /** What was changed all the same. */
  readonly events: Events;
}

/** Real Terraform, the embedded providers and the gateway's APIs, for one stack with a database, migrations and a service. */
export class Cloud {
  readonly directory = mkdtempSync(join(tmpdir(), 'gateway-database-'));
  readonly store = new MemoryStore();
  readonly ledger = new SecretLedger();
  /** Called after every change of a resource. */
  watch: (() => void) | undefined;
  fault: ((call: GatewayCall) => GatewayFault | undefined) | undefined;
  private readonly events: string[] = [];
  /** Every apply generates another password: its number stands for it. What the database takes, by user; what a version of a secret holds. */
  private readonly accepted = new Map<string, number>();
  private readonly held = new Map<string, number>();
  private applies = 0;
  private initialized = false;
  private providers!: ServedProviders;
  api!: GatewayApi;

  static async open(): Promise<Cloud> {
    const cloud = new Cloud();
    const { store, ledger } = cloud;
    const resources = TYPES.map((type) => ({ provider: 'google' as const, kind: 'resource' as const, type }));
    const types = [...resources, { provider: 'random' as const, kind: 'ephemeral' as const, type: 'random_password' }];
    cloud.providers = await serveProviders({ projectDir: ROOT, types, store, ledger });
    cloud.api = await serveGatewayApi({
      store,
      faults: (call) => {
        if (call.verb === 'jobs.run' || call.verb === 'users.update') cloud.events.push(call.verb);
        return cloud.fault?.(call);
      },
    });
    store.subscribe((change) => {
      const { type, id, attributes } = change.object;
      if (!type.startsWith('google_')) return;
      if (type === 'google_sql_user') cloud.accepted.set(String(attributes.name), cloud.applies);
      if (type === 'google_secret_manager_secret_version' && !cloud.held.has(id)) cloud.held.set(id, cloud.applies);
      cloud.watch?.();
      const name = attributes.role ?? attributes.name ?? attributes.secret_id ?? attributes.account_id ?? attributes.version ?? '';
      cloud.events.push(`${change.kind} ${type} ${String(name)}`.trim());
    });
    return cloud;
  }

  synthesize(example: Example): Promise<void> {
    const app = new App({ outdir: join(this.directory, 'out'), stackTraces: false });
    const state = { backend: 'local' as const, directory: join(this.directory, 'state') };
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
    app.synth();
    if (this.initialized) return Promise.resolve();
    this.initialized = true;
    return this.terraform('init').then(() => undefined);
  }

  /** Applies, and plans once more: nothing may be left to do. */
  async deploy(example: Example): Promise<Events> {
    const events = await this.apply(example);
    await this.terraform('plan', '-detailed-exitcode');
    return events;
  }

  async apply(example: Example): Promise<Events> {
    await this.synthesize(example);
    const before = this.events.length;
    await this.terraform('apply', '-auto-approve');
    return this.events.slice(before);
  }

  /** What an apply that has to fail said, and what it had changed until then. */
  async fails(example: Example): Promise<Failed> {
    await this.synthesize(example);
    return this.failing('apply');
  }

  destroyFails(): Promise<Failed> {
    return this.failing('destroy');
  }

  private async failing(command: string): Promise<Failed> {
    const before = this.events.length;
    const outcome = await this.terraform(command, '-auto-approve').then(
      () => undefined,
      (error: { stdout?: string; stderr?: string }) => `${error.stdout ?? ''}${error.stderr ?? ''}`,
    );
    if (outcome === undefined) throw new Error(`the ${command} went well`);
    return { text: outcome.replace(/\s*│\s*|\s+/g, ' '), events: this.events.slice(before) };
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

  async terraform(command: string, ...args: string[]): Promise<string> {
    this.applies++;
    const { stdout } = await run('terraform', [command, ...args, '-no-color'], { ...this.options(), maxBuffer: 2 ** 26 });
    return stdout;
  }

  private options() {
    const { TF_CLI_CONFIG_FILE: _, ...inherited } = process.env;
    const env = {
      ...inherited,
      ...this.providers.environment,
      GOOGLE_CLOUD_RUN_V2_CUSTOM_ENDPOINT: this.api.url,
      GOOGLE_SQL_CUSTOM_ENDPOINT: this.api.url,
      GOOGLE_OAUTH_ACCESS_TOKEN: 'token-of-nobody',
      GW_POLL_SECONDS: '0.01',
      CHECKPOINT_DISABLE: '1',
      TF_INPUT: '0',
      TF_IN_AUTOMATION: '1',
    };
    return { cwd: join(this.directory, 'out/stacks/test-gateway'), env };
  }

  /** The only object of a type, or the one of this name. */
  object(type: string, name?: string): StoredObject['attributes'] {
    const all = this.store.list({ provider: 'google', type }).filter(({ attributes }) => name === undefined || attributes.name === name);
    if (all.length !== 1) throw new Error(`${all.length} of ${type} ${name ?? ''}`);
    return all[0]!.attributes;
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

  /** Every file that Terraform has left. */
  files(): string[] {
    const all = readdirSync(this.directory, { recursive: true, withFileTypes: true });
    return all.filter((entry) => entry.isFile()).map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
  }

  async close(): Promise<void> {
    await this.providers.close();
    await this.api.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
