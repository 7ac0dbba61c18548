import { EngineFailure } from './diagnostics';
import { throwAll } from './exit-codes';
import { liftProtection, refusedBy } from './protection';
import { throughFaults } from './recovery';
import { inOrder, reversed } from './schedule';
import { type Stage } from './stage';
import { type RunOptions, type StackRun } from './stack-run';
import { type Stack } from './stacks';
import { type Instance } from './state';

/** An object that exists after everything was destroyed. */
export interface Leftover {
  readonly type: string;
  readonly id: string;
  /** The setting by which it stays, e.g. `disable_on_destroy = false`. Absent: it should be gone. */
  readonly keptBy?: string;
}

export interface Destroyed {
  /** Addresses that deletion protection kept from being destroyed, until it was lifted. */
  readonly refused: readonly string[];
  readonly leftovers: readonly Leftover[];
}

/** Destroys the stacks, last first, and looks at what the cloud still holds. */
export async function destroy(stage: Stage, stacks: readonly Stack[], patience?: number): Promise<Destroyed> {
  const before = stacks.flatMap((stack) => stage.run(stack).instances());
  const refused: string[] = [];
  const settled = await inOrder(reversed(stacks), stage.width, async ({ id }) => {
    const run = stage.run(stacks.find((stack) => stack.id === id)!);
    const options: RunOptions = { patience, otherwise: 'destroy' };
    await throughFaults(stage, run, async () => void refused.push(...(await destroyStack(stage, run, options))));
    stage.listener({ stack: id, phase: 'destroy', end: 'done' });
  });
  throwAll([...settled.values()].flatMap((end) => ('error' in end ? [end.error] : [])));
  return { refused, leftovers: leftoversOf(stage, before) };
}

/** Gives back the addresses whose protection had to be lifted. */
async function destroyStack(stage: Stage, run: StackRun, options: RunOptions): Promise<string[]> {
  try {
    await planAndDestroy(run, options);
    return [];
  } catch (error) {
    const refused = error instanceof EngineFailure ? refusedBy(stage, run, error) : undefined;
    if (refused === undefined) throw error;
    const note = `refused by deletion protection: ${refused.join(', ')}; lifting it, as an operator would`;
    stage.listener({ stack: run.stack.id, phase: 'destroy', note });
    await liftProtection(stage, run, options);
    await planAndDestroy(run, options);
    return refused;
  }
}

async function planAndDestroy(run: StackRun, options: RunOptions): Promise<void> {
  const plan = await run.plan('destroy', 'destroy', { ...options, args: ['-destroy'] });
  if (!plan.isEmpty) await run.apply(plan, 'destroy', options);
}

/** Settings that make the provider let go of an object without deleting it. */
const KEPT_BY: readonly (readonly [attribute: string, values: readonly unknown[]])[] = [
  ['disable_on_destroy', [false]],
  ['deletion_policy', ['ABANDON', 'DISABLE']],
];

/** What no state knows any more. Objects of environments that were not destroyed are still in theirs. */
function leftoversOf(stage: Stage, before: readonly Instance[]): Leftover[] {
  const keyOf = (type: string, id: unknown) => `${type} ${String(id)}`;
  const known = new Set(stage.instances().map(({ type, attributes }) => keyOf(type, attributes['id'])));
  const last = new Map(before.map((instance) => [keyOf(instance.type, instance.attributes['id']), instance.attributes]));
  return stage.store
    .list()
    .filter(({ type, id }) => !known.has(keyOf(type, id)))
    .map(({ type, id }) => {
      const attributes = last.get(keyOf(type, id)) ?? {};
      const setting = KEPT_BY.find(([attribute, values]) => values.includes(attributes[attribute]));
      return { type, id, keptBy: setting && `${setting[0]} = ${String(attributes[setting[0]])}` };
    });
}
