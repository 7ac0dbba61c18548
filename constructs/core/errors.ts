import type { IConstruct } from 'constructs';

const SYMBOL = Symbol.for('cdktf-vertex-gateway/ValidationError');

/** Input that a construct refuses: everything that is wrong with it at once, and where in the construct tree. */
export class ValidationError extends Error {
  /** Path of the construct, e.g. `dev-foundation/Network/Vpc`. */
  readonly constructPath: string;
  /** One sentence or two a problem: what is wrong, what is allowed, what to do. */
  readonly problems: readonly string[];

  constructor(scope: IConstruct, problems: string | readonly string[]) {
    const list = typeof problems === 'string' ? [problems] : problems;
    super(list.map((problem) => `${scope.node.path}: ${problem}`).join('\n'));
    this.name = 'ValidationError';
    this.constructPath = scope.node.path;
    this.problems = list;
    Object.defineProperty(this, SYMBOL, { value: true });
  }

  /** The errors of several constructs as one. */
  static all(scope: IConstruct, errors: readonly ValidationError[]): ValidationError {
    const joined = new ValidationError(
      scope,
      errors.flatMap(({ problems }) => problems),
    );
    joined.message = errors.map(({ message }) => message).join('\n');
    return joined;
  }

  /** True for a ValidationError of any copy of this library: two installed copies have two classes, but one symbol. */
  static is(error: unknown): error is ValidationError {
    return typeof error === 'object' && error !== null && SYMBOL in error;
  }
}
