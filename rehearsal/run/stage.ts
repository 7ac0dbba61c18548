import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { type FaultPlan } from '../faults';
import { type SecretLedger } from '../ledger';
import { openCloud, type Cloud } from './cloud';
import { type Engine } from './engine';
import { EngineProcesses } from './engine-process';
import { engineEnvironment } from './environment';
import { type Listener } from './progress';
import { type Recovery } from './recovery';
import { StackRun } from './stack-run';
import { type Stack } from './stacks';
import { instancesIn, type Instance } from './state';
import { variableValues } from './variables';
import { type Workplace } from './workplace';

/** What a rehearsal plays on: a directory, an engine, and one cloud of its own. */
export interface Stage extends Cloud {
  readonly faults?: FaultPlan;
  /** Faults that were met so far, and what was done about each. */
  readonly recoveries: Recovery[];
  readonly listener: Listener;
  /** Engines at a time. Under faults one: which call is the Nth must not depend on the weather. */
  readonly width: number;
  run(stack: Stack): StackRun;
  /** The managed resources of every state. */
  instances(): Instance[];
}

export interface StageOptions {
  readonly projectDir: string;
  readonly place: Workplace;
  readonly engine: Engine;
  /** Every stack that will be run on this stage. */
  readonly stacks: readonly Stack[];
  readonly listener: Listener;
  readonly signal: AbortSignal;
  readonly ledger: SecretLedger;
  readonly faults?: FaultPlan;
}

/** Opens the cloud that the stacks need, and hands out runs of them. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const { place, faults, listener, ledger } = options;
  const settings = place.engineSettings();
  const instances = () => statesIn(place).flatMap(instancesIn);
  const inStates = instances().map(({ type }) => type);
  // A fault that kills comes from an engine, so by then there are engines.
  const cloud = await openCloud({ ...options, inStates, onKill: () => processes.killAll() });
  const environment = engineEnvironment({ ...cloud.environment, TF_CLI_CONFIG_FILE: settings });
  const processes = new EngineProcesses(options.engine.path, environment, options.signal);
  const runs = new Map<Stack, StackRun>();
  const run = (stack: Stack): StackRun => {
    const known = runs.get(stack) ?? new StackRun(stack, processes, place, listener, options.stacks, variableValues(stack, ledger));
    runs.set(stack, known);
    return known;
  };
  const width = faults === undefined ? availableParallelism() : 1;
  return { ...cloud, environment, faults, recoveries: [], listener, width, run, instances };
}

function statesIn(place: Workplace): string[] {
  const directory = place.path('state');
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => name.endsWith('.tfstate'))
    .map((name) => place.path('state', name));
}
