import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { RehearsalError } from './exit-codes';

/** A resource instance as the state knows it. */
export interface Instance {
  readonly address: string;
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

interface StateFile {
  readonly resources?: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly module?: string;
    readonly instances: readonly { readonly index_key?: string | number; readonly attributes?: Readonly<Record<string, unknown>> }[];
  }[];
}

/** The managed resources of a state file; none when there is no file yet. */
export function instancesIn(file: string): Instance[] {
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  if (text.trim() === '') return [];
  let state: StateFile;
  try {
    state = JSON.parse(text) as StateFile;
  } catch {
    throw new RehearsalError('usage', `${file}: this is not a state (no JSON); delete the directory of the rehearsal to begin anew`);
  }
  return (state.resources ?? [])
    .filter((resource) => resource.mode === 'managed')
    .flatMap((resource) =>
      resource.instances.map((instance) => ({
        address: `${resource.module === undefined ? '' : `${resource.module}.`}${resource.type}.${resource.name}${index(instance.index_key)}`,
        type: resource.type,
        attributes: instance.attributes ?? {},
      })),
    );
}

const index = (key: string | number | undefined): string => (key === undefined ? '' : `[${JSON.stringify(key)}]`);

/**
 * An engine that is killed while it writes its state leaves a part of it, or nothing: it truncates the file and writes it anew. Puts the
 * engine's own backup, the state before that run, in its place, as an operator would; true if that was needed.
 */
export function restoreState(file: string): boolean {
  const backup = `${file}.backup`;
  if (!existsSync(file) || isState(file) || !existsSync(backup) || !isState(backup)) return false;
  copyFileSync(backup, file);
  return true;
}

function isState(file: string): boolean {
  try {
    return typeof (JSON.parse(readFileSync(file, 'utf8')) as { serial?: unknown }).serial === 'number';
  } catch {
    return false;
  }
}
