import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NODE_FOLDER = join(__dirname, '../constructs/vertex-endpoint/reconciler/script');
const PYTHON_FOLDER = join(__dirname, '../export/python');

/** `node`: the programs that stacks carry. `python`: their ports, which an exit to plain Terraform takes instead. */
export type Language = 'node' | 'python';

let current: Language = 'node';
let interpreter: string | undefined;

/** In which language programs run from here on; at first it is Node. */
export function speak(language: Language): void {
  current = language;
}

export const language = (): Language => current;

/** Absolute path of the interpreter, or '': programs run without a PATH, and a version manager's stand-in takes longer than they do. */
export function python(): string {
  interpreter ??= spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).stdout?.trim() ?? '';
  return interpreter;
}

/** Folder of the ports. */
export const pythonFolder = (): string => PYTHON_FOLDER;

/** What Python compiles goes to the temporary directory, and not beside the sources. */
export const pythonFlags = (): string[] => ['-X', `pycache_prefix=${join(tmpdir(), 'python')}`];

/** The command that runs a program in the current language; `node` says where it is as a Node program. */
export function commandOf(program: string, node: string = join(NODE_FOLDER, `${program}.js`)): [command: string, ...args: string[]] {
  if (current === 'python') return [python(), ...pythonFlags(), join(PYTHON_FOLDER, `${program.replaceAll('-', '_')}.py`)];
  return [process.execPath, node];
}
