import { isAbsolute, relative, resolve } from 'node:path';
import { isObject, type JsonObject, objectAt } from './synthesized';

/**
 * The same state from another directory. In a bucket it is where it was; the path of a file is relative to the directory of the stack, which
 * is another one now.
 */
export function sameState(configuration: JsonObject, from: string, to: string): JsonObject {
  const terraform = objectAt(configuration, 'terraform');
  const backend = objectAt(terraform, 'backend');
  const { local } = backend;
  if (!isObject(local) || typeof local['path'] !== 'string' || isAbsolute(local['path'])) return configuration;
  const path = relative(to, resolve(from, local['path'])).replaceAll('\\', '/');
  return { ...configuration, terraform: { ...terraform, backend: { ...backend, local: { ...local, path } } } };
}
