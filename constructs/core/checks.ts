import type { IConstruct } from 'constructs';
import { Token } from './cdktf';
import { ValidationError } from './errors';

/** A value that the check has to leave alone: not given, or known only to Terraform. */
function skipped(value: unknown): value is undefined {
  return value === undefined || Token.isUnresolved(value);
}

/**
 * Collects the problems of one construct's props, so that a person sees all of them at once. Values that are absent, and tokens that
 * only Terraform can resolve, pass every check: they are neither right nor wrong yet.
 *
 *     const check = new Checks(this);
 *     check.between('length', props.length, 16, 512);
 *     check.done();
 */
export class Checks {
  private readonly problems: string[] = [];

  constructor(private readonly scope: IConstruct) {}

  /** `explanation` says what is allowed: `` `name` must be <explanation>, got: X. `` */
  matches(name: string, value: string | undefined, pattern: RegExp, explanation: string): void {
    if (skipped(value) || pattern.test(value)) return;
    this.add(`\`${name}\` must be ${explanation}, got: ${JSON.stringify(value)}.`);
  }

  /** A whole number between the two, both included. */
  between(name: string, value: number | undefined, min: number, max: number): void {
    if (skipped(value) || (Number.isInteger(value) && value >= min && value <= max)) return;
    this.add(`\`${name}\` must be a whole number between ${min} and ${max}, got: ${value}.`);
  }

  notEmpty(name: string, value: readonly unknown[] | undefined): void {
    if (skipped(value) || value.length > 0) return;
    this.add(`\`${name}\` must have at least one element.`);
  }

  /** A rule of its own. `values` are what it looks at: when one of them is a token, the rule is left to Terraform. */
  that(holds: () => boolean, problem: string, ...values: readonly unknown[]): void {
    if (values.some((value) => Token.isUnresolved(value)) || holds()) return;
    this.add(problem);
  }

  add(problem: string): void {
    this.problems.push(problem);
  }

  /** Throws one error with all problems, or nothing. */
  done(): void {
    if (this.problems.length > 0) throw new ValidationError(this.scope, this.problems);
  }
}
