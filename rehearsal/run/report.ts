import { type Deployed } from './deploy';
import { type Destroyed } from './destroy';
import { type Engine } from './engine';
import { EXIT, type Outcome, type RehearsalError } from './exit-codes';
import { type Search } from './leaks';
import { type Recovery } from './recovery';

/** What a rehearsal found out. `--json` prints it as it is. */
export interface Report {
  readonly outcome: Outcome;
  readonly exitCode: number;
  readonly engine: Pick<Engine, 'name' | 'version'>;
  readonly seconds: number;
  readonly environments: readonly string[];
  readonly stacks: readonly Deployed[];
  readonly secrets: Search;
  /** What an API saw while the stacks were deployed that must never be, e.g. traffic to a model that is not ready. */
  readonly violations: readonly string[];
  /** Warnings that the stacks were synthesized with. */
  readonly warnings: readonly string[];
  /** What was there before: a revision (`--from`), or what the kept directory held. */
  readonly upgradedFrom?: string;
  /** With `--faults`. */
  readonly faults?: Faults;
  /** With `--destroy`. */
  readonly destroyed?: Destroyed;
  /** Where the files are; absent when they are gone. */
  readonly directory?: string;
}

export interface Faults {
  readonly recoveries: readonly Recovery[];
  /** How the end differs from that of an undisturbed run. */
  readonly differences: readonly string[];
}

export type Findings = Omit<Report, 'outcome' | 'exitCode'>;

/** The worst finding decides: a secret in a file before a plan that is not empty, and so on. */
export function conclude(findings: Findings): Report {
  const outcome = outcomeOf(findings);
  return { outcome, exitCode: EXIT[outcome].code, ...findings };
}

function outcomeOf({ secrets, stacks, faults, destroyed }: Findings): Outcome {
  if (secrets.leaks.length > 0) return 'leak';
  if (stacks.some(({ differences = [] }) => differences.length > 0)) return 'notEmpty';
  if (faults !== undefined && faults.differences.length > 0) return 'diverged';
  if (destroyed?.leftovers.some(({ keptBy }) => keptBy === undefined)) return 'destroy';
  return 'ok';
}

/** What `--json` prints when there is no report. */
export const failureAsJson = (error: RehearsalError): object => ({
  outcome: error.outcome,
  exitCode: error.exitCode,
  message: error.message,
});
