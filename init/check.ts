import { join, relative } from 'node:path';
import { checkFiles, ConfigurationError, environmentFiles } from '../configuration';

/**
 * Holds the environment files of a new repository to all that `check` asks for: also what only shows when settings meet. Throws a
 * `ConfigurationError` with places relative to the repository.
 */
export function checkEnvironments(directory: string): void {
  const { problems } = checkFiles(environmentFiles(join(directory, 'environments')));
  if (problems.length === 0) return;
  throw new ConfigurationError(
    problems.map((problem) => ({ ...problem, place: { ...problem.place, file: relative(directory, problem.place.file) } })),
  );
}
