/** Characters of one line of a file, counted from 1 as editors do. */
export interface Span {
  readonly line: number;
  readonly column: number;
  readonly width: number;
  /** The whole line, for the excerpt under the message. */
  readonly text: string;
}

/** A file or directory, as the person named it, and where in it. */
export interface Place {
  readonly file: string;
  readonly span?: Span;
}

/** One thing that is wrong. */
export interface Problem {
  readonly place: Place;
  /** Dotted path of the setting, e.g. `network.subnet`; empty if the file as a whole is meant. */
  readonly path: string;
  /** What is wrong, with the value given and what is allowed: one line, without a full stop. */
  readonly message: string;
  /** What to do about it: one line. */
  readonly help?: string;
  /** Names of the environments that have the problem, where its place is in a file that they share. */
  readonly environments?: readonly string[];
  /** The value may be a secret: nothing of it is shown. */
  readonly confidential?: boolean;
}

/** All problems of all environment files. `reportConfigurationError` writes it for people. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(readonly problems: readonly Problem[]) {
    super(problems.map((problem) => [location(problem.place), problem.path, problem.message].filter(Boolean).join('  ')).join('\n'));
  }
}

export const location = ({ file, span }: Place): string => (span ? `${file}:${span.line}:${span.column}` : file);

/** Sorted by place, each once. The same problem of several environments, found in the file they share, becomes one that names them. */
export function settle(problems: readonly Problem[]): Problem[] {
  const merged = new Map<string, Problem>();
  for (const problem of problems) {
    const key = JSON.stringify([location(problem.place), problem.path, problem.message]);
    const known = merged.get(key);
    merged.set(key, known ? { ...known, environments: union(known.environments, problem.environments) } : problem);
  }
  return [...merged.values()].sort((one, other) => {
    const files = compare(one.place.file, other.place.file);
    return files || line(one) - line(other) || column(one) - column(other) || compare(one.path, other.path);
  });
}

const line = ({ place }: Problem): number => place.span?.line ?? 0;
const column = ({ place }: Problem): number => place.span?.column ?? 0;
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** A problem that does not depend on an environment stays so. */
function union(one: Problem['environments'], other: Problem['environments']): Problem['environments'] {
  return one && other ? [...new Set([...one, ...other])] : undefined;
}
