import { describeFault, type FaultPlan } from '../faults';
import { SecretLedger } from '../ledger';
import { deploy, type Deployed } from './deploy';
import { destroy } from './destroy';
import { type Display } from './display';
import { type Engine } from './engine';
import { RehearsalError } from './exit-codes';
import { mergeSearches, searchForSecrets } from './leaks';
import { silent, type Listener } from './progress';
import { type Findings } from './report';
import { differencesOfEnds } from './same-end';
import { openStage, type Stage } from './stage';
import { copyStacks, type Stack } from './stacks';
import { type Instance } from './state';
import { type Workplace } from './workplace';

/** What is deployed: first the earlier stacks, if any, then the present ones. */
export interface Script {
  readonly earlier: readonly Stack[];
  readonly stacks: readonly Stack[];
  /** Destroy everything at the end. */
  readonly destroy: boolean;
  readonly faults?: FaultPlan;
  /** Seconds without progress after which an engine is stopped. */
  readonly patience?: number;
}

/** Who plays it, and where. */
export interface Cast {
  readonly projectDir: string;
  readonly place: Workplace;
  readonly engine: Engine;
  readonly display: Display;
  readonly signal: AbortSignal;
}

type Found = Pick<Findings, 'stacks' | 'secrets' | 'violations' | 'faults' | 'destroyed'>;

/** Deploys, plans again, looks for secrets, and destroys where asked to. */
export async function perform(script: Script, cast: Cast): Promise<Found> {
  const { faults, patience, stacks } = script;
  const ledger = new SecretLedger();
  const expected = faults === undefined ? undefined : await undisturbedEnd(script, cast, ledger);
  const stage = await openStage({ ...stageOf(script, cast, ledger, cast.display.listener), faults });
  const search = () => searchForSecrets(cast.place.directory, ledger);
  try {
    const deployed = await play(stage, script);
    const ends = expected?.map((undisturbed, index) => ({
      stack: stacks[index]!,
      undisturbed,
      disturbed: stage.run(stacks[index]!).instances(),
    }));
    const secrets = search();
    const violations = [...stage.violations()];
    const destroyed = script.destroy ? await destroy(stage, stacks, patience) : undefined;
    if (faults !== undefined) demandAllMet(faults);
    return {
      stacks: deployed,
      violations,
      destroyed,
      // Once more: destroying empties the states, and leaves new plans and logs.
      secrets: destroyed === undefined ? secrets : mergeSearches(secrets, search()),
      faults: ends && { recoveries: stage.recoveries, differences: differencesOfEnds(ends) },
    };
  } finally {
    await stage.close();
  }
}

/** The states that the stacks have when nothing goes wrong, from a run of its own with a cloud of its own. */
async function undisturbedEnd(script: Script, cast: Cast, ledger: SecretLedger): Promise<Instance[][]> {
  cast.display.note('first without faults, to know the end');
  const place = cast.place.within('undisturbed');
  const stacks = copyStacks(script.stacks, place.path('synth'));
  const earlier = copyStacks(script.earlier, place.path('synth-before'));
  const copy = { ...script, stacks, earlier, patience: undefined };
  const stage = await openStage(stageOf(copy, { ...cast, place }, ledger, silent));
  try {
    await play(stage, copy);
    return stacks.map((stack) => stage.run(stack).instances());
  } finally {
    await stage.close();
  }
}

const stageOf = ({ earlier, stacks }: Script, { projectDir, place, engine, signal }: Cast, ledger: SecretLedger, listener: Listener) => ({
  projectDir,
  place,
  engine,
  signal,
  ledger,
  listener,
  stacks: [...earlier, ...stacks],
});

async function play(stage: Stage, { earlier, stacks, patience }: Script): Promise<Deployed[]> {
  if (earlier.length > 0) await deploy(stage, earlier, { planAgain: false, patience });
  return deploy(stage, stacks, { patience });
}

/** A fault that no call met has tried nothing. */
function demandAllMet(faults: FaultPlan): void {
  if (faults.unmet.length === 0) return;
  const list = faults.unmet.map((fault) => `  ${describeFault(fault)}`).join('\n');
  throw new RehearsalError('usage', `these faults met no call; are there so many calls, or is --destroy missing?\n${list}`);
}
