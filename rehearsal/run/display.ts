import { Listr, type ListrTaskWrapper, type DefaultRenderer, type SimpleRenderer } from 'listr2';
import { type Listener, type Progress } from './progress';

/** Shows a rehearsal while it runs. */
export interface Display {
  /** Called once, when it is known what will be deployed. */
  begin(stacks: readonly string[]): void;
  readonly listener: Listener;
  /** A line about the run as a whole. */
  note(line: string): void;
  /** Nothing is shown after this. */
  end(): Promise<void>;
}

export const noDisplay: Display = {
  begin: () => undefined,
  listener: () => undefined,
  note: () => undefined,
  end: () => Promise.resolve(),
};

/** For logs and pipes: a line when a stack enters a phase, and when there is something to tell. No colours, no cursor movements. */
export function plainDisplay(print: (line: string) => void): Display {
  const phases = new Map<string, string>();
  return {
    begin: () => undefined,
    note: print,
    end: () => Promise.resolve(),
    listener: ({ stack, phase, note, end }) => {
      if (end === undefined && phases.get(stack) !== phase) print(`${stack}: ${phase}`);
      phases.set(stack, phase);
      if (note !== undefined) print(`${stack}: ${note}`);
      if (end === 'failed' || end === 'not finished') print(`${stack}: ${end}`);
    },
  };
}

type Task = ListrTaskWrapper<unknown, typeof DefaultRenderer, typeof SimpleRenderer>;

/** For a terminal: a line for each stack, with its phase, the resource under way and how many are done. */
export function terminalDisplay(print: (line: string) => void): Display {
  const tasks = new Map<string, Task>();
  const finishing = new Map<string, (end: Progress['end']) => void>();
  let running: Promise<unknown> = Promise.resolve();

  const listener: Listener = ({ stack, phase, resource, done, note, end }) => {
    const task = tasks.get(stack);
    if (end !== undefined) finishing.get(stack)?.(end);
    else if (task !== undefined)
      task.output = note ?? [phase, resource, done === undefined ? undefined : `(${done} done)`].filter(Boolean).join(' ');
  };
  const begin = (stacks: readonly string[]) => {
    const work = stacks.map((stack) => {
      const finished = new Promise<void>((done, fail) => {
        finishing.set(stack, (end) => (end === 'done' ? done() : fail(new Error(`${stack}: ${end ?? 'stopped'}`))));
      });
      finished.catch(() => undefined);
      return { title: stack, task: (_: unknown, task: Task) => (tasks.set(stack, task), finished) };
    });
    // The signals are ours: engines are stopped gently, and the directory is removed.
    running = new Listr(work, { concurrent: true, exitOnError: false, registerSignalListeners: false }).run().catch(() => undefined);
  };
  const note = (line: string) => (tasks.size === 0 ? print(line) : tasks.forEach((task) => (task.output = line)));
  const end = async () => {
    finishing.forEach((finish) => finish(undefined));
    await running;
  };
  return { begin, listener, note, end };
}
