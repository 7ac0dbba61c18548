/** A plan that cannot be read. The message is all that is shown: which file, what is wrong, what to do. */
export class PlanError extends Error {
  constructor(
    readonly source: string,
    problem: string,
  ) {
    super(`${source}: ${problem}`);
    this.name = 'PlanError';
  }
}
