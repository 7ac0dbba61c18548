import { rmSync } from 'node:fs';
import { RehearsalError } from './exit-codes';
import { layOut, type Revision } from './revision';
import { type Stack } from './stacks';
import { synthesize } from './synthesize';
import { type Workplace } from './workplace';

/** How a revision is laid out in a directory, so that its app can run there. */
type LayOut = (projectDir: string, revision: Revision, directory: string) => Promise<void>;

/** The stacks of a revision, synthesized by its own app. */
export async function synthesizeRevision(
  projectDir: string,
  place: Workplace,
  revision: Revision,
  signal: AbortSignal,
  lay: LayOut = layOut,
): Promise<Stack[]> {
  const checkout = place.fresh('revision');
  await lay(projectDir, revision, checkout);
  try {
    return await synthesize(checkout, place.fresh('synth-before'), signal);
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
