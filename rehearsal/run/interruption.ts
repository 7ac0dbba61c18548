import { type ChildProcess } from 'node:child_process';
import { RehearsalError } from './exit-codes';

/** Milliseconds an engine has to stop by itself after SIGINT. Terraform waits for the request under way, then writes the state. */
export const GRACE = 10_000;

/**
 * Ends a child, and what it started, gently: SIGINT, and after the grace period SIGKILL.
 * Children lead their own process group, so that Ctrl-C in a terminal does not reach them as a second, forcing interrupt.
 */
export function stop(child: ChildProcess, grace = GRACE): void {
  signalGroup(child, 'SIGINT');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), grace);
  child.once('close', () => clearTimeout(timer));
}

export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}

export const interrupted = (): RehearsalError => new RehearsalError('interrupted', 'interrupted; everything this run started is stopped');

export function throwIfInterrupted(signal: AbortSignal): void {
  if (signal.aborted) throw interrupted();
}

/** Runs the body with a signal that Ctrl-C (or a closed terminal, `kill`, or a reader that has gone: `| head`) raises. A second Ctrl-C changes nothing: the end is under way. */
export async function interruptible<T>(body: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const abort = (name: NodeJS.Signals) => controller.abort(name);
  const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const name of signals) process.on(name, abort);
  // Stays: what is printed after the body has no reader either.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    abort('SIGPIPE');
  });
  try {
    return await body(controller.signal);
  } finally {
    for (const name of signals) process.off(name, abort);
  }
}

/** Runs all at once. When one fails the others are stopped, and waited for; what is thrown is the first failure. */
export async function together<T extends readonly unknown[]>(
  signal: AbortSignal,
  work: { readonly [K in keyof T]: (signal: AbortSignal) => Promise<T[K]> },
): Promise<T> {
  const stopper = new AbortController();
  const either = AbortSignal.any([signal, stopper.signal]);
  const failures: unknown[] = [];
  const results = await Promise.all(
    work.map((each) =>
      each(either).catch((error: unknown) => {
        failures.push(error);
        stopper.abort();
      }),
    ),
  );
  if (failures.length > 0) throw failures[0];
  return results as unknown as T;
}
