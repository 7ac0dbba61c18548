import { ConfigurationError, type Environment, loadEnvironments, reportConfigurationError } from './configuration';
import { App, ValidationError, withoutTokenTraces } from './constructs/core';
import { EvidenceError, readEvidence } from './perimeter';
import { buildEnvironment } from './stacks';

/** What constructs and evidence refuse, as a message. */
const refusalOf = (error: unknown): string | undefined =>
  ValidationError.is(error) || error instanceof EvidenceError ? error.message : undefined;

/** What a person can put right, as a message; undefined for a bug, which keeps its stack trace. */
function explain(error: unknown): string | undefined {
  if (error instanceof ConfigurationError) return reportConfigurationError(error);
  // A full disk or a read-only checkout: Node's message names the file and the reason.
  if (error instanceof Error && 'syscall' in error) return `The stacks cannot be written: ${error.message}`;
  return refusalOf(error);
}

/** Does a part of the work. What went wrong with it is told, so that other parts can be tried none the less. */
function attempt(work: () => void, tell: (error: unknown) => string | undefined): boolean {
  try {
    work();
    return true;
  } catch (error) {
    const message = tell(error);
    if (message === undefined) throw error;
    console.error(message);
    process.exitCode = 1;
    return false;
  }
}

function main(): void {
  // Before the app, which creates its directory at once: a broken file shall leave nothing behind.
  const environments = loadEnvironments('environments');
  withoutTokenTraces(() => {
    const app = new App({ stackTraces: false });
    const build = (environment: Environment) => () =>
      void buildEnvironment(app, environment, { perimeterEvidence: readEvidence('environments', environment.name) });
    if (environments.map((environment) => attempt(build(environment), refusalOf)).every(Boolean)) app.synth();
  });
}

attempt(main, explain);
