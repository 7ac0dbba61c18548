import { adoptOrphans, endAdoption } from './adoption';
import { summary, type Change } from './changes';
import { throwAll } from './exit-codes';
import { throughFaults } from './recovery';
import { inOrder, type Settled } from './schedule';
import { secondPlan, type Difference } from './second-plan';
import { type Stage } from './stage';
import { type StackRun } from './stack-run';
import { type Stack } from './stacks';

/** What became of a stack. */
export interface Deployed {
  readonly stack: string;
  /** Managed resources in its state. */
  readonly resources: number;
  /** Time its engine processes took. */
  readonly seconds: number;
  /** What the deployment did. */
  readonly changes: readonly Change[];
  /** Absent when no second plan was made. */
  readonly differences?: readonly Difference[];
}

export interface DeployOptions {
  /** Default: true. */
  readonly planAgain?: boolean;
  /** Seconds without progress after which an engine is taken to hang. Default: for ever. */
  readonly patience?: number;
}

/**
 * A step of the deployment. Initializing waits for nothing; a second plan waits for the whole environment, and for what builds on the stack:
 * they might undo each other's work.
 */
type Step = {
  readonly id: string;
  readonly dependencies: readonly string[];
  readonly stack: Stack;
  readonly name: 'init' | 'deploy' | 'second plan';
};

function stepsOf(stacks: readonly Stack[], planAgain: boolean): Step[] {
  const deployOf = (id: string) => `deploy ${id}`;
  return stacks.flatMap((stack) => {
    const isNeighbour = (other: Stack) => other.environment === stack.environment || other.dependencies.includes(stack.id);
    const neighbours = stacks.filter(isNeighbour).map(({ id }) => deployOf(id));
    const init: Step = { id: `init ${stack.id}`, dependencies: [], stack, name: 'init' };
    const deploy: Step = { id: deployOf(stack.id), dependencies: [init.id, ...stack.dependencies.map(deployOf)], stack, name: 'deploy' };
    const again: Step = { id: `second plan ${stack.id}`, dependencies: neighbours, stack, name: 'second plan' };
    return planAgain ? [init, deploy, again] : [init, deploy];
  });
}

/** Deploys the stacks in the order of their dependencies, and plans each again. Throws one error that tells of every stack that failed. */
export async function deploy(stage: Stage, stacks: readonly Stack[], options: DeployOptions = {}): Promise<Deployed[]> {
  const { planAgain = true, patience } = options;
  const results = new Map(stacks.map(({ id }) => [id, { stack: id, resources: 0, seconds: 0, changes: [] } as Mutable<Deployed>]));
  const steps = stepsOf(stacks, planAgain);
  const settled = await inOrder(steps, stage.width, async ({ stack, name }) => {
    const started = performance.now();
    const result = results.get(stack.id)!;
    const run = stage.run(stack);
    if (name === 'init') await run.init();
    else if (name === 'deploy') {
      result.changes = await planAndApply(stage, run, patience);
      result.resources = run.instances().length;
      stage.listener({ stack: stack.id, phase: 'apply', note: summary(result) });
    } else result.differences = await throughFaults(stage, run, () => secondPlan(run, patience));
    result.seconds += (performance.now() - started) / 1000;
    if (name === (planAgain ? 'second plan' : 'deploy'))
      stage.listener({ stack: stack.id, phase: name === 'deploy' ? 'apply' : name, end: 'done' });
  });
  throwFailures(stage, stacks, settled);
  return [...results.values()];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

async function planAndApply(stage: Stage, run: StackRun, patience: number | undefined): Promise<readonly Change[]> {
  const body = async () => {
    const plan = await run.plan('deploy', 'plan', { patience });
    if (!plan.isEmpty) await run.apply(plan, 'apply', { patience });
    endAdoption(run);
    return plan.changes;
  };
  return throughFaults(stage, run, body, () => adoptOrphans(stage, run, patience));
}

/** Every failure, each stack once; then what never started because of them. */
function throwFailures(stage: Stage, stacks: readonly Stack[], settled: ReadonlyMap<string, Settled<void>>): void {
  const of = (stack: Stack) => [...settled].filter(([id]) => id.endsWith(` ${stack.id}`)).map(([, end]) => end);
  const errors: unknown[] = [];
  const blocked: string[] = [];
  for (const stack of stacks) {
    const failed = of(stack).flatMap((end) => ('error' in end ? [end.error] : []));
    errors.push(...failed);
    if (failed.length > 0) stage.listener({ stack: stack.id, phase: 'apply', end: 'failed' });
    else if (of(stack).some((end) => 'blockedBy' in end)) {
      blocked.push(stack.id);
      stage.listener({ stack: stack.id, phase: 'apply', end: 'not finished' });
    }
  }
  throwAll(errors, blocked.length === 0 ? [] : [`not finished because of that: ${blocked.join(', ')}`]);
}
