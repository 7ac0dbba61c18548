import type { IConstruct } from 'constructs';
import { Annotations } from './cdktf';
import { ValidationError } from './errors';

/** An option that has another name now. Its doc comment says the same, in the form that `test/repository/deprecations` asks for. */
export interface RenamedOption<T> {
  readonly name: string;
  readonly value: T | undefined;
  readonly use: string;
  /** What is given under the new name. */
  readonly instead: T | undefined;
  /** Major version that is without it. */
  readonly removedIn: string;
}

/** The value of an option that is given under its new or its old name. The old one warns at synthesis, with the path of the construct. */
export function renamedOption<T>(scope: IConstruct, { name, value, use, instead, removedIn }: RenamedOption<T>): T | undefined {
  if (value === undefined) return instead;
  if (instead !== undefined) throw new ValidationError(scope, `\`${name}\` is the old name of \`${use}\`, which is given too. Remove it.`);
  Annotations.of(scope).addWarning(
    `\`${name}\` is deprecated: version ${removedIn} is without it. Write \`${use}\` instead; nothing else changes.`,
  );
  return value;
}
