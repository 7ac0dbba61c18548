import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { type FaultPlan } from '../faults';
import { SecretLedger } from '../ledger';
import { serveFacts } from '../plugin';
import { loadProvider, loadTypes, type WantedType } from '../schema';
import { type TypeFacts } from '../schema/types';
import { FileStore, MemoryStore, type Store } from '../store';
import { engineEnvironment } from './environment';
import { type Engine } from './engine';
import { EngineProcesses } from './engine-process';
import { RehearsalError } from './exit-codes';
import { type Listener } from './progress';
import { type Recovery } from './recovery';
import { serveServices } from './services';
import { type Stack } from './stacks';
import { StackRun } from './stack-run';
import { instancesIn, type Instance } from './state';
import { demandOf } from './demand';
import { variableValues } from './variables';
import { type Workplace } from './workplace';

/** What a rehearsal plays on: a directory, an engine, and one cloud of its own. */
export interface Stage {
  readonly place: Workplace;
  readonly store: Store;
  readonly ledger: SecretLedger;
  readonly faults?: FaultPlan;
  /** Facts of the served types, by `<kind> <type>`. */
  readonly facts: ReadonlyMap<string, TypeFacts>;
  /** Faults that were met so far, and what was done about each. */
  readonly recoveries: Recovery[];
  readonly listener: Listener;
  /** Engines at a time. Under faults one: which call is the Nth must not depend on the weather. */
  readonly width: number;
  /** What an engine process needs in its environment, whoever starts it. */
  readonly environment: NodeJS.ProcessEnv;
  run(stack: Stack): StackRun;
  /** The managed resources of every state. */
  instances(): Instance[];
  /** What an API saw that must never be, a line each. */
  violations(): readonly string[];
  close(): Promise<void>;
}

export interface StageOptions {
  readonly projectDir: string;
  readonly place: Workplace;
  readonly engine: Engine;
  /** Every stack that will be run on this stage: their types are served. */
  readonly stacks: readonly Stack[];
  readonly listener: Listener;
  readonly signal: AbortSignal;
  readonly ledger?: SecretLedger;
  readonly faults?: FaultPlan;
}

/** Serves the providers of the stacks, and hands out runs of them. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const { place, faults, listener, projectDir } = options;
  const ledger = options.ledger ?? new SecretLedger();
  const store = place.kept ? FileStore.open(place.path('store.json')) : new MemoryStore();
  const instances = () => statesIn(place).flatMap(instancesIn);
  const demand = demandOf(
    options.stacks,
    instances().map(({ type }) => type),
  );
  const facts = factsOf(projectDir, demand.types);
  const providers = demand.providers.map((name) => ({
    name,
    config: loadProvider(projectDir, name),
    types: new Map([...facts].filter(([, { provider }]) => provider === name)),
  }));
  let killAll = () => {};
  const served = await serveFacts(providers, { store, ledger, faults, onKill: () => killAll() });
  const services = await serveServices(options.stacks, store);

  const environment = engineEnvironment({ ...served.environment, ...services.environment, TF_CLI_CONFIG_FILE: place.engineSettings() });
  const processes = new EngineProcesses(options.engine.path, environment, options.signal);
  killAll = () => processes.killAll();
  const runs = new Map<Stack, StackRun>();
  const run = (stack: Stack): StackRun => {
    const known = runs.get(stack) ?? new StackRun(stack, processes, place, listener, variableValues(stack, ledger));
    runs.set(stack, known);
    return known;
  };
  const close = async () => {
    await Promise.all([served.close(), services.close()]);
    await store.saved();
  };
  const width = faults === undefined ? availableParallelism() : 1;
  return {
    place,
    store,
    ledger,
    faults,
    facts,
    recoveries: [],
    listener,
    width,
    environment,
    run,
    instances,
    violations: services.violations,
    close,
  };
}

/** Reads the facts before anything starts: a type that nothing is known of is told first. */
function factsOf(projectDir: string, types: readonly WantedType[]): ReadonlyMap<string, TypeFacts> {
  try {
    return loadTypes(projectDir, types);
  } catch (error) {
    throw new RehearsalError('types', (error as Error).message);
  }
}

function statesIn(place: Workplace): string[] {
  const directory = place.path('state');
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => name.endsWith('.tfstate'))
    .map((name) => place.path('state', name));
}
