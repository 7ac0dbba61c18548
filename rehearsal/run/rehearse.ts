import { existsSync } from 'node:fs';
import { FaultSpecError, parseFaults, type FaultPlan } from '../faults';
import { type Display } from './display';
import { findEarlier, type Earlier } from './earlier';
import { findEngine, type EngineName } from './engine';
import { fromSystemError, RehearsalError } from './exit-codes';
import { together } from './interruption';
import { late } from './late';
import { type Script } from './performance';
import { conclude, type Report } from './report';
import { chosen, environmentsOf, select, type Selection, type Stack } from './stacks';
import { synthesize } from './synthesize';
import { demandOf } from './demand';
import { Workplace } from './workplace';

export interface RehearseOptions {
  /** Directory of the app: where `cdktf.json` is. */
  readonly projectDir: string;
  /** What to deploy: environments, or single stacks with those that they depend on. */
  readonly environments: Selection;
  /** Destroy everything at the end. */
  readonly destroy?: boolean;
  /** What is deployed first: a git revision, or a directory of synthesized stacks (a `cdktf.out`). */
  readonly from?: string;
  /** Faults to strike, as `parseFaults` reads them. */
  readonly faults?: string;
  /** Seconds without progress after which an engine is stopped, where a fault lets it hang. Default: 10. */
  readonly patience?: number;
  /** Directory to keep everything in, and to go on from. Default: a temporary one that is removed. */
  readonly keep?: string;
  /** Default: terraform, and tofu where terraform is not installed. */
  readonly engine?: EngineName;
}

export const PATIENCE = 10;

/** Rehearses the deployment of environments. Throws a RehearsalError for whatever keeps it from coming to a report. */
export async function rehearse(options: RehearseOptions, display: Display, signal: AbortSignal): Promise<Report> {
  const started = performance.now();
  const before = options.from === undefined ? undefined : findEarlier(options.projectDir, options.from);
  const place = Workplace.open(options.keep);
  try {
    const goesOn = existsSync(place.path('state'));
    display.note(before === undefined ? 'synthesizing' : `synthesizing ${before.name} and the working tree`);
    const { engine, app, earlier, perform } = await prepare(options, place, before, signal);
    const stacks = select(app, options.environments);
    const faults = options.faults === undefined ? undefined : faultPlan(options.faults, stacks);
    const script: Script = {
      stacks,
      earlier: chosen(earlier, options.environments),
      destroy: options.destroy ?? false,
      faults,
      patience: faults?.unmet.some(({ kind }) => kind === 'hang') ? (options.patience ?? PATIENCE) : undefined,
    };
    display.begin(stacks.map(({ id }) => id));
    const findings = await perform(script, { projectDir: options.projectDir, place, engine, display, signal });
    return conclude({
      engine: { name: engine.name, version: engine.version },
      seconds: (performance.now() - started) / 1000,
      environments: environmentsOf(stacks),
      warnings: stacks.flatMap(({ warnings }) => warnings),
      upgradedFrom: before?.name ?? (goesOn ? 'what the directory held' : undefined),
      directory: place.kept ? place.directory : undefined,
      ...findings,
    });
  } catch (error) {
    throw fromSystemError(error) ?? error;
  } finally {
    await display.end();
    place.close();
  }
}

/** Finds the engine, synthesizes, and loads the rest of this program, all at the same time. */
async function prepare(options: RehearseOptions, place: Workplace, earlier: Earlier | undefined, signal: AbortSignal) {
  for (const directory of ['plans', 'logs', 'synth']) place.fresh(directory);
  const [engine, app, before, { perform }] = await together(signal, [
    () => findEngine(options.engine),
    (either) => synthesize(options.projectDir, place.path('synth'), either),
    async (either) => earlier?.stacks(place, either),
    late.performance,
  ]);
  return { engine, app, earlier: before ?? [], perform };
}

function faultPlan(spec: string, stacks: readonly Stack[]): FaultPlan {
  const types = demandOf(stacks).types.flatMap(({ kind, type }) => (kind === 'resource' ? [type] : []));
  try {
    return parseFaults(spec, types);
  } catch (error) {
    throw error instanceof FaultSpecError ? new RehearsalError('usage', error.message) : error;
  }
}
