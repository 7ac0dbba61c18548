import { SecretLedger } from '../ledger';
import { deploy } from './deploy';
import { type Display } from './display';
import { synthesizeRevision } from './earlier';
import { findEngine, type Engine, type EngineName } from './engine';
import { fromSystemError, RehearsalError, throwAll } from './exit-codes';
import { together } from './interruption';
import { late } from './late';
import { layOutWithPackages } from './packages';
import { type Listener } from './progress';
import { findRevision, type Revision } from './revision';
import { inOrder } from './schedule';
import { type Stage } from './stage';
import { chosen, select, type Selection, type Stack } from './stacks';
import { synthesize } from './synthesize';
import { Workplace } from './workplace';

export interface PreviewOptions {
  /** Directory of the app: where `cdktf.json` is. */
  readonly projectDir: string;
  /** What to plan: environments, or single stacks with those that they depend on. */
  readonly environments: Selection;
  /** Git revision that is deployed; the working tree is planned on it. */
  readonly base: string;
  /** Default: terraform, and tofu where terraform is not installed. */
  readonly engine?: EngineName;
}

/** A stack of the working tree, planned on what the base has deployed. */
export interface PreviewedStack {
  readonly stack: Stack;
  /** The same stack at the base. Undefined: it is new. */
  readonly before?: Stack;
  /** `show -json` of the plan. */
  readonly plan: unknown;
}

export interface Preview {
  readonly base: Revision;
  readonly engine: Pick<Engine, 'name' | 'version'>;
  /** In the order in which they are applied. */
  readonly stacks: readonly PreviewedStack[];
  /** Stacks of the base that the working tree does not synthesize. */
  readonly gone: readonly Stack[];
  readonly notices: readonly string[];
}

/** Deploys the base in a rehearsal and plans the working tree on it, stack by stack; nothing of the working tree is applied. */
export async function preview(options: PreviewOptions, display: Display, signal: AbortSignal): Promise<Preview> {
  const base = findRevision(options.projectDir, options.base, '--base');
  const place = Workplace.open(undefined);
  const notices: string[] = [];
  try {
    display.note(`synthesizing ${base.name} and the working tree`);
    const lay = (projectDir: string, revision: Revision, directory: string) =>
      layOutWithPackages(projectDir, revision, directory, signal, (notice) => notices.push(notice));
    const [engine, head, before, { openStage }] = await together(signal, [
      () => findEngine(options.engine),
      (either) => synthesize(options.projectDir, place.path('synth'), either),
      (either) => synthesizeRevision(options.projectDir, place, base, either, lay),
      late.stage,
    ]);
    const [stacks, earlier] = bothSides(head, before, options.environments);
    display.begin([...new Set([...earlier, ...stacks].map(({ id }) => id))]);
    const { projectDir } = options;
    const listener = withoutEnds(display.listener, stacks);
    const stage = await openStage({
      projectDir,
      place,
      engine,
      stacks: [...earlier, ...stacks],
      listener,
      signal,
      ledger: new SecretLedger(),
    });
    try {
      await deploy(stage, earlier, { planAgain: false });
      const plans = await planAll(stage, stacks, display.listener);
      return {
        base,
        engine,
        stacks: stacks.map((stack) => ({ stack, before: earlier.find(({ id }) => id === stack.id), plan: plans.get(stack.id) })),
        gone: earlier.filter(({ id }) => !stacks.some((stack) => stack.id === id)),
        notices,
      };
    } finally {
      await stage.close();
    }
  } catch (error) {
    throw fromSystemError(error) ?? error;
  } finally {
    await display.end();
    place.close();
  }
}

/** A stack or an environment may be new, or have gone: it only has to be on one side. */
function bothSides(head: readonly Stack[], before: readonly Stack[], selection: Selection): [Stack[], Stack[]] {
  select([...head, ...before.filter(({ id }) => !head.some((stack) => stack.id === id))], selection);
  return [chosen(head, selection), chosen(before, selection)];
}

/** A stack that is deployed is not through: it is planned yet. */
const withoutEnds = (listener: Listener, planned: readonly Stack[]): Listener => {
  const ids = new Set(planned.map(({ id }) => id));
  return ({ end, note, ...progress }) =>
    listener(end === 'done' && ids.has(progress.stack) ? progress : { end, ...progress, note: note && `at the base: ${note}` });
};

async function planAll(stage: Stage, stacks: readonly Stack[], listener: Listener): Promise<Map<string, unknown>> {
  const plans = new Map<string, unknown>();
  // Each is planned on what is deployed, none on another's plan: no order is needed.
  const work = stacks.map((stack) => ({ id: stack.id, dependencies: [], stack }));
  const settled = await inOrder(work, stage.width, async ({ stack }) => {
    const run = stage.run(stack);
    await run.init();
    const plan = await run.plan('review', 'plan');
    plans.set(stack.id, await run.show(plan));
    listener({ stack: stack.id, phase: 'plan', end: 'done' });
  });
  throwAll([...settled.values()].flatMap((end) => ('error' in end ? [end.error] : [])));
  if (plans.size < stacks.length) throw new RehearsalError('deploy', 'not every stack could be planned');
  return plans;
}
