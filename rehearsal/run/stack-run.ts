import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Change } from './changes';
import { EngineFailure } from './diagnostics';
import { type Ended, type EngineEvent, type EngineProcesses } from './engine-process';
import { type Outcome } from './exit-codes';
import { type Listener, type Phase } from './progress';
import { type Stack } from './stacks';
import { instancesIn, type Instance } from './state';
import { OVERRIDE, overrideFor } from './override';
import { stateFileOf, type Workplace } from './workplace';

/** How `plan -detailed-exitcode` ends when there is something to do. */
const CHANGES = 2;

export interface Plan {
  readonly file: string;
  readonly changes: readonly Change[];
  /** There is nothing to do, not even for an output. */
  readonly isEmpty: boolean;
}

interface ChangeJson {
  readonly actions: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
  readonly after_unknown?: unknown;
}

/** `terraform show -json` of a plan, as far as the rehearsal reads it. */
export interface PlanJson {
  readonly resource_changes?: readonly { readonly address: string; readonly type: string; readonly change: ChangeJson }[];
  readonly output_changes?: Readonly<Record<string, ChangeJson>>;
}

export interface RunOptions {
  /** More arguments for the engine. */
  readonly args?: readonly string[];
  /** Seconds without progress after which the engine is stopped. Default: never. */
  readonly patience?: number;
  /** How the rehearsal ends when the command fails. Default: as a failed deployment. */
  readonly otherwise?: Outcome;
}

/** One stack in the hands of the engine: each method starts the engine once. */
export class StackRun {
  private commands = 0;
  private deployment?: Plan;

  constructor(
    readonly stack: Stack,
    private readonly processes: EngineProcesses,
    private readonly place: Workplace,
    private readonly listener: Listener,
    /** The stacks that are run beside it: it may read their states. */
    private readonly neighbours: readonly Stack[],
    /** Values of the stack's input variables, as `TF_VAR_…`. */
    private readonly variables: NodeJS.ProcessEnv,
  ) {}

  get stateFile(): string {
    return stateFileOf(this.place, this.stack.id);
  }

  instances(): Instance[] {
    return instancesIn(this.stateFile);
  }

  async init(): Promise<void> {
    mkdirSync(dirname(this.stateFile), { recursive: true });
    writeFileSync(join(this.stack.directory, OVERRIDE), overrideFor(this.stack, this.neighbours, this.place));
    const ended = await this.engine('init', 'init', ['-input=false', '-no-color']);
    if (ended.code !== 0) throw this.failed('init', ended);
  }

  /** Plans and keeps the plan, so that exactly what was planned is applied. */
  async plan(name: string, phase: Phase, options: RunOptions = {}): Promise<Plan> {
    const file = this.place.path('plans', `${this.stack.id}.${name}.tfplan`);
    mkdirSync(dirname(file), { recursive: true });
    const changes: Change[] = [];
    const args = ['-input=false', '-json', '-detailed-exitcode', `-out=${file}`, ...(options.args ?? [])];
    const ended = await this.engine('plan', phase, args, options.patience, (event) => {
      const { resource, action, importing } = event.change ?? {};
      if (event.type === 'planned_change' && resource !== undefined)
        changes.push({ address: resource.addr, action: action as Change['action'], ...(importing !== undefined && { imported: true }) });
    });
    if (ended.code !== 0 && ended.code !== CHANGES) throw this.failed('plan', ended, options);
    const plan = { file, changes, isEmpty: ended.code === 0 };
    if (phase === 'plan') this.deployment = plan;
    return plan;
  }

  /** The last plan of a deployment: what is, or was, being applied. */
  get planned(): Plan | undefined {
    return this.deployment;
  }

  async apply(plan: Plan, phase: Phase, options: RunOptions = {}): Promise<void> {
    const onEvent = progressOf(this.listener, this.stack.id, phase);
    const ended = await this.engine('apply', phase, ['-input=false', '-json', plan.file], options.patience, onEvent);
    if (ended.code !== 0) throw this.failed('apply', ended, options);
  }

  /** The plan as JSON, for the rare moments in which its details matter. */
  async show(plan: Plan): Promise<PlanJson> {
    const ended = await this.engine('show', undefined, ['-json', '-no-color', plan.file]);
    if (ended.code !== 0) throw this.failed('show', ended);
    return JSON.parse(ended.text) as PlanJson;
  }

  private failed(command: string, ended: Ended, options: RunOptions = {}): EngineFailure {
    return new EngineFailure(this.stack, command, ended, options.otherwise ?? 'deploy');
  }

  private engine(
    command: string,
    phase: Phase | undefined,
    args: readonly string[],
    patience?: number,
    onEvent?: (event: EngineEvent) => void,
  ): Promise<Ended> {
    this.commands++;
    if (phase !== undefined) this.listener({ stack: this.stack.id, phase });
    return this.processes.run({
      args: [command, ...args],
      cwd: this.stack.directory,
      environment: this.variables,
      log: this.place.path('logs', this.stack.id, `${String(this.commands).padStart(2, '0')}-${phase ?? command}.log`.replaceAll(' ', '-')),
      onEvent,
      patience,
    });
  }
}

/** Tells the resource under way, and how many are done. */
function progressOf(listener: Listener, stack: string, phase: Phase): (event: EngineEvent) => void {
  let done = 0;
  return (event) => {
    const resource = event.hook?.resource?.addr;
    if (event.type === 'apply_start') listener({ stack, phase, resource, done });
    else if (event.type === 'apply_complete') listener({ stack, phase, done: ++done });
  };
}
