import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { type FaultPlan } from '../faults';
import { SecretLedger } from '../ledger';
import { serveProviders, type TypeRequest } from '../plugin';
import { loadTypes, type WantedType } from '../schema';
import { type TypeFacts } from '../schema/types';
import { FileStore, MemoryStore, type Store } from '../store';
import { engineEnvironment } from './environment';
import { type Engine } from './engine';
import { EngineProcesses } from './engine-process';
import { RehearsalError } from './exit-codes';
import { type Listener } from './progress';
import { type Recovery } from './recovery';
import { type Stack } from './stacks';
import { StackRun } from './stack-run';
import { instancesIn, type Instance } from './state';
import { typesOf } from './types';
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
  const types = typesOf(options.stacks);
  const facts = factsOf(projectDir, types);
  let killAll = () => {};
  const served =
    types.length === 0 ? undefined : await serveProviders({ projectDir, types, store, ledger, faults, onKill: () => killAll() });

  const environment = engineEnvironment({ ...served?.environment, TF_CLI_CONFIG_FILE: place.engineSettings() });
  const processes = new EngineProcesses(options.engine.path, environment, options.signal);
  killAll = () => processes.killAll();
  const runs = new Map<Stack, StackRun>();
  const run = (stack: Stack): StackRun => {
    const known = runs.get(stack) ?? new StackRun(stack, processes, place, listener, variableValues(stack, ledger));
    runs.set(stack, known);
    return known;
  };
  const close = async () => {
    await served?.close();
    await store.saved();
  };
  const width = faults === undefined ? availableParallelism() : 1;
  const instances = () => statesIn(place).flatMap(instancesIn);
  return { place, store, ledger, faults, facts, recoveries: [], listener, width, environment, run, instances, close };
}

/** Reads the facts before anything starts: a type that nothing is known of is told first. */
function factsOf(projectDir: string, types: readonly TypeRequest[]): ReadonlyMap<string, TypeFacts> {
  try {
    return loadTypes(projectDir, types as readonly WantedType[]);
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
