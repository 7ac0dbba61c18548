import Table from 'cli-table3';
import { Command, InvalidArgumentError } from 'commander';
import { ConfigurationError, loadEnvironments, reportConfigurationError } from '../configuration';
import { isoToday } from '../constructs/model-catalog';
import { modelUses, type ModelUse } from './model-uses';
import { runCommand } from './run-command';

interface Flags {
  readonly directory: string;
  readonly today: string;
  readonly json?: true;
}

/** No lines between rows: one a model is enough. */
const LOOK = { chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' }, style: { head: [], border: [] } };

const program = (): Command =>
  new Command('models')
    .description('Which models each environment uses, how far along they are, and until when they are there.')
    .option('-d, --directory <directory>', 'directory of the environment files', 'environments')
    .option('--today <date>', 'the date to judge at, e.g. 2027-05-01', isoDate, isoToday())
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nExit code: 0, or 1 if a model is retired or not served where it is called, or a file is not valid; 2 for wrong usage.',
    )
    .action(({ directory, today, json }: Flags) => {
      try {
        const uses = loadEnvironments(directory).flatMap((environment) => modelUses(environment, today));
        console.log(json ? JSON.stringify(uses, undefined, 2) : asText(uses));
        if (uses.some(({ findings }) => findings.some(({ level }) => level === 'error'))) process.exitCode = 1;
      } catch (error) {
        if (!(error instanceof ConfigurationError)) throw error;
        console.error(reportConfigurationError(error));
        process.exitCode = 1;
      }
    });

export const run = (args: readonly string[]): Promise<void> => runCommand(program(), args);

function isoDate(text: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError('Allowed is a date such as 2027-05-01.');
  return text;
}

function asText(uses: readonly ModelUse[]): string {
  if (uses.length === 0) return 'No environment uses a model.';
  const table = new Table({ ...LOOK, head: ['environment', 'model', 'kind', 'where', 'stage', 'until', 'as of'] });
  for (const { environment, model, kind, location, stage, until, asOf } of uses) {
    table.push([environment, model.replace(/^.*\/models\//, ''), kind, location, stage ?? '', until, asOf ?? '']);
  }
  return [table.toString(), ...findingLines(uses)].join('\n');
}

/** One line a finding, with all environments that it concerns. */
function findingLines(uses: readonly ModelUse[]): string[] {
  const concerned = new Map<string, string[]>();
  for (const { environment, findings } of uses) {
    for (const { level, message } of findings) {
      const key = `${level}: ${message}`;
      concerned.set(key, [...(concerned.get(key) ?? []), environment]);
    }
  }
  return [...concerned].map(([finding, environments]) => `${finding} [${environments.join(', ')}]`);
}
