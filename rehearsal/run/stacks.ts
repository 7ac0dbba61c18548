import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { closest, distance } from 'fastest-levenshtein';
import { RehearsalError } from './exit-codes';

/** A synthesized stack, as the manifest beside it tells. */
export interface Stack {
  /** `<environment>-<concern>`; a concern has no dash. */
  readonly id: string;
  readonly environment: string;
  /** Absolute directory of its `cdk.tf.json`. */
  readonly directory: string;
  /** Ids of the stacks that are deployed before this one. */
  readonly dependencies: readonly string[];
  /** The parsed `cdk.tf.json`. */
  readonly configuration: Configuration;
  /** Warnings that the app attached to its constructs: `<construct path>: <message>`. */
  readonly warnings: readonly string[];
}

type Block = Readonly<Record<string, unknown>>;

/** The parts of Terraform's JSON configuration that the rehearsal looks at. */
export interface Configuration {
  readonly terraform?: { readonly required_providers?: Readonly<Record<string, { source?: string; version?: string }>> };
  readonly variable?: Readonly<Record<string, { type?: string; default?: unknown; ephemeral?: boolean; sensitive?: boolean }>>;
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly ephemeral?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
}

/** The environment is everything before the last dash: `eu-prod-foundation` belongs to `eu-prod`. */
export const environmentOf = (stackId: string): string => stackId.slice(0, Math.max(0, stackId.lastIndexOf('-')));

export const environmentsOf = (stacks: readonly Stack[]): string[] => [...new Set(stacks.map((stack) => stack.environment))].sort();

/** The nearest of the known names, when it is near enough to have been meant. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const candidate = closest(name, [...known]);
  return distance(name, candidate) <= Math.max(2, Math.floor(name.length / 3)) ? candidate : undefined;
}

/** The stacks of the named environments; every unknown name is told at once. */
export function select(stacks: readonly Stack[], environments: readonly string[] | 'all'): Stack[] {
  if (stacks.length === 0) throw new RehearsalError('synthesis', 'the app synthesized no stack');
  if (environments === 'all') return [...stacks];
  const known = environmentsOf(stacks);
  const unknown = environments.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const lines = unknown.map((name) => {
      const meant = nearest(name, known);
      return `there is no environment '${name}'${meant === undefined ? '' : `; did you mean '${meant}'?`}`;
    });
    throw new RehearsalError('usage', `${lines.join('\n')}\nknown: ${known.join(', ')}`);
  }
  return stacks.filter((stack) => environments.includes(stack.environment));
}

/** The same stacks in another directory, to be run a second time. */
export function copyStacks(stacks: readonly Stack[], directory: string): Stack[] {
  return stacks.map((stack) => {
    const copy = join(directory, stack.id);
    cpSync(stack.directory, copy, { recursive: true });
    return { ...stack, directory: copy };
  });
}
