import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { RehearsalError } from './exit-codes';
import { findRevision, layOut, type Revision } from './revision';
import { copyStacks, type Stack } from './stacks';
import { MANIFEST, readStacks, synthesize } from './synthesize';
import { type Workplace } from './workplace';

/** What is deployed before the working tree is. */
export interface Earlier {
  /** For people: what it is. */
  readonly name: string;
  stacks(place: Workplace, signal: AbortSignal): Promise<Stack[]>;
}

/** A directory of synthesized stacks, as a release keeps them; else a git revision. */
export function findEarlier(projectDir: string, from: string): Earlier {
  const directory = resolve(projectDir, from);
  if (from !== '' && existsSync(join(directory, MANIFEST)))
    // A copy: the rehearsal writes beside the stacks that it runs.
    return { name: from, stacks: async (place) => copyStacks(readStacks(directory), place.fresh(BEFORE)) };
  const revision = findRevision(projectDir, from);
  const name = `${revision.name} (${revision.commit.slice(0, 10)})`;
  return { name, stacks: (place, signal) => synthesizeRevision(projectDir, place, revision, signal) };
}

const BEFORE = 'synth-before';

/** How a revision is laid out in a directory, so that its app can run: gives back where. */
type LayOut = (projectDir: string, revision: Revision, directory: string) => Promise<string>;

/** The stacks of a revision, synthesized by its own app. */
export async function synthesizeRevision(
  projectDir: string,
  place: Workplace,
  revision: Revision,
  signal: AbortSignal,
  lay: LayOut = layOut,
): Promise<Stack[]> {
  const checkout = place.fresh('revision');
  const app = await lay(projectDir, revision, checkout);
  try {
    return await synthesize(app, place.fresh(BEFORE), signal);
  } catch (error) {
    if (!(error instanceof RehearsalError) || error.outcome !== 'synthesis') throw error;
    throw new RehearsalError(
      'synthesis',
      `at ${revision.name} (${revision.commit.slice(0, 10)}), with the packages installed now, ${error.message}`,
    );
  } finally {
    rmSync(checkout, { recursive: true, force: true });
  }
}
