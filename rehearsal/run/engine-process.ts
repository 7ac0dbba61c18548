import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { type Diagnostic } from './diagnostics';
import { signalGroup, stop, throwIfInterrupted } from './interruption';

/** A line of the engine's `-json` output, as far as the rehearsal reads it. */
export interface EngineEvent {
  readonly type: string;
  readonly '@message'?: string;
  readonly diagnostic?: Diagnostic;
  readonly hook?: { readonly resource?: { readonly addr: string }; readonly action?: string };
  readonly change?: { readonly resource?: { readonly addr: string }; readonly action?: string; readonly importing?: object };
}

export interface Command {
  readonly args: readonly string[];
  readonly cwd: string;
  /** File that gets everything the engine says. */
  readonly log: string;
  /** Added to the environment that all processes share. */
  readonly environment?: NodeJS.ProcessEnv;
  readonly onEvent?: (event: EngineEvent) => void;
  /** Seconds without progress after which the engine is stopped: SIGINT first, SIGKILL after as many seconds again. Default: never. */
  readonly patience?: number;
}

export interface Ended {
  /** Undefined when a signal ended it. */
  readonly code: number | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Addresses of resources that it could not create, change or destroy. */
  readonly errored: readonly string[];
  /** What it said outside the JSON lines. */
  readonly text: string;
  /** It was stopped because nothing moved any more. */
  readonly stalled: boolean;
}

/** Starts engine processes with one environment, and knows those that run. */
export class EngineProcesses {
  private readonly running = new Set<ChildProcess>();

  constructor(
    private readonly path: string,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly signal: AbortSignal,
  ) {}

  /** As a power cut would: no warning, no chance to write the state. */
  killAll(): void {
    for (const child of this.running) signalGroup(child, 'SIGKILL');
  }

  async run(command: Command): Promise<Ended> {
    throwIfInterrupted(this.signal);
    const child = spawn(this.path, command.args, {
      cwd: command.cwd,
      env: { ...this.environment, ...command.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.running.add(child);
    const interrupt = () => stop(child);
    this.signal.addEventListener('abort', interrupt, { once: true });
    try {
      const ended = await this.follow(child, command);
      throwIfInterrupted(this.signal);
      return ended;
    } finally {
      this.signal.removeEventListener('abort', interrupt);
      this.running.delete(child);
    }
  }

  private async follow(child: ChildProcess, command: Command): Promise<Ended> {
    const lines: string[] = [];
    const text: string[] = [];
    const diagnostics: Diagnostic[] = [];
    const errored: string[] = [];
    const watch = watchdog(child, command.patience);

    const read = (line: string) => {
      lines.push(line);
      const event = parse(line);
      if (event === undefined) text.push(line);
      else {
        // "Still creating… [10s elapsed]" is a sign of patience, not of progress.
        if (event.type !== 'apply_progress') watch.moved();
        if (event.diagnostic !== undefined) diagnostics.push(event.diagnostic);
        if (event.type === 'apply_errored' && event.hook?.resource !== undefined) errored.push(event.hook.resource.addr);
        command.onEvent?.(event);
      }
    };
    for (const stream of [child.stdout!, child.stderr!]) createInterface({ input: stream }).on('line', read);

    const code = await new Promise<number | undefined>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (status) => resolve(status ?? undefined));
    }).finally(() => watch.end());
    mkdirSync(dirname(command.log), { recursive: true });
    writeFileSync(command.log, lines.map((line) => `${line}\n`).join(''));
    return { code, diagnostics, errored, text: text.join('\n'), stalled: watch.stalled() };
  }
}

function parse(line: string): EngineEvent | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return typeof (value as EngineEvent).type === 'string' ? (value as EngineEvent) : undefined;
  } catch {
    return undefined;
  }
}

function watchdog(child: ChildProcess, patience: number | undefined) {
  let stalled = false;
  let timer: NodeJS.Timeout | undefined;
  const moved = () => {
    if (patience === undefined || stalled) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      stalled = true;
      stop(child, patience * 1000);
    }, patience * 1000);
  };
  moved();
  return { moved, end: () => clearTimeout(timer), stalled: () => stalled };
}
