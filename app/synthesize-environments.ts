import { writeFileSync } from 'node:fs';
import { type CheckedFile, loadFiles, location } from '../configuration';
import { Annotations, App, withoutTokenTraces } from '../constructs/core';
import { readEvidence } from '../perimeter';
import { type Report } from '../policy';
import { buildEnvironment } from '../stacks';
import { holdToPolicy } from './hold-to-policy';
import { attempt, explain, refusalOf } from './refusal';

export interface SynthesizeOptions {
  /** Directory of the environment files, with their `shared.yaml` and the evidence about perimeters. Default: `environments`. */
  readonly directory?: string;
}

/**
 * A whole CDKTF app: builds the stacks of every environment file, holds them to the policy, and writes them where `cdktf synth` looks for
 * them. Does it all or nothing: what is wrong with files, constructs or the policy goes to standard error, of every environment, and the
 * process will end with exit code 1.
 *
 *     synthesizeEnvironments();
 */
export function synthesizeEnvironments({ directory = 'environments' }: SynthesizeOptions = {}): void {
  attempt(() => synthesize(directory), explain);
}

function synthesize(directory: string): void {
  // The command `policy` sets it: what the policy says of every environment goes into this file, and nothing else is written.
  const reportFile = process.env['POLICY_REPORT'];
  // Before the app, which creates its directory at once: a broken file shall leave nothing behind.
  const files = loadFiles(directory);
  withoutTokenTraces(() => {
    const app = new App({ stackTraces: false });
    const reports: Record<string, Report> = {};
    const build =
      ({ environment, warnings }: CheckedFile) =>
      () => {
        const stacks = buildEnvironment(app, environment, { perimeterEvidence: readEvidence(directory, environment.name) });
        for (const { place, path, message, help } of warnings)
          Annotations.of(stacks[0]!).addWarning(`${location(place)}  ${path}  ${message}. ${help}`);
        reports[environment.name] = holdToPolicy(environment, stacks, { reportOnly: reportFile !== undefined });
      };
    const complete = files.map((file) => attempt(build(file), refusalOf)).every(Boolean);
    if (reportFile !== undefined) writeFileSync(reportFile, JSON.stringify(reports));
    else if (complete) app.synth();
  });
}
