import { ConfigurationError, reportConfigurationError } from '../configuration';
import { ValidationError } from '../constructs/core';
import { EvidenceError } from '../perimeter';
import { PolicyError } from '../policy';

/** What constructs, evidence and policy refuse, as a message; undefined for anything else. */
export const refusalOf = (error: unknown): string | undefined =>
  ValidationError.is(error) || error instanceof EvidenceError || error instanceof PolicyError ? error.message : undefined;

/** What a person can put right, as a message; undefined for a bug, which keeps its stack trace. */
export function explain(error: unknown): string | undefined {
  if (error instanceof ConfigurationError) return reportConfigurationError(error);
  // A full disk or a read-only checkout: Node's message names the file and the reason.
  if (error instanceof Error && 'syscall' in error) return `The stacks cannot be written: ${error.message}`;
  return refusalOf(error);
}

/** Does a part of the work. What went wrong with it is told, so that other parts can be tried none the less. */
export function attempt(work: () => void, tell: (error: unknown) => string | undefined): boolean {
  try {
    work();
    return true;
  } catch (error) {
    const message = tell(error);
    if (message === undefined) throw error;
    process.stderr.write(`${message}\n`);
    process.exitCode = 1;
    return false;
  }
}
