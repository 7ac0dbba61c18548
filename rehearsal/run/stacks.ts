import { cpSync } from 'node:fs';
import { basename, join } from 'node:path';
import { closest, distance } from 'fastest-levenshtein';
import { RehearsalError } from './exit-codes';

/** A synthesized stack, as the manifest beside it tells. */
export interface Stack {
  /** `<environment>-<concern>`, and a concern has no dash; in an app with other habits, any name. */
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
  readonly terraform?: {
    readonly required_providers?: Readonly<Record<string, { source?: string; version?: string }>>;
    readonly backend?: Readonly<Record<string, unknown>>;
  };
  readonly variable?: Readonly<Record<string, { type?: string; default?: unknown; ephemeral?: boolean; sensitive?: boolean }>>;
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly ephemeral?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
}

/** The environment is everything before the last dash: `eu-prod-foundation` belongs to `eu-prod`. Without a dash, a stack is one by itself. */
export function environmentOf(stackId: string): string {
  const dash = stackId.lastIndexOf('-');
  return dash > 0 ? stackId.slice(0, dash) : stackId;
}

export const environmentsOf = (stacks: readonly Stack[]): string[] => [...new Set(stacks.map((stack) => stack.environment))].sort();

/** The nearest of the known names, when it is near enough to have been meant. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const candidate = closest(name, [...known]);
  return distance(name, candidate) <= Math.max(2, Math.floor(name.length / 3)) ? candidate : undefined;
}

/** Names of environments or of stacks, or every stack. */
export type Selection = readonly string[] | 'all';

const isNamed = ({ id, environment }: Stack, names: readonly string[]): boolean => names.includes(environment) || names.includes(id);

/** The stacks that are named by their environment or by themselves, and those that they depend on. Unknown names choose nothing. */
export function chosen(stacks: readonly Stack[], selection: Selection): Stack[] {
  if (selection === 'all') return [...stacks];
  const ids = new Set<string>();
  const take = (stack: Stack | undefined): void => {
    if (stack === undefined || ids.has(stack.id)) return;
    ids.add(stack.id);
    // In an empty cloud nothing can be deployed without what it stands on.
    for (const id of stack.dependencies) take(stacks.find((other) => other.id === id));
  };
  for (const stack of stacks) if (isNamed(stack, selection)) take(stack);
  return stacks.filter(({ id }) => ids.has(id));
}

/** As `chosen`, but every unknown name is told at once. */
export function select(stacks: readonly Stack[], selection: Selection): Stack[] {
  if (stacks.length === 0) throw new RehearsalError('synthesis', 'the app synthesized no stack');
  const unknown = selection === 'all' ? [] : selection.filter((name) => !stacks.some((stack) => isNamed(stack, [name])));
  if (unknown.length === 0) return chosen(stacks, selection);
  const environments = environmentsOf(stacks);
  const known = [...environments, ...stacks.map(({ id }) => id)];
  const lines = unknown.map((name) => {
    const meant = nearest(name, known);
    return `there is no environment or stack '${name}'${meant === undefined ? '' : `; did you mean '${meant}'?`}`;
  });
  throw new RehearsalError('usage', `${lines.join('\n')}\nknown: ${environments.join(', ')}, and their stacks`);
}

/** What engines leave beside a stack that they have run. */
const LEFT_BY_ENGINES = /^(\.terraform|\.terraform\.lock\.hcl|plan|terraform\.tfstate.*)$/;

/** The same stacks in another directory, to be run a second time. */
export function copyStacks(stacks: readonly Stack[], directory: string): Stack[] {
  return stacks.map((stack) => {
    const copy = join(directory, stack.id);
    cpSync(stack.directory, copy, { recursive: true, filter: (source) => !LEFT_BY_ENGINES.test(basename(source)) });
    return { ...stack, directory: copy };
  });
}
