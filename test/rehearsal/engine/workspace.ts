import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FaultPlan } from '../../../rehearsal/faults';
import { SecretLedger } from '../../../rehearsal/ledger';
import { serveFacts, type ProviderFacts, type ServedProviders, type Serving } from '../../../rehearsal/plugin';
import { MemoryStore } from '../../../rehearsal/store';
import { LAB } from './lab';

export interface Ran {
  readonly code: number | null;
  /** What it printed, on both streams, in one line a paragraph so that texts can be searched for. */
  readonly text: string;
}

type Config = Record<string, unknown>;

/** What the tests read of `terraform show -json PLAN`. */
export interface PlanJson {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly previous_address?: string;
    readonly action_reason?: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly before: Record<string, unknown> | null;
      readonly after: Record<string, unknown> | null;
      readonly after_unknown: Record<string, unknown>;
      readonly replace_paths?: readonly (readonly (string | number)[])[];
    };
  }[];
}

/** Providers and what stands behind them, for one file of tests. */
export class Bench {
  private readonly workspaces: Workspace[] = [];
  private constructor(
    private readonly served: ServedProviders,
    readonly store: MemoryStore,
    readonly ledger: SecretLedger,
    readonly faults: FaultPlan | undefined,
  ) {}

  /** Plans are held to the letter of Terraform's rules unless the test asks for the SDK's habits. */
  static async open(options: Partial<Serving> = {}, providers: readonly ProviderFacts[] = [LAB]): Promise<Bench> {
    const store = new MemoryStore();
    const ledger = new SecretLedger();
    const served = await serveFacts(providers, { store, ledger, legacyTypeSystem: false, ...options });
    return new Bench(served, store, ledger, options.faults);
  }

  /** A directory with a configuration in it, initialized. */
  async workspace(config: Config, engine = 'terraform'): Promise<Workspace> {
    const workspace = new Workspace(this.served.environment, engine);
    this.workspaces.push(workspace);
    workspace.write(config);
    expect(await workspace.run('init')).toMatchObject({ code: 0 });
    return workspace;
  }

  async close(): Promise<void> {
    for (const workspace of this.workspaces) workspace.remove();
    await this.served.close();
  }
}

export class Workspace {
  readonly directory = mkdtempSync(join(tmpdir(), 'engine-test-'));
  /** The process that runs now. */
  child: ChildProcess | undefined;

  constructor(
    private readonly environment: Record<string, string>,
    private readonly engine: string,
  ) {}

  /** Replaces the configuration. The providers' sources and a provider block are added where the test says nothing of them. */
  write(config: Config): void {
    const whole = {
      terraform: { required_providers: { lab: { source: 'hashicorp/lab' } } },
      provider: { lab: { project: 'p-1', region: 'r-1' } },
      ...config,
    };
    // Numbers that JavaScript cannot hold are given as text with a # before it.
    writeFileSync(join(this.directory, 'main.tf.json'), JSON.stringify(whole).replace(/"#([\d.]+)"/g, '$1'));
  }

  run(...args: string[]): Promise<Ran> {
    const { TF_CLI_CONFIG_FILE: _, ...environment } = process.env;
    const child = spawn(this.engine, [...args, ...(PLAIN.has(args[0] ?? '') ? ['-no-color'] : [])], {
      cwd: this.directory,
      env: { ...environment, ...this.environment, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_INPUT: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
    return new Promise((resolve) =>
      child.once('close', (code) => resolve({ code, text: args[0] === 'show' ? text : text.replace(/[\s│]+/g, ' ') })),
    );
  }

  async apply(...args: string[]): Promise<Ran> {
    const ran = await this.run('apply', '-auto-approve', ...args);
    if (ran.code !== 0) throw new Error(ran.text);
    return ran;
  }

  async plan(...args: string[]): Promise<PlanJson> {
    const ran = await this.run('plan', '-out=plan', ...args);
    if (ran.code !== 0) throw new Error(ran.text);
    return JSON.parse((await this.run('show', '-json', 'plan')).text) as PlanJson;
  }

  /** The one planned change, or the one at an address. */
  async planned(address = 'lab_box.b') {
    const change = (await this.plan()).resource_changes?.find((one) => one.address === address);
    if (change === undefined) throw new Error(`no change of ${address} was planned`);
    return change;
  }

  /** True: nothing would change. */
  async isSettled(): Promise<boolean> {
    const { code, text } = await this.run('plan', '-detailed-exitcode');
    if (code === 1) throw new Error(text);
    return code === 0;
  }

  /** Attributes of an object in the state. */
  attributes(name: string): Record<string, unknown> {
    return instanceOf(this.state(), name)?.attributes ?? {};
  }

  /** Changes the attributes of an object in the state, by hand. */
  edit(name: string, change: (attributes: Record<string, unknown>) => Record<string, unknown>): void {
    const state = this.state();
    const instance = instanceOf(state, name);
    if (instance === undefined) throw new Error(`${name} is not in the state`);
    instance.attributes = change(instance.attributes);
    writeFileSync(join(this.directory, 'terraform.tfstate'), JSON.stringify(state));
  }

  private state(): State {
    return JSON.parse(readFileSync(join(this.directory, 'terraform.tfstate'), 'utf8')) as State;
  }

  /** Every file that the engine left, as one text. */
  everything(): string {
    return readdirSync(this.directory, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(this.directory, entry.name), 'latin1'))
      .join('\n');
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

interface State {
  readonly resources: readonly { readonly type: string; readonly name: string; readonly instances: readonly Instance[] }[];
}

interface Instance {
  attributes: Record<string, unknown>;
}

const instanceOf = (state: State, name: string): Instance | undefined =>
  state.resources.find((resource) => `${resource.type}.${resource.name}` === name)?.instances[0];

const PLAIN = new Set(['init', 'plan', 'apply', 'destroy', 'import', 'validate', 'state']);

/** A configuration with one box in it. */
export const box = (attributes: Record<string, unknown>, name = 'b') => ({
  resource: { lab_box: { [name]: { name: 'one', ...attributes } } },
});
