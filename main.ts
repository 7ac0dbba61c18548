import { ConfigurationError, loadEnvironments, reportConfigurationError } from './configuration';
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

try {
  // Before the app, which creates its directory at once: a broken file shall leave nothing behind.
  const environments = loadEnvironments('environments');
  withoutTokenTraces(() => {
    const app = new App({ stackTraces: false });
    for (const environment of environments) {
      buildEnvironment(app, environment, { perimeterEvidence: readEvidence('environments', environment.name) });
    }
    app.synth();
  });
} catch (error) {
  const message = explain(error);
  if (message === undefined) throw error;
  console.error(message);
  process.exitCode = 1;
}
