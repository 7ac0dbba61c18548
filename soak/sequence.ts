import type { ClearSpec, Spec } from '../constructs/vertex-endpoint/reconciler/spec';
import { type ApiCall, type CallFault, serveVertexApi, type VertexApi } from '../rehearsal/api';
import { MemoryStore } from '../rehearsal/store';
import { Disturbance } from './disturbance';
import { type MetadataServer, serveMetadata } from './metadata-server';
import { Random } from './random';
import { demandEqual, demandInvariants, demandNothingLeft } from './expectations';
import { environment, keepScript, runAsProcess, type ScriptResult } from './script-run';
import { change, firstWish, specOf, type Wish } from './wishes';

/** What a sequence did, to be summed up. */
export interface Tally {
  steps: number;
  runs: number;
  killed: number;
  failed: number;
  refused: number;
  calls: number;
}

const ENDPOINT = 'google_vertex_ai_endpoint';

/** A random life of an endpoint, from first deploy to destroy, under random faults. Throws what did not hold. */
export async function soakSequence(seed: number, log: (line: string) => void): Promise<Tally> {
  const life = await EndpointLife.begin(seed, log);
  try {
    await life.live();
    return life.tally;
  } finally {
    await life.end();
  }
}

class EndpointLife {
  readonly tally: Tally = { steps: 0, runs: 0, killed: 0, failed: 0, refused: 0, calls: 0 };
  private readonly store = new MemoryStore();
  private readonly thread = keepScript();
  private fault: (call: ApiCall) => CallFault | undefined = () => undefined;
  private api!: VertexApi;
  private metadata!: MetadataServer;

  private constructor(
    private readonly random: Random,
    private readonly log: (line: string) => void,
  ) {}

  static async begin(seed: number, log: (line: string) => void): Promise<EndpointLife> {
    const life = new EndpointLife(new Random(seed), log);
    const listsWhileDeploying = life.random.chance(0.5);
    life.api = await serveVertexApi({ store: life.store, faults: (call) => life.fault(call), listsWhileDeploying });
    life.metadata = await serveMetadata('soak-token-renewed');
    return life;
  }

  async live(): Promise<void> {
    let wish = firstWish(this.random);
    this.createEndpoint(wish.endpoint);
    wish = await this.apply('first deploy', wish);
    for (let step = this.random.between(2, 6); step > 0; step--) {
      if (this.random.chance(0.2)) this.driftSplit(wish.endpoint);
      const [name, next] = change(wish, this.random);
      if (next.endpoint !== wish.endpoint) {
        await this.destroy(wish.endpoint);
        this.createEndpoint(next.endpoint);
      }
      wish = await this.apply(name, next, wish);
    }
    await this.destroy(wish.endpoint);
    demandNothingLeft(this.store);
  }

  async end(): Promise<void> {
    this.tally.calls = this.api.calls.length;
    await this.thread.close();
    this.metadata.close();
    await this.api.close();
  }

  /** Applies until it is done, as people do; now and then they give up a change that failed, and want the old state back. */
  private async apply(name: string, wanted: Wish, before?: Wish): Promise<Wish> {
    this.tally.steps += 1;
    let wish = wanted;
    for (let attempt = 1; ; attempt++) {
      this.log(`${name} (${wish.rollout}${wish.allowOutage ? ', outage allowed' : ''}), attempt ${attempt}`);
      if (wish.allowOutage) this.api.invariants.mayStop.add(wish.endpoint);
      const writesBefore = this.writes();
      const { code } = await this.run(specOf(wish), attempt <= 4);
      if (code === 0) break;
      if (attempt > 6) throw new Error(`${name}: still not done after ${attempt} runs, the last ones without faults`);
      if (code === 2) {
        if (this.writes() > writesBefore) throw new Error(`${name}: refused after it had changed something`);
        wish = { ...wish, rollout: 'surge' };
      } else if (before?.endpoint === wish.endpoint && this.random.chance(0.2)) {
        this.log(`${name}: given up, back to what was before`);
        wish = { ...before, rollout: 'surge' };
      }
    }
    this.api.invariants.mayStop.delete(wish.endpoint);
    demandEqual(this.api, specOf(wish));
    if (this.random.chance(0.3)) await this.demandNothingToDo(wish);
    return wish;
  }

  private async destroy(endpoint: string): Promise<void> {
    this.tally.steps += 1;
    this.api.invariants.mayStop.add(endpoint);
    const spec: ClearSpec = { mode: 'clear', endpoint };
    for (let attempt = 1; ; attempt++) {
      this.log(`destroy ${endpoint}, attempt ${attempt}`);
      if ((await this.run(spec, attempt <= 4)).code === 0) break;
      if (attempt > 6) throw new Error(`destroy: still not done after ${attempt} runs, the last ones without faults`);
    }
    const held = this.api.records.deployed(endpoint);
    if (held.length > 0) throw new Error(`destroy: ${endpoint} still holds ${held.map(({ model }) => model.displayName).join(', ')}`);
    this.store.delete({ provider: 'google', type: ENDPOINT, id: endpoint });
  }

  private async run(spec: Spec, disturbed: boolean): Promise<ScriptResult> {
    const env = environment(spec, { api: this.api.url, metadata: this.metadata.host });
    const script = this.random.chance(0.05) ? runAsProcess(env) : this.thread.run(env);
    const disturbance = disturbed ? new Disturbance(this.random, script.kill) : undefined;
    this.fault = (call) => {
      const fault = disturbance?.fault(call);
      this.log(`  ${call.number} ${call.method} ${call.verb}${fault ? ` → ${JSON.stringify(fault)}` : ''}`);
      return fault;
    };
    const result = await script.ended;
    this.tally.runs += 1;
    this.log(`${result.output.trimEnd()}\n  exit code ${result.code ?? 'none: killed'}`);
    if (result.code === null) this.tally.killed += 1;
    if (result.code === 1) this.tally.failed += 1;
    if (result.code === 2) this.tally.refused += 1;
    if (result.output.includes('soak-token')) throw new Error('the access token is in the output');
    if (result.output.includes('Unexpected')) throw new Error(`the reconciler broke: ${result.output}`);
    demandInvariants(this.api);
    return result;
  }

  private async demandNothingToDo(wish: Wish): Promise<void> {
    const before = this.api.calls.length;
    const { code } = await this.run(specOf(wish), false);
    const verbs = this.api.calls.slice(before).map(({ verb }) => verb).join(', '); // prettier-ignore
    if (code !== 0 || verbs !== 'operations.list, get') throw new Error(`a second run ended with ${code} after these calls: ${verbs}`);
  }

  private writes(): number {
    return this.api.calls.filter(({ method }) => method !== 'GET').length;
  }

  private createEndpoint(id: string): void {
    const attributes = { display_name: 'soak', traffic_split: '', deployed_models: [] };
    this.store.put({ provider: 'google', type: ENDPOINT, id, created: new Date().toISOString(), attributes });
  }

  /** Somebody moves all traffic to one model by hand. */
  private driftSplit(endpoint: string): void {
    const { model } = this.random.pick(this.api.records.deployed(endpoint));
    this.log(`by hand: all traffic to ${model.displayName}`);
    this.api.records.setSplit(endpoint, { [model.id]: 100 });
  }
}
