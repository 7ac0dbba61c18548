import { writeFileSync } from 'node:fs';
import { ConfigurationError, type Environment, loadEnvironments, reportConfigurationError } from './configuration';
import { Annotations, App, type EnvironmentStack, ValidationError, withoutTokenTraces } from './constructs/core';
import { EvidenceError, readEvidence } from './perimeter';
import { advice, checkPolicy, errorsOf, PolicyError, type Report } from './policy';
import { buildEnvironment, policyOf } from './stacks';

/** `npm run policy` sets it: what the policy says of every environment goes into this file, and nothing else is written. */
const REPORT_FILE = process.env['POLICY_REPORT'];

/** What constructs, evidence and policy refuse, as a message. */
const refusalOf = (error: unknown): string | undefined =>
  ValidationError.is(error) || error instanceof EvidenceError || error instanceof PolicyError ? error.message : undefined;

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

/** Here, and not in a validation: those run when some of the stacks are written already. What stops an environment is thrown. */
function holdToPolicy(environment: Environment, stacks: readonly EnvironmentStack[]): Report {
  const { stops, ...policy } = policyOf(environment);
  const documents = stacks.map((stack) => ({ name: stack.node.id, json: stack.toTerraform() }));
  const report = checkPolicy(documents, policy);
  const errors = stops && REPORT_FILE === undefined ? errorsOf(report) : [];
  if (errors.length > 0) throw new PolicyError(environment.name, errors);
  const constructs = new Map(stacks.flatMap((stack) => stack.node.findAll()).map((construct) => [construct.node.path, construct]));
  for (const finding of report.findings.filter(({ level }) => level !== 'note'))
    Annotations.of(constructs.get(finding.path) ?? stacks[0]!).addWarning(advice(finding));
  return report;
}

function main(): void {
  // Before the app, which creates its directory at once: a broken file shall leave nothing behind.
  const environments = loadEnvironments('environments');
  withoutTokenTraces(() => {
    const app = new App({ stackTraces: false });
    const reports: Record<string, Report> = {};
    const build = (environment: Environment) => () => {
      const stacks = buildEnvironment(app, environment, { perimeterEvidence: readEvidence('environments', environment.name) });
      reports[environment.name] = holdToPolicy(environment, stacks);
    };
    const complete = environments.map((environment) => attempt(build(environment), refusalOf)).every(Boolean);
    if (REPORT_FILE !== undefined) writeFileSync(REPORT_FILE, JSON.stringify(reports));
    else if (complete) app.synth();
  });
}

attempt(main, explain);
