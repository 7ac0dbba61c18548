import { Command, InvalidArgumentError, Option } from 'commander';
import { noDisplay, plainDisplay, terminalDisplay, type Display } from '../rehearsal/run/display';
import { ENGINES, type EngineName } from '../rehearsal/run/engine';
import { exec } from '../rehearsal/run/exec';
import { EXIT, fromSystemError, RehearsalError } from '../rehearsal/run/exit-codes';
import { interruptible } from '../rehearsal/run/interruption';
import { PATIENCE, rehearse } from '../rehearsal/run/rehearse';
import { failureAsJson } from '../rehearsal/run/report';
import { renderExecReport, renderReport } from '../rehearsal/run/table';
import { runCommand } from './run-command';

interface Flags {
  readonly all?: true;
  readonly destroy?: true;
  readonly from?: string;
  readonly faults?: string;
  readonly patience?: number;
  readonly keep?: string;
  readonly engine?: EngineName;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  npm run rehearse -- dev                                 deploy dev, plan it again, look for secrets in every file
  npm run rehearse -- --all --destroy                     every environment, and everything gone again
  npm run rehearse -- prod-gateway                        one stack, and what it stands on; of any app of CDKTF
  npm run rehearse -- prod --from origin/main             what merging this branch would do to prod
  npm run rehearse -- dev --faults google_secret_manager_secret=kill
                                                          the engine is killed when the first secret was made; does the next run repair it?
  npm run rehearse -- dev --keep .rehearsal/dev           keep states, plans and logs, and go on from there the next time
  npm run rehearse -- exec dev -- npx cdktf deploy 'dev-*' --auto-approve
                                                          any command, with the rehearsal's providers in the place of the real ones

Faults (comma-separated): TYPE[.OPERATION][@N]=FAULT
  OPERATION  create, update, delete or read; without one, all that change something
  N          the Nth such call; default 1
  FAULT      409, 429, 503 (refused), lost (done, but the answer is lost), broken (done, but reported as failed, so that it is tainted),
             hang (no answer), kill (done, and the engine is killed)

Exit codes:
${Object.values(EXIT)
  .map(({ code, meaning }) => `  ${String(code).padStart(3)}  ${meaning}`)
  .join('\n')}
`;

const EXEC_EXAMPLES = `
Examples:
  npm run rehearse -- exec dev -- npx cdktf deploy 'dev-*' --auto-approve
  npm run rehearse -- exec dev -- npx cdktf diff dev-foundation
  npm run rehearse -- exec dev -- sh -c 'cd cdktf.out/stacks/dev-foundation && terraform init && terraform plan'

The exit code is the command's, or one of \`npm run rehearse -- --help\`.
`;

function program(): Command {
  const rehearsal = new Command('rehearse')
    .description(
      'Deploys environments with the real Terraform or OpenTofu on this machine, without an account: the providers are embedded in this command.\n' +
        'Synthesizes, plans and applies stack by stack, plans again (must be empty), and searches every file for every secret (must find none).',
    )
    .argument('[name...]', 'environments, or single stacks with those that they depend on')
    .option('--all', 'every environment; every stack of an app without environments')
    .option('--destroy', 'destroy everything at the end; nothing may be left')
    .option(
      '--from <ref>',
      'deploy first what this git revision, or directory of synthesized stacks, has; then upgrade to the working tree',
    )
    .option('--faults <spec>', 'let calls fail, hang or kill the engine; the next run must come to the same end (see below)')
    .option('--patience <seconds>', `with a hang: seconds without progress until the engine is stopped (default: ${PATIENCE})`, seconds)
    .option(
      '--keep <dir>',
      'keep synthesized stacks, states, plans and logs there, and go on from what it holds (default: removed at the end)',
    )
    .addOption(engineOption())
    .option('--json', 'print one JSON document, and nothing else, to standard output')
    .addHelpText('after', EXAMPLES)
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .action(runRehearsal);
  rehearsal
    .command('exec <environment> <command...>')
    .usage('<environment> [options] -- <command...>')
    .description(
      'Runs a command with the embedded providers in the place of the real ones: `cdktf deploy`, `diff` or `destroy`, a shell, or terraform in\n' +
        'the directory of a stack. States and cloud are kept, so that the next command goes on from there.',
    )
    .option('--keep <dir>', 'where states and cloud are kept (default: .rehearsal/<environment>)')
    .addOption(engineOption())
    .addHelpText('after', EXEC_EXAMPLES)
    .showHelpAfterError("(everything after -- is the command: npm run rehearse -- exec dev -- npx cdktf deploy 'dev-*' --auto-approve)")
    .showSuggestionAfterError()
    .action(runExec);
  return rehearsal;
}

const engineOption = () =>
  new Option('--engine <name>', 'default: terraform, and tofu where terraform is not installed').choices([...ENGINES]);

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 3600)) throw new InvalidArgumentError('a number of seconds, more than 0 and at most 3600');
  return value;
}

/** Standard output carries the result, and while it runs the progress; with --json nothing but the document. */
function displayFor(flags: Flags): Display {
  if (flags.json) return noDisplay;
  const print = (line: string) => console.log(line);
  return process.stdout.isTTY ? terminalDisplay(print) : plainDisplay(print);
}

async function runRehearsal(environments: string[], flags: Flags): Promise<void> {
  if ((flags.all ?? false) === environments.length > 0) {
    throw new RehearsalError(
      'usage',
      flags.all ? 'name environments, or say --all, not both' : 'which environment? Name one or more, or say --all',
    );
  }
  const { all, json, ...options } = flags;
  const selection = all ? 'all' : environments;
  const report = await interruptible((signal) =>
    rehearse({ ...options, projectDir: process.cwd(), environments: selection }, displayFor(flags), signal),
  );
  process.stdout.write(json ? `${JSON.stringify(report, undefined, 2)}\n` : renderReport(report, process.stdout.hasColors?.() ?? false));
  process.exitCode = report.exitCode;
}

async function runExec(environment: string, command: string[], flags: Pick<Flags, 'keep' | 'engine'>): Promise<void> {
  const options = { ...flags, command, environments: [environment], projectDir: process.cwd() };
  const report = await interruptible((signal) => exec(options, signal));
  process.stderr.write(renderExecReport(report));
  process.exitCode = report.exitCode;
}

/** Whatever went wrong, as a message; a bug is called one. */
function explain(error: unknown): RehearsalError {
  if (error instanceof RehearsalError) return error;
  const system = fromSystemError(error);
  if (system !== undefined) return system;
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return new RehearsalError(
    'bug',
    process.env['DEBUG'] ? `this is a bug: ${stack}` : `this is a bug: ${message}\nDEBUG=1 shows where; please report it`,
  );
}

export const run = (args: readonly string[]): Promise<void> =>
  runCommand(program(), args, (error) => {
    const told = explain(error);
    if (args.includes('--json')) process.stdout.write(`${JSON.stringify(failureAsJson(told), undefined, 2)}\n`);
    return told;
  });
