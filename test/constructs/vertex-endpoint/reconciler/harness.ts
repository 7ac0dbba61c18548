import {
  type ClearSpec,
  type DedicatedResources,
  type DeployedModel,
  deployedModelId,
  deployedModelName,
  type ReconcileSpec,
  type Spec,
} from '../../../../constructs/vertex-endpoint/reconciler/spec';
import { type ApiCall, type CallFault, serveVertexApi, type VertexApi, type VertexApiOptions } from '../../../../rehearsal/api';
import { MemoryStore } from '../../../../rehearsal/store';
import { environment, keepScript, runAsProcess, type ScriptResult, type ScriptRun } from '../../../../soak/script-run';

export const ENDPOINT = 'projects/acme/locations/europe-west4/endpoints/123';
export const TOKEN = 'ya29.very-secret';
/** Loopback, and nobody listens: the metadata server of a laptop. */
const NOBODY = '127.0.0.1:9';

/** An endpoint in the rehearsal's cloud, and the reconciler to run against it. */
export class Harness {
  /** What goes wrong with a call; counted from 1 since the last `run`. */
  fault: (verb: string, nth: number) => CallFault | undefined = () => undefined;
  readonly thread = keepScript();
  private counts = new Map<string, number>();

  private constructor(
    readonly store: MemoryStore,
    public api: VertexApi,
  ) {}

  static async start(options: Partial<VertexApiOptions> = {}): Promise<Harness> {
    const store = new MemoryStore();
    const faults = (call: ApiCall) => harness.faultOf(call);
    const harness: Harness = new Harness(store, await serveVertexApi({ store, faults, ...options }));
    const attributes = { display_name: 'test', traffic_split: '', deployed_models: [] };
    store.put({ provider: 'google', type: 'google_vertex_ai_endpoint', id: ENDPOINT, created: '2026-11-21T00:00:00Z', attributes });
    return harness;
  }

  async close(): Promise<void> {
    await this.thread.close();
    await this.api.close();
  }

  private faultOf({ verb }: ApiCall): CallFault | undefined {
    const nth = (this.counts.get(verb) ?? 0) + 1;
    this.counts.set(verb, nth);
    return this.fault(verb, nth);
  }

  environment(spec: Spec): Record<string, string> {
    return { ...environment(spec, { api: this.api.url, metadata: NOBODY }), GOOGLE_OAUTH_ACCESS_TOKEN: TOKEN };
  }

  /** Runs the script, and tells how it ended, what it printed, and which calls it made without those that only look at an operation. */
  async run(spec: Spec): Promise<ScriptResult & { readonly calls: readonly string[] }> {
    return this.track(() => this.thread.run(this.environment(spec)).ended);
  }

  async runProcess(spec: Spec, env: Record<string, string | undefined> = {}, args: readonly string[] = []) {
    const all = Object.entries({ ...this.environment(spec), ...env }).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return this.track(() => runAsProcess(Object.fromEntries(all), args).ended);
  }

  /** A process of its own, to be interrupted. */
  startProcess(spec: Spec): ScriptRun {
    return runAsProcess(this.environment(spec));
  }

  private async track(run: () => Promise<ScriptResult>) {
    this.counts = new Map();
    const before = this.api.calls.length;
    const result = await run();
    const calls = this.api.calls.slice(before).map(({ verb }) => verb);
    return { ...result, calls: calls.filter((verb) => verb !== 'operations.get') };
  }

  /** Key and version of what is deployed → traffic, as the store has it. */
  serving(): Record<string, number> {
    const split = this.api.records.split(ENDPOINT);
    const deployed = this.api.records.deployed(ENDPOINT);
    return Object.fromEntries(deployed.map(({ model }) => [model.model.replace(/.*models\//, ''), split[model.id] ?? 0]));
  }

  /** Somebody deploys a model by hand. */
  deployByHand(id: string, displayName = 'experiment'): void {
    const { dedicatedResources, model } = deployedModel('by-hand@1');
    this.api.records.put(ENDPOINT, { model: { id, displayName, model, dedicatedResources }, ready: true });
  }
}

/** `flash@2`: key and version. */
export function deployedModel(name: string, resources: Partial<DedicatedResources> = {}): DeployedModel {
  const [key = ''] = name.split('@');
  const model = `projects/acme/locations/europe-west4/models/${name}`;
  const machineSpec = { machineType: 'g2-standard-12', acceleratorType: 'NVIDIA_L4', acceleratorCount: 1 };
  const dedicatedResources = {
    machineSpec,
    minReplicaCount: 1,
    maxReplicaCount: 2,
    requiredReplicaCount: 1,
    autoscalingMetricSpecs: [],
    ...resources,
  };
  const id = deployedModelId(key, { model, machineSpec: dedicatedResources.machineSpec, spot: dedicatedResources.spot });
  return { id, displayName: deployedModelName(key, id), model, dedicatedResources };
}

export interface SpecOptions extends Partial<Pick<ReconcileSpec, 'rollout' | 'allowOutage' | 'adopt'>> {
  readonly resources?: Record<string, Partial<DedicatedResources>>;
}

/** `{ 'flash@2': 95, 'pro@1': 5 }`: what is deployed, and its traffic. */
export function wanted(traffic: Record<string, number>, { resources = {}, ...options }: SpecOptions = {}): ReconcileSpec {
  const models = Object.keys(traffic).map((name) => deployedModel(name, resources[name]));
  const split = Object.fromEntries(models.map((model, index) => [model.id, Object.values(traffic)[index] ?? 0]));
  return { mode: 'reconcile', endpoint: ENDPOINT, models, traffic: split, rollout: 'surge', ...options };
}

export const cleared: ClearSpec = { mode: 'clear', endpoint: ENDPOINT };
