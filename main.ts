import { ConfigurationError, type Environment, loadEnvironments, reportConfigurationError } from './configuration';
import { App, ValidationError, withoutTokenTraces } from './constructs/core';
import { EvidenceError, readEvidence } from './perimeter';
import { buildEnvironment } from './stacks';

/** What a person can put right, as a message; undefined for a bug, which keeps its stack trace. */
function explain(error: unknown): string | undefined {
  if (error instanceof ConfigurationError) return reportConfigurationError(error);
  if (ValidationError.is(error) || error instanceof EvidenceError) return error.message;
  // A full disk or a read-only checkout: Node's message names the file and the reason.
  if (error instanceof Error && 'syscall' in error) return `The stacks cannot be written: ${error.message}`;
  return undefined;
}

/** Does a part of the work; what went wrong with it is told, and the other parts are tried none the less. */
function attempt(work: () => void): boolean {
  try {
    work();
    return true;
  } catch (error) {
    const message = explain(error);
    if (message === undefined) throw error;
    console.error(message);
    process.exitCode = 1;
    return false;
  }
}

attempt(() => {
  // Before the app, which creates its directory at once: a broken file shall leave nothing behind.
  const environments = loadEnvironments('environments');
  withoutTokenTraces(() => {
    const app = new App({ stackTraces: false });
    const build = (environment: Environment) =>
      attempt(() => void buildEnvironment(app, environment, { perimeterEvidence: readEvidence('environments', environment.name) }));
    if (environments.map(build).every(Boolean)) app.synth();
  });
});
