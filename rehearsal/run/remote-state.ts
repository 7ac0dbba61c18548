import { isDeepStrictEqual } from 'node:util';
import { type Stack } from './stacks';

/** A `terraform_remote_state`: how stacks that are no environments read each other's outputs (cdktf makes one for each reference). */
interface RemoteState {
  /** Name of the data block. */
  readonly name: string;
  /** The stack that keeps the state. Undefined: none of those given. */
  readonly keeper?: string;
  /** Where it is kept, in a person's words. */
  readonly place: string;
}

/** The states that a stack reads, and which of the given stacks keeps each: the one whose backend is configured alike. */
export function remoteStatesOf({ configuration }: Stack, stacks: readonly Stack[]): RemoteState[] {
  return Object.entries(configuration.data?.['terraform_remote_state'] ?? {}).map(([name, { backend, config }]) => {
    const keeps = (other: Stack) => isDeepStrictEqual(other.configuration.terraform?.backend?.[String(backend)], config ?? {});
    return { name, keeper: stacks.find(keeps)?.id, place: `${String(backend)} ${JSON.stringify(config ?? {})}` };
  });
}

/** States that a rehearsal cannot have, a line each. */
export function statesOutOfReach(stacks: readonly Stack[]): string[] {
  return stacks.flatMap((stack) =>
    remoteStatesOf(stack, stacks)
      .filter(({ keeper }) => keeper === undefined)
      .map(
        ({ name, place }) =>
          `${stack.id}: data.terraform_remote_state.${name} reads ${place}, which no rehearsed stack keeps; ` +
          'if a stack of this app does, let this one depend on it (addDependency), else give what is read as a value',
      ),
  );
}
