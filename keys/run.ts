import type { Plan } from './action';
import { apply, type Targets } from './apply';
import { describeAction, describePlan } from './describe';
import { KeysError } from './http';
import { observe } from './observe';
import { plan } from './plan';
import type { Desired } from './settings';

export interface RunOptions {
  readonly mode: 'plan' | 'apply';
  /** Delete what is not in the file any more, instead of blocking it. */
  readonly delete: boolean;
  /** Apply only if the plan is this one: its id. */
  readonly expected?: string;
  readonly json: boolean;
  /** Asked before anything is done, when no plan was named. */
  readonly confirm: (plan: Plan) => Promise<boolean>;
  readonly print: (text: string) => void;
}

/** `drift`: a plan that is not empty. `problems`: something of the file could not be done. */
export type Outcome = 'as-written' | 'drift' | 'applied' | 'problems' | 'declined';

/** Plans, shows, and then does exactly what was shown. */
export async function run(desired: Desired, targets: Targets, options: RunOptions): Promise<Outcome> {
  const { print, json } = options;
  const made = plan(desired, await observe(desired, targets.gateway, targets.secrets), { delete: options.delete, now: targets.now() });
  if (json) print(JSON.stringify(made, undefined, 2));
  else print(describePlan(made));
  const trouble = made.problems.length > 0;
  if (options.expected !== undefined && options.expected !== made.id) {
    throw new KeysError(
      `this is plan ${made.id}, and ${options.expected} was asked for: something has changed meanwhile. Read this one, and name it`,
    );
  }
  if (made.actions.length === 0) return trouble ? 'problems' : 'as-written';
  if (options.mode === 'plan') return trouble ? 'problems' : 'drift';
  if (options.expected === undefined && !(await options.confirm(made))) return 'declined';
  let count = 0;
  try {
    await apply(made.actions, targets, (action) => {
      count++;
      if (!json) print(`done ${count} of ${made.actions.length}:${describeAction(action).split('\n')[0]!.replace(/^ */, ' ')}`);
    });
  } catch (error) {
    if (!(error instanceof KeysError)) throw error;
    const after = `${count} of ${made.actions.length} actions are done. Run it again: it goes on from there`;
    throw new KeysError(`${error.message}\n${after}`, error.status);
  }
  return trouble ? 'problems' : 'applied';
}
