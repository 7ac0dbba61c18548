import { remoteStatesOf } from './remote-state';
import { type Stack } from './stacks';
import { stateFileOf, type Workplace } from './workplace';

/** The one file that a rehearsal puts beside a stack: nothing changes but where states are kept, its own and those that it reads. */
export const OVERRIDE = 'rehearsal_override.tf.json';

/** `stacks`: those of which it may read states. */
export function overrideFor(stack: Stack, stacks: readonly Stack[], place: Workplace): string {
  const kept = remoteStatesOf(stack, stacks).flatMap(({ name, keeper }) =>
    keeper === undefined ? [] : [[name, { backend: 'local', config: { path: stateFileOf(place, keeper) } }] as const],
  );
  const override = {
    terraform: { backend: { local: { path: stateFileOf(place, stack.id) } } },
    ...(kept.length > 0 && { data: { terraform_remote_state: Object.fromEntries(kept) } }),
  };
  return `${JSON.stringify(override, undefined, 2)}\n`;
}
