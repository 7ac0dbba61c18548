import { lstatSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { checkEnvironment, checkShared } from './check';
import { parseTree } from './parse';
import { ConfigurationError, settle, type Problem } from './problem';
import { renew } from './renamed';
import type { Environment } from './schema';
import { readSource, systemReason } from './source';
import type { MapTree } from './tree';

const SHARED = 'shared.yaml';
const ENVIRONMENT_NAME = /^[a-z]([a-z0-9-]{0,14}[a-z0-9])?$/;

/** All environments of a directory, sorted by name. Throws one `ConfigurationError` with every problem of every file. */
export const loadEnvironments = (directory: string): Environment[] => loadFiles(directory).map(({ environment }) => environment);

/** As `loadEnvironments`, each with its file and the warnings about it. */
export function loadFiles(directory: string): readonly CheckedFile[] {
  const { environments, problems } = checkFiles(environmentFiles(directory));
  if (problems.length > 0) throw new ConfigurationError(problems);
  return environments;
}

export interface CheckedFile {
  readonly file: string;
  readonly environment: Environment;
  /** What it says in a way that a later version refuses; of the shared file too. */
  readonly warnings: readonly Problem[];
}

export interface CheckedFiles {
  /** Those without problems, in the order of the files. */
  readonly environments: readonly CheckedFile[];
  readonly problems: readonly Problem[];
  /** Of all files, those with problems too. */
  readonly warnings: readonly Problem[];
}

/** As their environments sort: `prod` before `prod-us`, although a dot sorts after a dash. */
function byStem(one: string, other: string): number {
  const [first, second] = [one, other].map((name) => name.replace(/\.[^.]*$/, ''));
  return first! < second! ? -1 : first! > second! ? 1 : 0;
}

/** The environment files of a directory, with `shared.yaml` left out. Throws a `ConfigurationError` if there are none. */
export function environmentFiles(directory: string): string[] {
  const fail = (message: string, help: string) => new ConfigurationError([{ place: { file: directory }, path: '', message, help }]);
  let names: string[];
  try {
    names = readdirSync(directory);
  } catch (error) {
    throw fail(`cannot be read: ${systemReason(error)}`, 'Name the directory that holds the environment files.');
  }
  // Files that editors and systems hide are none of ours; .yml and .YAML are, and are told so.
  const files = names.filter((name) => /\.ya?ml$/i.test(name) && !name.startsWith('.') && name !== SHARED).sort(byStem);
  if (files.length === 0) throw fail('holds no environment', 'Add a file such as dev.yaml.');
  return files.map((name) => join(directory, name));
}

/** Checks environment files, each on top of the `shared.yaml` beside it. Never throws for what stands in a file. */
export function checkFiles(files: readonly string[]): CheckedFiles {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const environments: CheckedFile[] = [];
  const sharedOf = new Map<string, Read>();
  for (const file of files) {
    const directory = dirname(file);
    const shared = sharedOf.get(directory) ?? readShared(join(directory, SHARED));
    sharedOf.set(directory, shared);
    const name = basename(file, '.yaml');
    const wrongName = nameProblem(file);
    if (wrongName) problems.push(wrongName);
    const { tree, problems: unread, warnings: own } = readTree(file);
    problems.push(...unread);
    warnings.push(...own);
    if (!tree) continue;
    const checked = checkEnvironment(tree, shared.tree, file, !shared.tree && shared.problems.length > 0);
    problems.push(...checked.problems.map((problem) => (problem.place.file === file ? problem : { ...problem, environments: [name] })));
    if (checked.settings && unread.length === 0 && !wrongName && shared.problems.length === 0) {
      environments.push({ file, environment: { name, ...checked.settings }, warnings: [...shared.warnings, ...own] });
    }
  }
  const shared = [...sharedOf.values()];
  return {
    environments,
    problems: settle([...shared.flatMap((each) => each.problems), ...problems]),
    warnings: settle([...shared.flatMap((each) => each.warnings), ...warnings]),
  };
}

interface Read {
  readonly tree?: MapTree;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** Nothing shared is fine: no such file, or one with comments only. */
function readShared(file: string): Read {
  if (!lstatSync(file, { throwIfNoEntry: false })) return { problems: [], warnings: [] };
  const { tree, problems, warnings } = readTree(file, true);
  return { tree, problems: tree ? [...problems, ...checkShared(tree, file)] : problems, warnings };
}

function readTree(file: string, mayBeEmpty = false): Read {
  const warnings: Problem[] = [];
  const read = readSource(file);
  if ('problems' in read) return { ...read, warnings };
  const { tree, problems } = parseTree(read.source);
  if (tree?.kind === 'map') {
    const renewed = renew(tree);
    return { ...renewed, problems: [...problems, ...renewed.problems] };
  }
  const place = tree?.place ?? read.source.placeOfWord(0);
  if (tree && tree.kind !== 'refused') {
    const what = tree.kind === 'list' ? 'a list' : 'a single value';
    return {
      problems: [...problems, { place, path: '', message: `the file holds ${what}`, help: 'Write keys: tier: development, …' }],
      warnings,
    };
  }
  if (tree || problems.length > 0 || mayBeEmpty) return { problems, warnings };
  const message = read.source.text.trim() === '' ? 'the file is empty' : 'the file holds no settings';
  return { problems: [{ place, path: '', message, help: 'Write the settings of the environment, or delete the file.' }], warnings };
}

function nameProblem(file: string): Problem | undefined {
  const name = basename(file);
  const problem = (message: string, help: string): Problem => ({ place: { file }, path: '', message, help });
  if (!name.endsWith('.yaml')) return problem('does not end in .yaml', `Rename it to ${name.replace(/\.[^.]*$/, '')}.yaml.`);
  if (name === SHARED) return problem('is what environments share, not an environment', 'Name the environments, or the directory.');
  if (ENVIRONMENT_NAME.test(name.slice(0, -'.yaml'.length))) return undefined;
  const allowed = '1 to 16 of a-z, 0-9 and dash, starting with a letter, not ending with a dash';
  return problem(`is not named after an environment: ${allowed}`, 'Rename it: the name begins the names of its stacks.');
}
