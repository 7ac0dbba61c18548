import { loadProvider, loadTypes, type ProviderName, type WantedType } from '../schema';
import { serveFacts, type ServedProviders, type Serving } from './serve';

/** A type that the stacks use, so that only these are served: a small schema is a fast one. */
export type TypeRequest = WantedType;

export interface ServeOptions extends Serving {
  /** Directory whose node_modules holds the provider bindings. */
  readonly projectDir: string;
  readonly types: readonly TypeRequest[];
  /** Providers that are configured without a type of theirs in use. */
  readonly providers?: readonly ProviderName[];
}

/**
 * Serves the providers of the given types from this process. Any number of engines may use them at once.
 * Throws one error that names every type without facts.
 */
export async function serveProviders({ projectDir, types, providers = [], ...serving }: ServeOptions): Promise<ServedProviders> {
  const facts = loadTypes(projectDir, types);
  const names = [...new Set([...providers, ...types.map(({ provider }) => provider)])];
  return serveFacts(
    names.map((name) => ({
      name,
      config: loadProvider(projectDir, name),
      types: new Map([...facts].filter(([, { provider }]) => provider === name)),
    })),
    serving,
  );
}

export { serveFacts, type ServedProviders, type Serving } from './serve';
export { type ProviderFacts } from './world';
