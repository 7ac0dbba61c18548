/** What is being done with a stack. */
export type Phase = 'init' | 'plan' | 'apply' | 'second plan' | 'repair' | 'lift protection' | 'destroy';

/** Told as it happens: the phase a stack is in, the resource under way, how many are done; then how it ended. */
export interface Progress {
  readonly stack: string;
  readonly phase: Phase;
  readonly resource?: string;
  readonly done?: number;
  /** A sentence worth keeping, e.g. "42 resources in 1.2 s". */
  readonly note?: string;
  /** The stack is through, well or not. */
  readonly end?: 'done' | 'failed' | 'not finished';
}

export type Listener = (progress: Progress) => void;

export const silent: Listener = () => undefined;
