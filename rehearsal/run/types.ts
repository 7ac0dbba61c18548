import { type TypeRequest } from '../plugin';
import { type Configuration, type Stack } from './stacks';

const KINDS = ['resource', 'data', 'ephemeral'] as const;

/** Terraform serves this one itself (`terraform_data`). */
const BUILT_IN = 'terraform';

/** Every resource, data and ephemeral type that the stacks use, each once: these are served, and no others. */
export function typesOf(stacks: readonly Stack[]): TypeRequest[] {
  const requests = new Map<string, TypeRequest>();
  for (const { configuration } of stacks) {
    for (const kind of KINDS) {
      for (const [type, blocks] of Object.entries(configuration[kind] ?? {})) {
        for (const block of Object.values(blocks)) {
          const provider = providerOf(configuration, type, block['provider']);
          if (provider !== BUILT_IN) requests.set(`${provider} ${kind} ${type}`, { provider, kind, type });
        }
      }
    }
  }
  return [...requests.keys()].sort().map((key) => requests.get(key)!);
}

/** The local name is the block's `provider`, less an alias, or the beginning of the type; its source says which provider it is. */
function providerOf(configuration: Configuration, type: string, named: unknown): string {
  const local = typeof named === 'string' ? named.split('.')[0]! : type.split('_')[0]!;
  const source = configuration.terraform?.required_providers?.[local]?.source;
  return source?.split('/').at(-1) ?? local;
}
