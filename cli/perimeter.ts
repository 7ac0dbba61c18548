import { createReadStream, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { checkFiles, ConfigurationError, type Environment, reportConfigurationError } from '../configuration';
import { isoToday } from '../constructs/model-catalog';
import {
  evidenceFile,
  EvidenceError,
  evidenceOf,
  promote,
  readEvidence,
  reportAsText,
  reportViolations,
  shortcomings,
  definePerimeter,
  writeEvidence,
} from '../perimeter';
import { color, colors } from './colors';
import { runCommand, Told } from './run-command';

interface Flags {
  readonly directory: string;
  readonly log: string;
  readonly save?: true;
  readonly json?: true;
}

const EXIT_REFUSED = 1;

const READING = `
The log is what gcloud prints of the project that owns the resources:
  gcloud logging read 'log_id("cloudaudit.googleapis.com/policy") OR log_id("cloudaudit.googleapis.com/activity")
    OR log_id("cloudaudit.googleapis.com/data_access")' --project=PROJECT --freshness=30d --format=json > log.json
Violations are among the policy entries; the others show that the environment was in use.

Exit code: 0 if nothing would be denied that is not settled or waived and the log is whole, 1 if not, 2 for wrong usage.
`;

const fileOf = (directory: string, name: string): string => join(directory, `${name}.yaml`);

function load(directory: string, name: string): Environment {
  const { environments, problems } = checkFiles([fileOf(directory, name)]);
  if (problems.length > 0) throw new Told(reportConfigurationError(new ConfigurationError(problems), { color }), EXIT_REFUSED);
  const { environment } = environments[0]!;
  if (!environment.perimeter) throw new Told(`${fileOf(directory, name)} has no \`perimeter\`.`, EXIT_REFUSED);
  return environment;
}

async function report(name: string, { directory, log, save, json }: Flags): Promise<void> {
  const environment = load(directory, name);
  const chunks: AsyncIterable<Uint8Array> = log === '-' ? process.stdin : createReadStream(log);
  const result = (await reportViolations(environment, chunks, isoToday()))!;
  process.stdout.write(json ? `${JSON.stringify(result, undefined, 2)}\n` : reportAsText(result, { color }));
  const clean = result.groups.every(({ state }) => state !== 'open') && result.log.broken === undefined && result.counts.unreadable === 0;
  process.exitCode = clean ? 0 : EXIT_REFUSED;
  if (!save) return;
  const evidence = evidenceOf(result);
  if (!evidence) throw new Told(`Nothing is tried: the mode is ${result.mode}. No evidence was written.`, EXIT_REFUSED);
  const definition = definePerimeter(environment)!;
  process.stderr.write(`wrote ${writeEvidence(directory, evidence)}\n`);
  for (const sentence of shortcomings(environment, definition, definition.tried!, evidence))
    process.stderr.write(`still missing: ${sentence}\n`);
}

function promoteEnvironment(name: string, { directory }: Flags): void {
  const file = fileOf(directory, name);
  const environment = load(directory, name);
  const promotion = promote(environment, readFileSync(file, 'utf8'), readEvidence(directory, name), isoToday());
  if ('missing' in promotion) {
    throw new Told([colors.red(`${name} is not promoted:`), ...promotion.missing.map((each) => `  - ${each}`)].join('\n'), EXIT_REFUSED);
  }
  writeFileSync(file, promotion.text);
  process.stdout.write(
    `${file}: perimeter.mode is enforced now. Commit it together with ${evidenceFile(directory, name)}.\nThe way back is one edit: mode: dry-run.\n`,
  );
}

function program(): Command {
  const program = new Command('perimeter')
    .description('From a perimeter that is tried to one that is enforced: what it would deny, and whether that may be.')
    .showSuggestionAfterError();

  program
    .command('report <environment>')
    .description('Read a log and show what would be denied, by whom, and the smallest policy that would allow it.')
    .requiredOption('--log <file>', 'the log, as gcloud logging read --format=json prints it; - reads standard input')
    .option('--save', 'write the evidence beside the environment file')
    .option('--json', 'print the report as JSON')
    .option('-d, --directory <directory>', 'directory of the environment files', 'environments')
    .addHelpText('after', READING)
    .action(report);

  program
    .command('promote <environment>')
    .description('Enforce what is tried, if the evidence allows it; or say what is missing.')
    .option('-d, --directory <directory>', 'directory of the environment files', 'environments')
    .action(promoteEnvironment);

  return program;
}

function explain(error: unknown) {
  const known = error instanceof EvidenceError || (error instanceof Error && 'syscall' in error);
  return known ? { message: error.message, exitCode: EXIT_REFUSED } : undefined;
}

export const run = (args: readonly string[]): Promise<void> => runCommand(program(), args, explain);
