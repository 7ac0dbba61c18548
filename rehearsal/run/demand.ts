import { type ProviderName, type WantedType } from '../schema';
import { RehearsalError } from './exit-codes';
import { statesOutOfReach } from './remote-state';
import { type Configuration, type Stack } from './stacks';

/** Providers that the rehearsal embeds, by their source address. */
const EMBEDDED: Readonly<Record<string, ProviderName>> = {
  'hashicorp/google': 'google',
  'hashicorp/aws': 'aws',
  'hashicorp/random': 'random',
};

/** What Terraform serves itself (`terraform_data`). */
const BUILT_IN = 'terraform';

const KINDS = ['resource', 'data', 'ephemeral'] as const;

/** What must be served for the stacks to run: the types that they use, and the providers that they require, used or not. */
export interface Demand {
  readonly providers: readonly ProviderName[];
  readonly types: readonly WantedType[];
}

/** `inStates`: resource types that states hold already; to plan their removal the engine needs them as well. */
export function demandOf(stacks: readonly Stack[], inStates: readonly string[] = []): Demand {
  const providers = new Set<ProviderName>();
  const types = new Map<string, WantedType>();
  const problems = new Set<string>(statesOutOfReach(stacks));
  for (const { id, configuration } of stacks) {
    const embedded = (local: string): ProviderName | undefined => {
      const source = sourceOf(configuration, local);
      const provider = EMBEDDED[source];
      if (provider === undefined) problems.add(`${id}: provider ${source} is not embedded; there are: ${Object.keys(EMBEDDED).join(', ')}`);
      else providers.add(provider);
      return provider;
    };
    for (const local of Object.keys(configuration.terraform?.required_providers ?? {})) embedded(local);
    for (const { kind, type, local } of blocksOf(configuration)) {
      const provider = local === BUILT_IN ? undefined : embedded(local);
      if (provider !== undefined) types.set(`${kind} ${type}`, { provider, kind, type });
    }
  }
  for (const type of inStates) {
    const provider = EMBEDDED[`hashicorp/${localNameOf(type)}`];
    if (provider !== undefined) types.set(`resource ${type}`, { provider, kind: 'resource', type });
  }
  if (problems.size > 0) throw new RehearsalError('types', [...problems].join('\n'));
  return {
    providers: [...new Set([...providers, ...[...types.values()].map(({ provider }) => provider)])].sort(),
    types: [...types.keys()].sort().map((key) => types.get(key)!),
  };
}

/** Resource, data and ephemeral blocks, with the local name of the provider that serves each. */
function blocksOf(configuration: Configuration): { kind: (typeof KINDS)[number]; type: string; local: string }[] {
  return KINDS.flatMap((kind) =>
    Object.entries(configuration[kind] ?? {}).flatMap(([type, blocks]) =>
      Object.values(blocks).map((block) => {
        const named = block['provider'];
        return { kind, type, local: typeof named === 'string' ? named.split('.')[0]! : localNameOf(type) };
      }),
    ),
  );
}

/** The provider that serves a type unless its block names another: `google` for `google_compute_network`. */
const localNameOf = (type: string): string => type.split('_')[0]!;

/** As Terraform reads it: `google` is `hashicorp/google` of the default registry. */
function sourceOf(configuration: Configuration, local: string): string {
  const source = configuration.terraform?.required_providers?.[local]?.source ?? local;
  return source.includes('/') ? source.replace(/^registry\.(terraform\.io|opentofu\.org)\//, '') : `hashicorp/${source}`;
}
