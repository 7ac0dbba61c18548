/** The one file that a rehearsal puts beside a stack: nothing changes but where the state is kept. */
export const OVERRIDE = 'rehearsal_override.tf.json';

export const overrideFor = (stateFile: string): string =>
  `${JSON.stringify({ terraform: { backend: { local: { path: stateFile } } } }, undefined, 2)}\n`;
