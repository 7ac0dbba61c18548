import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Engine } from './engine';
import { overrideFor, OVERRIDE } from './override';
import { type Stack } from './stacks';
import { type Workplace } from './workplace';

/**
 * Stands in for the engine while `exec` runs a command that starts it by itself (`cdktf deploy`, or a person). In the directory of a
 * synthesized stack it goes to the stack's room, where the stack is linked and its backend replaced; so nothing is written to `cdktf.out`,
 * and no leftover can turn a later, real deploy aside. Gives back the path of the wrapper.
 */
export function writeWrapper(place: Workplace, engine: Engine, stacks: readonly Stack[]): string {
  const rooms = place.path('rooms');
  for (const stack of stacks) {
    // A room that is there already is initialized.
    mkdirSync(join(rooms, stack.id), { recursive: true });
    writeFileSync(join(rooms, stack.id, OVERRIDE), overrideFor(stack, stacks, place));
  }
  mkdirSync(place.path('state'), { recursive: true });
  const wrapper = join(place.fresh('bin'), engine.name);
  writeFileSync(wrapper, script(engine.path, rooms));
  chmodSync(wrapper, 0o755);
  return wrapper;
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const script = (engine: string, rooms: string): string => `#!/bin/sh
# Written by \`npm run rehearse -- exec\`: runs the engine on the stack in the current directory, with the rehearsal's state.
engine=${quoted(engine)}
[ -f cdk.tf.json ] || exec "$engine" "$@"

stack=$(basename "$PWD")
room=${quoted(rooms)}/$stack
if [ ! -d "$room" ]; then
  echo "$stack is not a stack of the environments that this rehearsal was started for" >&2
  exit 1
fi

# Embedded providers have no packages whose hashes could be locked, and no registry is asked for others.
[ "$1 $2" = 'providers lock' ] && exit 0

find "$room" -maxdepth 1 -type l -exec rm {} +
for entry in *; do
  case $entry in
    plan | *.tfplan | *.tfstate | *.tfstate.backup) ;; # of real deploys
    *) ln -s "$PWD/$entry" "$room/$entry" ;;
  esac
done
cd "$room" && exec "$engine" "$@"
`;
