import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Environment } from '../../../configuration';
import { App, Testing } from '../../../constructs/core';
import { FaultPlan, parseFaults } from '../../../rehearsal/faults';
import { type GatewayApi, type GatewayCall, type GatewayFault, serveGatewayApi } from '../../../rehearsal/gateway-api';
import { SecretLedger } from '../../../rehearsal/ledger';
import { serveProviders, type ServedProviders } from '../../../rehearsal/plugin';
import { MemoryStore, type StoredObject } from '../../../rehearsal/store';
import { GatewayStack } from '../../../stacks/gateway';
import { Template } from '../../support/template';
import { wholeGateway } from './gateway-environment';

const ROOT = join(__dirname, '../../..');
const run = promisify(execFile);

/** What an apply changed, in the order in which the services saw it: `put google_cloud_run_v2_service dev-gateway`, `jobs.run`. */
export type Events = readonly string[];

export interface Failed {
  /** On one line. */
  readonly text: string;
  /** What was changed all the same. */
  readonly events: Events;
}

/** Real Terraform, the embedded providers and the gateway's APIs, for the gateway stack of an environment named dev. */
export class GatewayCloud {
  readonly directory = mkdtempSync(join(tmpdir(), 'gateway-stack-'));
  readonly store = new MemoryStore();
  readonly ledger = new SecretLedger();
  fault: ((call: GatewayCall) => GatewayFault | undefined) | undefined;
  private readonly events: string[] = [];
  private initialized = false;
  private providers!: ServedProviders;
  private api!: GatewayApi;

  /** @param faults as `rehearse --fault` takes them */
  static async open(faults?: string): Promise<GatewayCloud> {
    const cloud = new GatewayCloud();
    const { store, ledger } = cloud;
    const whole = wholeGateway();
    const stack = new GatewayStack(Testing.app(), whole, whole.gateway!);
    const resources = new Template(stack).types().filter((type) => type !== 'terraform_data');
    const types = [
      ...resources.map((type) => ({ provider: 'google' as const, kind: 'resource' as const, type })),
      { provider: 'random' as const, kind: 'ephemeral' as const, type: 'random_password' },
    ];
    cloud.providers = await serveProviders({
      projectDir: ROOT,
      types,
      store,
      ledger,
      legacyTypeSystem: true,
      faults: faults === undefined ? new FaultPlan([]) : parseFaults(faults),
    });
    cloud.api = await serveGatewayApi({
      store,
      faults: (call) => {
        if (call.verb === 'jobs.run') cloud.events.push(call.verb);
        return cloud.fault?.(call);
      },
    });
    store.subscribe(({ kind, object: { type, attributes } }) => {
      if (!type.startsWith('google_')) return;
      const { role, name, secret, secret_id: secretId, account_id: accountId } = attributes;
      const label = [role, secretId ?? secret ?? name ?? accountId].filter((part) => part !== undefined && part !== null).join(' ');
      cloud.events.push(`${kind} ${type} ${label}`.trim());
    });
    return cloud;
  }

  /** Applies, and plans once more: nothing may be left to do. */
  async deploy(environment: Environment): Promise<Events> {
    const events = await this.apply(environment);
    await this.terraform('plan', '-detailed-exitcode');
    return events;
  }

  async apply(environment: Environment): Promise<Events> {
    await this.synthesize(environment);
    const before = this.events.length;
    await this.terraform('apply', '-auto-approve');
    return this.events.slice(before);
  }

  /** What an apply, or a destruction, that has to fail said, and what it had changed until then. */
  async fails(environment: Environment, command: 'apply' | 'destroy' = 'apply'): Promise<Failed> {
    await this.synthesize(environment);
    const before = this.events.length;
    const outcome = await this.terraform(command, '-auto-approve').then(
      () => undefined,
      (error: { stdout?: string; stderr?: string }) => `${error.stdout ?? ''}${error.stderr ?? ''}`,
    );
    if (outcome === undefined) throw new Error(`the ${command} went well`);
    return { text: outcome.replace(/\s*│\s*|\s+/g, ' '), events: this.events.slice(before) };
  }

  async destroy(): Promise<void> {
    await this.terraform('destroy', '-auto-approve');
  }

  /** The only object of a type, or the one whose id ends so. */
  object(type: string, end = ''): StoredObject['attributes'] {
    const all = this.store.list({ provider: 'google', type }).filter(({ id }) => id.endsWith(end));
    if (all.length !== 1) throw new Error(`${all.length} of ${type} ${end}`);
    return all[0]!.attributes;
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

  /** Every file that Terraform has left. */
  files(): string {
    const all = readdirSync(this.directory, { recursive: true, withFileTypes: true });
    return all
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
      .join('\n');
  }

  async close(): Promise<void> {
    await this.providers.close();
    await this.api.close();
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async synthesize(environment: Environment): Promise<void> {
    const app = new App({ outdir: join(this.directory, 'out'), stackTraces: false });
    const state = { backend: 'local' as const, directory: join(this.directory, 'state') };
    new GatewayStack(app, { ...environment, state }, environment.gateway!);
    app.synth();
    if (this.initialized) return;
    this.initialized = true;
    await this.terraform('init');
  }

  private async terraform(command: string, ...args: string[]): Promise<string> {
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
      TF_VAR_dev_vendor_key: 'value-of-the-vendor-key',
    };
    const cwd = join(this.directory, 'out/stacks/dev-gateway');
    const { stdout } = await run('terraform', [command, ...args, '-no-color'], { cwd, env, maxBuffer: 2 ** 26 });
    return stdout;
  }
}
