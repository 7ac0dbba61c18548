import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, EnvironmentStack } from '../constructs/core';
import { EndpointGuards, NetworkMode, RegistryModel, VertexEndpoint } from '../constructs/vertex-endpoint';
import type { ReconcileSpec } from '../constructs/vertex-endpoint/reconciler/spec';
import { type ApiCall, type CallFault, serveVertexApi, type VertexApi } from '../rehearsal/api';
import { SecretLedger } from '../rehearsal/ledger';
import { serveProviders, type ServedProviders } from '../rehearsal/plugin';
import { MemoryStore } from '../rehearsal/store';
import { Disturbance } from './disturbance';
import { demandEqual, demandInvariants, demandNothingLeft } from './expectations';
import { Random } from './random';
import type { Tally } from './sequence';
import { acceleratorsOf, change, firstWish, type Wish } from './wishes';

const ROOT = join(__dirname, '..');
const STACK = 'soak-inference';

/** As `soakSequence`, with real Terraform around the reconciler: what is killed is Terraform, alone or with the reconciler that it runs. */
export async function soakTerraform(seed: number, log: (line: string) => void): Promise<Tally> {
  const life = await TerraformLife.begin(seed, log);
  try {
    await life.live();
    return life.tally;
  } finally {
    await life.end();
  }
}

class TerraformLife {
  readonly tally: Tally = { steps: 0, runs: 0, killed: 0, failed: 0, refused: 0, calls: 0 };
  private readonly directory = mkdtempSync(join(tmpdir(), 'soak-'));
  private readonly store = new MemoryStore();
  private fault: (call: ApiCall) => CallFault | undefined = () => undefined;
  private api!: VertexApi;
  private providers!: ServedProviders;

  private constructor(
    private readonly random: Random,
    private readonly log: (line: string) => void,
  ) {}

  static async begin(seed: number, log: (line: string) => void): Promise<TerraformLife> {
    const life = new TerraformLife(new Random(seed), log);
    const types = [{ provider: 'google', kind: 'resource', type: 'google_vertex_ai_endpoint' }] as const;
    life.providers = await serveProviders({ projectDir: ROOT, types, store: life.store, ledger: new SecretLedger() });
    life.api = await serveVertexApi({ store: life.store, faults: (call) => life.fault(call) });
    return life;
  }

  async live(): Promise<void> {
    let wish = firstWish(this.random);
    await this.apply('first deploy', wish, true);
    for (let step = this.random.between(2, 4); step > 0; step--) {
      const [name, next] = change(wish, this.random);
      // A refusal would have to be answered as people do, with another rollout; the other soak does that.
      wish = { ...next, allowOutage: next.rollout === 'recreate' };
      await this.apply(name, wish);
    }
    this.letStop();
    await this.untilDone('destroy', ['destroy']);
    demandNothingLeft(this.store);
  }

  async end(): Promise<void> {
    this.tally.calls = this.api.calls.length;
    await this.api.close();
    await this.providers.close();
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async apply(name: string, wish: Wish, first = false): Promise<void> {
    const spec = this.synthesize(wish);
    if (first) await this.terraform(['init']);
    this.letStop(wish.allowOutage ? undefined : spec.endpoint);
    await this.untilDone(name, ['apply']);
    this.api.invariants.mayStop.clear();
    demandEqual(this.api, spec);
    const { code, output } = await this.terraform(['plan', '-detailed-exitcode']);
    if (code !== 0) throw new Error(`${name}: the second plan is not empty:\n${output}`);
  }

  /** All endpoints but one may stop serving. */
  private letStop(except?: string): void {
    for (const endpoint of this.api.records.endpoints()) if (endpoint !== except) this.api.invariants.mayStop.add(endpoint);
  }

  private async untilDone(name: string, args: readonly string[]): Promise<void> {
    this.tally.steps += 1;
    for (let attempt = 1; ; attempt++) {
      this.log(`${name}, attempt ${attempt}`);
      const { code, output } = await this.terraform([...args, '-auto-approve'], attempt <= 3);
      demandInvariants(this.api);
      this.tally.runs += 1;
      if (code === 0) return;
      if (code === null) this.tally.killed += 1;
      else this.tally.failed += 1;
      if (attempt > 4) throw new Error(`${name}: still not done after ${attempt} runs, the last ones without faults:\n${output}`);
    }
  }

  private async terraform(args: readonly string[], disturbed = false): Promise<{ code: number | null; output: string }> {
    const { TF_CLI_CONFIG_FILE: _, ...inherited } = process.env;
    const child = spawn('terraform', [...args, '-no-color'], {
      cwd: join(this.directory, 'stacks', STACK),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...inherited,
        ...this.providers.environment,
        GOOGLE_VERTEX_AI_CUSTOM_ENDPOINT: this.api.url,
        GOOGLE_OAUTH_ACCESS_TOKEN: 'soak-token',
        GCE_METADATA_HOST: '127.0.0.1:9',
        VX_POLL_SECONDS: '0.005',
        CHECKPOINT_DISABLE: '1',
        TF_IN_AUTOMATION: '1',
        TF_INPUT: '0',
      },
    });
    const withReconciler = this.random.chance(0.5);
    const kill = () => process.kill(withReconciler ? -child.pid! : child.pid!, 'SIGKILL');
    const disturbance = disturbed ? new Disturbance(this.random, kill) : undefined;
    this.fault = (call) => {
      const fault = disturbance?.fault(call);
      this.log(`  ${call.number} ${call.method} ${call.verb}${fault ? ` → ${JSON.stringify(fault)}` : ''}`);
      return fault;
    };
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('exit', resolve));
    this.log(`${output.trimEnd()}\n  exit code ${code ?? 'none: killed'}`);
    return { code, output };
  }

  /** The stack of this wish, and the spec that it hands to the reconciler. */
  private synthesize(wish: Wish): ReconcileSpec {
    const app = new App({ outdir: this.directory, stackTraces: false });
    const stack = new EnvironmentStack(app, STACK, {
      environmentName: 'soak',
      projectId: 'acme-soak',
      region: 'europe-west4',
      state: { backend: 'local', directory: join(this.directory, 'state') },
    });
    EndpointGuards.of(stack);
    new VertexEndpoint(stack, 'Endpoint', {
      name: `soak-${wish.endpoint.split('/').pop()}`,
      projectId: 'acme-soak',
      location: 'europe-west4',
      networkMode: NetworkMode.dedicatedPublic(),
      rollout: wish.rollout,
      allowOutage: wish.allowOutage,
      models: Object.fromEntries(
        Object.entries(wish.models).map(([key, { version, machineType, min, max, target, traffic }]) => [
          key,
          {
            model: RegistryModel.of({ project: 'acme-soak', location: 'europe-west4', id: key, version }),
            machine: { type: machineType, accelerator: { type: 'NVIDIA_L4', count: acceleratorsOf(machineType) } },
            replicas: { min, max },
            autoscaling: { gpuDutyCyclePercent: target },
            traffic,
          },
        ]),
      ),
    });
    app.synth();
    const json = JSON.parse(readFileSync(join(this.directory, 'stacks', STACK, 'cdk.tf.json'), 'utf8')) as Synthesized;
    const specs = Object.values(json.resource.terraform_data).map(({ triggers_replace: triggers }) => triggers?.spec);
    const spec = specs.find((each) => each?.mode === 'reconcile');
    if (!spec) throw new Error('the stack runs no reconciler');
    return spec;
  }
}

interface Synthesized {
  readonly resource: {
    readonly terraform_data: Readonly<Record<string, { readonly triggers_replace?: { readonly spec?: ReconcileSpec } }>>;
  };
}
