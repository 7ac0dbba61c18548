import { type ChildProcess, execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { App, EnvironmentStack } from '../../../constructs/core';
import { EndpointGrants, EndpointGuards, VertexEndpoint, type VertexEndpointProps } from '../../../constructs/vertex-endpoint';
import { type FaultSource, serveVertexApi, type VertexApi } from '../../../rehearsal/api';
import { SecretLedger } from '../../../rehearsal/ledger';
import { serveProviders, type ServedProviders } from '../../../rehearsal/plugin';
import { MemoryStore } from '../../../rehearsal/store';
import { TEST_ENVIRONMENT } from '../../support/template';

const ROOT = join(__dirname, '../../..');
const run = promisify(execFile);

/** What changes with a call, by the names of the API. */
const READS = ['get', 'getIamPolicy', 'operations.list', 'operations.get', 'operations.wait'];

/** Who gets which role on which endpoint, by construct id. */
export type Grants = Record<string, readonly (readonly [member: string, role: string])[]>;

/** What a plan or an apply did. */
export interface Ran {
  readonly text: string;
  /** API calls of the reconciler. */
  readonly calls: readonly string[];
  /** Those of them that change something. */
  readonly writes: readonly string[];
}

/** Real Terraform, the embedded provider and the embedded endpoint API, for one stack of endpoints. */
export class Cloud {
  private readonly directory = mkdtempSync(join(tmpdir(), 'endpoint-test-'));
  private initialized = false;
  private engineProcess: ChildProcess | undefined;

  static async open(engine = 'terraform', faults?: FaultSource): Promise<Cloud> {
    const store = new MemoryStore();
    const types = [{ provider: 'google' as const, kind: 'resource' as const, type: 'google_vertex_ai_endpoint' }];
    const providers = await serveProviders({ projectDir: ROOT, types, store, ledger: new SecretLedger() });
    return new Cloud(engine, store, providers, await serveVertexApi({ store, faults }));
  }

  private constructor(
    private readonly engine: string,
    readonly store: MemoryStore,
    private readonly providers: ServedProviders,
    readonly api: VertexApi,
  ) {}

  /** Applies a stack with these endpoints, by construct id, and plans once more: nothing may be left to do. */
  async deploy(endpoints: Record<string, VertexEndpointProps>, grants: Grants = {}): Promise<Ran> {
    await this.synthesize(endpoints, grants);
    const applied = await this.terraform('apply', '-auto-approve');
    expect(await this.isSettled()).toBe(true);
    return applied;
  }

  async synthesize(endpoints: Record<string, VertexEndpointProps>, grants: Grants = {}): Promise<void> {
    const app = new App({ outdir: join(this.directory, 'out'), stackTraces: false });
    const state = { backend: 'local' as const, directory: join(this.directory, 'state') };
    const stack = new EnvironmentStack(app, 'test-stack', { ...TEST_ENVIRONMENT, state });
    EndpointGuards.of(stack);
    EndpointGrants.of(stack);
    for (const [id, props] of Object.entries(endpoints)) {
      const made = new VertexEndpoint(stack, id, props);
      for (const [member, role] of grants[id] ?? []) made.grantPredict(member, undefined, role);
    }
    app.synth();
    if (!this.initialized) await this.terraform('init');
    this.initialized = true;
  }

  /** True: nothing would change. A plan runs no reconciler, whatever it finds. */
  async isSettled(): Promise<boolean> {
    try {
      const { calls } = await this.terraform('plan', '-detailed-exitcode');
      expect(calls).toEqual([]);
      return true;
    } catch (error) {
      if ((error as { code?: number }).code === 2) return false;
      throw error;
    }
  }

  /** Throws, with what it printed, when Terraform fails. */
  async terraform(command: string, ...args: string[]): Promise<Ran> {
    const before = this.api.calls.length;
    const { TF_CLI_CONFIG_FILE: _, ...inherited } = process.env;
    const environment = {
      ...this.providers.environment,
      GOOGLE_VERTEX_AI_CUSTOM_ENDPOINT: this.api.url,
      GOOGLE_OAUTH_ACCESS_TOKEN: 'test',
      VX_POLL_SECONDS: '0',
    };
    const running = run(this.engine, [command, ...args, '-no-color'], {
      cwd: join(this.directory, 'out/stacks/test-stack'),
      env: { ...inherited, ...environment, CHECKPOINT_DISABLE: '1', TF_INPUT: '0', TF_IN_AUTOMATION: '1' },
      maxBuffer: 2 ** 26,
    });
    this.engineProcess = running.child;
    const { stdout } = await running;
    const calls = this.api.calls.slice(before).map(({ verb }) => verb);
    return { text: stdout, calls, writes: calls.filter((operation) => !READS.includes(operation)) };
  }

  /** As `kill -9` does: the scripts that it has started go on. */
  kill(): void {
    this.engineProcess?.kill('SIGKILL');
  }

  /** `role member` of an endpoint's policy. */
  policy(endpoint: string): string[] {
    return this.api.policies.bindings(endpoint).flatMap(({ role, members }) => members.map((member) => `${role} ${member}`));
  }

  /** What somebody does by hand, past Terraform. */
  async byHand(endpoint: string, action: string, body: object, method = 'POST'): Promise<void> {
    const headers = { authorization: 'Bearer by-hand', 'content-type': 'application/json' };
    const response = await fetch(`${this.api.url}${endpoint}${action}`, { method, headers, body: JSON.stringify(body) });
    expect(await response.json()).not.toHaveProperty('error');
    // A call is some seconds of virtual time: the operation ends in these.
    for (let look = 0; look < 8; look++) await fetch(`${this.api.url}${endpoint}`, { headers });
  }

  /** Display name of each deployed model → its share. */
  split(endpoint: string): Record<string, number> {
    const shares = this.api.records.split(endpoint);
    return Object.fromEntries(
      this.api.records.deployed(endpoint).map(({ model }) => [model.displayName ?? model.id, shares[model.id] ?? 0]),
    );
  }

  async close(): Promise<void> {
    await this.providers.close();
    await this.api.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
