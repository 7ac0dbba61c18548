/** One thing that is wrong with what was asked for. */
export interface Mistake {
  /** The flag, without dashes: `region`. */
  readonly flag: string;
  /** What is wrong, with what was given: completes `--region …`. */
  readonly message: string;
  /** What to do about it. */
  readonly help?: string;
}

/** Everything that is wrong, as a person reads it: a line for each. */
export const mistakesAsText = (mistakes: readonly Mistake[]): string =>
  mistakes.map(({ flag, message, help }) => [`--${flag}  ${message}`, ...(help === undefined ? [] : [`  ${help}`])].join('\n')).join('\n');
