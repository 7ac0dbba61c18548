import { differing, isObject } from './values';
import { type Plan, type StackRun } from './stack-run';

/** A resource (or output) that the second plan wants to change. */
export interface Difference {
  readonly address: string;
  readonly action: string;
  /** Dotted paths of what differs. */
  readonly attributes: readonly string[];
}

/** Plans what was just applied. Nothing may be left to do. */
export async function secondPlan(run: StackRun, patience?: number): Promise<Difference[]> {
  const plan = await run.plan('second', 'second plan', { patience });
  return plan.isEmpty ? [] : differences(run, plan);
}

async function differences(run: StackRun, plan: Plan): Promise<Difference[]> {
  const { resource_changes = [], output_changes = {} } = await run.show(plan);
  const changes = [
    ...resource_changes.map(({ address, change }) => ({ address, change })),
    ...Object.entries(output_changes).map(([name, change]) => ({ address: `output.${name}`, change })),
  ];
  return changes
    .filter(({ change }) => change.actions.some((action) => action !== 'no-op' && action !== 'read'))
    .map(({ address, change }) => ({
      address,
      action: change.actions.join(' and '),
      attributes: [...new Set([...differing(change.before, change.after), ...unknowns(change.after_unknown)])]
        .filter((path) => path !== '')
        .sort(),
    }));
}

function unknowns(value: unknown, path = ''): string[] {
  if (value === true) return path === '' ? [] : [path];
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => unknowns(inner, path === '' ? key : `${path}.${key}`));
}
