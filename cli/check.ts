import { Command } from 'commander';
import {
  checkFiles,
  ConfigurationError,
  environmentFiles,
  reportConfigurationError,
  reportProblem,
  type CheckedFile,
  type CheckedFiles,
  type Problem,
} from '../configuration';
import { color, colors } from './colors';

interface Options {
  readonly directory: string;
  readonly json?: true;
}

const EXIT_INVALID = 1;

export function run(args: readonly string[]): void {
  new Command('check')
    .description('Check environment files: every setting, every file, every problem with its place and what to do about it.')
    .argument('[files...]', 'environment files; each is read on top of the shared.yaml beside it (default: all of the directory)')
    .option('-d, --directory <directory>', 'directory of the environment files', 'environments')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExit code: 0 if all files are valid, with warnings too; 1 if not.')
    .action(report)
    .parse(args, { from: 'user' });
}

function report(files: string[], { directory, json }: Options): void {
  const named = files.length > 0 ? files : undefined;
  const checked = check(() => named ?? environmentFiles(directory));
  process.stdout.write(json ? `${JSON.stringify(asJson(checked), undefined, 2)}\n` : asText(checked));
  process.exitCode = checked.problems.length > 0 ? EXIT_INVALID : 0;
}

/** A directory without environments is a problem like any other. */
function check(files: () => readonly string[]): CheckedFiles {
  try {
    return checkFiles(files());
  } catch (error) {
    if (error instanceof ConfigurationError) return { environments: [], problems: error.problems, warnings: [] };
    throw error;
  }
}

function asText({ environments, problems, warnings }: CheckedFiles): string {
  const rows = environments.map(({ file, environment: { name, tier, project, region } }) => [file, name, tier, project.id, region]);
  const widths = rows.reduce<number[]>((widest, row) => row.map((cell, index) => Math.max(cell.length, widest[index] ?? 0)), []);
  const lines = rows.map((row) => [colors.green('ok'), ...row.map((cell, index) => cell.padEnd(widths[index]!))].join('  ').trimEnd());
  const blocks = [...(lines.length > 0 ? [lines.join('\n')] : []), ...warnings.map((warning) => reportProblem(warning, { color }))];
  if (problems.length > 0) return `${[...blocks, reportConfigurationError(new ConfigurationError(problems), { color })].join('\n\n')}\n`;
  const closing = [
    count(environments.length, 'environment'),
    'no problems',
    ...(warnings.length > 0 ? [count(warnings.length, 'warning')] : []),
  ];
  return `${[...blocks, colors.green(closing.join(', '))].join('\n\n')}\n`;
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

function asJson({ environments, problems, warnings }: CheckedFiles): object {
  return {
    valid: problems.length === 0,
    environments: environments.map(environmentAsJson),
    problems: problems.map(problemAsJson),
    warnings: warnings.map(problemAsJson),
  };
}

function environmentAsJson({ file, environment: { name, tier, project, region } }: CheckedFile): object {
  return { file, name, tier, project: project.id, region };
}

function problemAsJson({ place: { file, span }, path, message, help, environments }: Problem): object {
  return { file, line: span?.line, column: span?.column, path, message, help, environments };
}
