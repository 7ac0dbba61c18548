import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { App, type LocalState } from '../../constructs/core';
import { type GatewayApi, type GatewayCall, type GatewayFault, serveGatewayApi } from '../../rehearsal/gateway-api';
import { SecretLedger } from '../../rehearsal/ledger';
import { serveProviders, type ServedProviders, type ServeOptions } from '../../rehearsal/plugin';
import { MemoryStore, type StoreChange, type StoredObject } from '../../rehearsal/store';

const ROOT = join(__dirname, '../..');
const run = promisify(execFile);

/** What an apply changed, in the order in which the services saw it: `put google_cloud_run_v2_service dev-gateway`, `jobs.run`. */
export type Events = readonly string[];

export interface Failed {
  /** On one line. */
  readonly text: string;
  /** What was changed all the same. */
  readonly events: Events;
}

/** Real Terraform, the embedded providers and the gateway's APIs, for one stack, which is made of a `Desired`. */
export abstract class StackCloud<Desired> {
  readonly directory = mkdtempSync(join(tmpdir(), 'gateway-'));
  readonly store = new MemoryStore();
  readonly ledger = new SecretLedger();
  fault: ((call: GatewayCall) => GatewayFault | undefined) | undefined;
  api!: GatewayApi;
  private readonly events: string[] = [];
  private initialized = false;
  private providers!: ServedProviders;

  protected constructor(
    private readonly stackId: string,
    /** Calls that are events too. */
    private readonly verbs: readonly GatewayCall['verb'][],
    /** Beside those that every engine needs here. */
    private readonly environment: Readonly<Record<string, string>> = {},
  ) {}

  /** The stack of the id that was given to the constructor. */
  protected abstract build(app: App, desired: Desired, state: LocalState): void;

  /** What tells a resource of a type from others, in an event. */
  protected abstract labelOf(attributes: StoredObject['attributes']): string;

  /** Called after every change of a resource of Google's. */
  protected changed(_object: StoredObject): void {}

  protected async serve(resources: readonly string[], serving: Pick<ServeOptions, 'faults' | 'legacyTypeSystem'> = {}): Promise<void> {
    const { store, ledger } = this;
    const types = [
      ...resources.map((type) => ({ provider: 'google' as const, kind: 'resource' as const, type })),
      { provider: 'random' as const, kind: 'ephemeral' as const, type: 'random_password' },
    ];
    this.providers = await serveProviders({ projectDir: ROOT, types, store, ledger, ...serving });
    this.api = await serveGatewayApi({
      store,
      faults: (call) => {
        if (this.verbs.includes(call.verb)) this.events.push(call.verb);
        return this.fault?.(call);
      },
    });
    store.subscribe((change) => this.note(change));
  }

  private note({ kind, object }: StoreChange): void {
    if (!object.type.startsWith('google_')) return;
    this.changed(object);
    this.events.push(`${kind} ${object.type} ${this.labelOf(object.attributes)}`.trim());
  }

  /** Applies, and plans once more: nothing may be left to do. */
  async deploy(desired: Desired): Promise<Events> {
    const events = await this.apply(desired);
    await this.terraform('plan', '-detailed-exitcode');
    return events;
  }

  async apply(desired: Desired): Promise<Events> {
    await this.synthesize(desired);
    const before = this.events.length;
    await this.terraform('apply', '-auto-approve');
    return this.events.slice(before);
  }

  /** What an apply, or a destruction, that has to fail said, and what it had changed until then. */
  async fails(desired: Desired, command: 'apply' | 'destroy' = 'apply'): Promise<Failed> {
    await this.synthesize(desired);
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

  /** The only object of a type. */
  object(type: string): StoredObject['attributes'] {
    const all = this.store.list({ provider: 'google', type });
    if (all.length !== 1) throw new Error(`${all.length} of ${type}`);
    return all[0]!.attributes;
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

  protected async synthesize(desired: Desired): Promise<void> {
    const app = new App({ outdir: join(this.directory, 'out'), stackTraces: false });
    this.build(app, desired, { backend: 'local', directory: join(this.directory, 'state') });
    app.synth();
    if (this.initialized) return;
    this.initialized = true;
    await this.terraform('init');
  }

  async terraform(command: string, ...args: string[]): Promise<string> {
    const { stdout } = await run('terraform', [command, ...args, '-no-color'], { ...this.options(), maxBuffer: 2 ** 26 });
    return stdout;
  }

  protected options() {
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
      ...this.environment,
    };
    return { cwd: join(this.directory, 'out/stacks', this.stackId), env };
  }
}
