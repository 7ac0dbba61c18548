import { type FaultPlan } from '../faults';
import { type SecretLedger } from '../ledger';
import { serveFacts } from '../plugin';
import { loadProvider, loadTypes } from '../schema';
import { type TypeFacts } from '../schema/types';
import { FileStore, MemoryStore, type Store } from '../store';
import { demandOf } from './demand';
import { fromSystemError, RehearsalError } from './exit-codes';
import { serveServices } from './services';
import { type Stack } from './stacks';
import { type Workplace } from './workplace';

/** What stands in for the clouds: providers and APIs over one store. */
export interface Cloud {
  readonly store: Store;
  /** Facts of the served types, by `<kind> <type>`. */
  readonly facts: ReadonlyMap<string, TypeFacts>;
  /** What a process needs in its environment to find this cloud, and no other. */
  readonly environment: NodeJS.ProcessEnv;
  /** What an API saw that must never be, a line each. */
  violations(): readonly string[];
  close(): Promise<void>;
}

export interface CloudOptions {
  readonly projectDir: string;
  readonly place: Workplace;
  /** Every stack that will be run: their types are served. */
  readonly stacks: readonly Stack[];
  /** Resource types that states hold already. */
  readonly inStates: readonly string[];
  readonly ledger: SecretLedger;
  readonly faults?: FaultPlan;
  /** A fault kills the engine. */
  readonly onKill: () => void;
}

/** Serves what the stacks need. A type that nothing is known of is told before anything starts. */
export async function openCloud({ projectDir, place, stacks, inStates, ...serving }: CloudOptions): Promise<Cloud> {
  const demand = demandOf(stacks, inStates);
  const facts = told('types', () => loadTypes(projectDir, demand.types));
  const store = told('usage', () => (place.kept ? FileStore.open(place.path('store.json')) : new MemoryStore()));
  const providers = demand.providers.map((name) => ({
    name,
    config: told('types', () => loadProvider(projectDir, name)),
    types: new Map([...facts].filter(([, { provider }]) => provider === name)),
  }));
  const services = await serveServices(stacks, store);
  const served = await serveFacts(providers, { store, ...serving }).catch(async (error: unknown) => {
    await services.close();
    throw error;
  });
  const close = async () => {
    await Promise.all([served.close(), services.close()]);
    await store.saved();
  };
  return { store, facts, environment: { ...served.environment, ...services.environment }, violations: services.violations, close };
}

/** These say in their messages what a person can do; that, and no bug, is what an error of theirs means. */
function told<T>(outcome: 'types' | 'usage', read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw fromSystemError(error) ?? new RehearsalError(outcome, (error as Error).message);
  }
}
