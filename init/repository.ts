import { jsonSchemaFiles } from '../configuration/json-schema';
import type { Choices } from './choices';
import { codeowners } from './codeowners';
import { environmentFile } from './environments/environment-file';
import { sharedFile } from './environments/shared-file';
import { gapsIn } from './fill-in';
import { projectFiles } from './project-files';
import { readme } from './readme';
import type { RepositoryFile } from './repository-file';
import { workflowFiles } from './workflows';

/** Every file of the new repository, sorted by path. Nothing but the choices and this package has a say in it. */
export function repositoryFiles(choices: Choices): RepositoryFile[] {
  const schemas = Object.entries(jsonSchemaFiles()).map(([name, text]) => ({ path: `environments/${name}`, text }));
  const owners = codeowners(choices);
  const files: RepositoryFile[] = [
    ...projectFiles(choices),
    sharedFile(choices),
    ...choices.environments.map((name) => environmentFile(choices, name)),
    ...schemas,
    ...workflowFiles(choices),
    ...(owners ? [owners] : []),
  ];
  const all = [...files, readme(choices, gapsIn(inOrder(files)))];
  return inOrder(all);
}

const inOrder = (files: readonly RepositoryFile[]): RepositoryFile[] =>
  [...files].sort((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0));
