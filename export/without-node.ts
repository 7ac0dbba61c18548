import { posix } from 'node:path';
import { portOf, PROGRAMS } from './programs';
import { isObject, type Json, type JsonObject, mapObjects, objectAt } from './synthesized';

const MODULE = '${path.module}/';

/** What became of the programs that a stack runs. */
export interface WithoutNode {
  readonly configuration: JsonObject;
  /** Ports that it runs now. */
  readonly ports: readonly string[];
  /** Files that it ran before and runs no more, below its directory. */
  readonly replaced: readonly string[];
  /** Commands that still need Node: nobody has ported them. */
  readonly left: readonly string[];
}

/**
 * Lets provisioners run ports of the programs that need Node. What a provisioner runs is no part of a state, and no reason for a plan to
 * change anything.
 */
export function withoutNode(configuration: JsonObject): WithoutNode {
  const ports = new Set<string>();
  const replaced = new Set<string>();
  const left = new Set<string>();
  const change = (object: JsonObject): JsonObject => {
    const settings = object['local-exec'];
    if (!isObject(settings) || !needsNode(settings)) return object;
    const command = String(settings['command'] ?? '');
    const file = command.startsWith(MODULE) ? posix.normalize(command.slice(MODULE.length)) : undefined;
    const port = file === undefined ? undefined : portOf(file, Object.keys(objectAt(settings, 'environment')));
    if (file === undefined || port === undefined) {
      left.add(command);
      return object;
    }
    ports.add(port);
    replaced.add(file);
    // -B: Python writes nothing beside the programs, which are kept under version control.
    return { ...object, 'local-exec': { ...settings, interpreter: ['python3', '-B'], command: `${MODULE}${PROGRAMS}/${port}` } };
  };
  const changed = mapObjects(configuration as Json, change) as JsonObject;
  return { configuration: changed, ports: [...ports].sort(), replaced: [...replaced].sort(), left: [...left].sort() };
}

/** The interpreter is Node, or a shell is asked to start it. */
function needsNode({ interpreter, command }: JsonObject): boolean {
  const first = Array.isArray(interpreter) ? String(interpreter[0] ?? '') : '';
  const isNode = (text: string) => /^(node|npx|npm)(\.exe|\.cmd)?$/.test(posix.basename(text.replaceAll('\\', '/')));
  return isNode(first) || /(^|[\s;&|(])(node|npx|npm)\s/.test(String(command ?? ''));
}
