import { spawnSync } from 'node:child_process';
import { Command, Option } from 'commander';
import { isoToday } from '../constructs/model-catalog';
import { noDisplay, plainDisplay, terminalDisplay, type Display } from '../rehearsal/run/display';
import { synthesizeRevision } from '../rehearsal/run/earlier';
import { ENGINES, type EngineName } from '../rehearsal/run/engine';
import { EXIT as REHEARSAL, fromSystemError, RehearsalError } from '../rehearsal/run/exit-codes';
import { interruptible } from '../rehearsal/run/interruption';
import { preview } from '../rehearsal/run/preview';
import { findRevision } from '../rehearsal/run/revision';
import { environmentOf } from '../rehearsal/run/stacks';
import { Workplace } from '../rehearsal/run/workplace';
import { buildReport, isAtLeast, LEVELS, PlanError, type Level, type Report, type ReviewInput } from '../review';
import { FORMATS, formatOf, OutputError, render, writeTo, type Format } from './review-output';
import { addFingerprint } from './review-fingerprint';
import { withPolicy } from './review-policy';
import { inputOf, planFiles, readPlans, synthesized, synthesizedIn } from './review-plans';
import { runCommand } from './run-command';

interface Flags {
  readonly all?: true;
  readonly base?: string;
  readonly plan?: readonly string[];
  readonly synth: string;
  readonly format?: Format;
  readonly output?: readonly string[];
  readonly fullUrl?: string;
  readonly title?: string;
  readonly failOn?: Level;
  readonly today: string;
  readonly engine?: EngineName;
}

const EXIT = {
  fine: { code: 0, meaning: 'a report was made, and nothing in it reaches --fail-on' },
  reached: { code: 1, meaning: 'a risk reaches --fail-on, or with it: a plan ended with an error, or a check failed' },
  failed: {
    code: 2,
    meaning: 'no report: unknown option, environment or revision, unreadable plan, or a rehearsal that failed (the message says which)',
  },
} as const;

const HELP = `
Examples:
  npm run review -- prod                                       what the working tree would do to prod, rehearsed on this machine
  npm run review -- --all --base origin/main --output review.md review.html
                                                               every environment; a comment, and the whole report beside it
  npm run review -- --plan plans/*.json --fail-on high         real plans: the output of \`terraform show -json <plan file>\`
  npm run review -- --plan plans/ --base origin/main           and whether a provider, the engine or a backend changes with them
  npm run review -- fingerprint --plan plans/                  what these plans would do, as hashes: to apply only what was reviewed

Without --plan no credentials are needed: the base revision is deployed in a rehearsal (\`npm run rehearse\`), and the working tree is planned on it.
A file's ending decides its format: .md, .html, .json, .sarif.

Exit codes:
${[...Object.values(EXIT), REHEARSAL.interrupted].map(({ code, meaning }) => `  ${String(code).padStart(3)}  ${meaning}`).join('\n')}
`;

function program(): Command {
  const command = new Command('review')
    .description(
      'Reports what a change does to environments: what is deleted and replaced and why, which risks that brings, and every difference by construct.',
    )
    .argument('[environment...]', 'environments: the names of the files in environments/, without .yaml')
    .option('--all', 'every environment')
    .option('--base <ref>', 'git revision to compare with (default: where this branch left the default branch; with --plan: none)')
    .option('--plan <file...>', 'plans of Terraform or OpenTofu as JSON, directories of them, or - for standard input')
    .option('--synth <dir>', 'with --plan: the synthesized stacks, which know the construct paths', 'cdktf.out')
    .addOption(new Option('--format <format>', 'default: by the ending of --output, else markdown').choices([...FORMATS]))
    .option('--output <file...>', 'write there instead of standard output')
    .option(
      '--full-url <address>',
      'where the whole report will be, named in a comment that has to be cut (default: the .html file beside it)',
    )
    .option('--title <text>', 'heading, and what a comment is found again by (default: the environments)')
    .addOption(new Option('--fail-on <level>', 'end with exit code 1 when there is a risk of this level or above').choices([...LEVELS]))
    .option('--today <date>', 'ISO date on which models are judged', isoToday())
    .addOption(new Option('--engine <name>', 'default: terraform, and tofu where terraform is not installed').choices([...ENGINES]))
    .addHelpText('after', HELP)
    .showSuggestionAfterError()
    // Else --plan after the name of the command below would be taken for this one's.
    .enablePositionalOptions()
    .helpCommand(false)
    .action(review);
  addFingerprint(command);
  return command;
}

const usage = (message: string): RehearsalError => new RehearsalError('usage', message);

async function review(environments: string[], flags: Flags): Promise<void> {
  check(environments, flags);
  const input = await interruptible((signal) =>
    flags.plan === undefined ? rehearsed(environments, flags, signal) : planned(flags.plan, flags, signal),
  );
  const report = buildReport(input.stacks.some(({ head }) => head !== undefined) ? withPolicy(input) : input);
  const rendering = { title: flags.title ?? titleOf(report), full: flags.fullUrl };
  if (flags.output === undefined) process.stdout.write(render(report, flags.format ?? 'markdown', rendering));
  else {
    writeTo(flags.output, report, flags.format, rendering);
    console.error(`${report.sentence} Written: ${flags.output.join(', ')}`);
  }
  process.exitCode = reaches(report, flags.failOn) ? EXIT.reached.code : EXIT.fine.code;
}

function check(environments: readonly string[], { all, plan, output, format, today }: Flags): void {
  if (plan !== undefined && (all || environments.length > 0)) throw usage('give --plan, or environments to rehearse, not both');
  if (plan === undefined && (all ?? false) === environments.length > 0) {
    throw usage(all ? 'name environments, or say --all, not both' : 'which environment? Name one or more, say --all, or give --plan');
  }
  const vague = (output ?? []).filter((file) => format === undefined && formatOf(file) === undefined);
  if (vague.length > 0)
    throw usage(`${vague.join(', ')}: the ending does not say which format; use .md, .html, .json or .sarif, or --format`);
  if (Number.isNaN(Date.parse(today))) throw usage(`--today ${today} is no date; write it as 2026-11-21`);
}

/** Progress goes where the report does not. */
function display(flags: Flags): Display {
  if (flags.output !== undefined && process.stdout.isTTY) return terminalDisplay((line) => console.log(line));
  return process.stderr.isTTY || process.env['CI'] ? plainDisplay((line) => console.error(line)) : noDisplay;
}

async function rehearsed(environments: readonly string[], flags: Flags, signal: AbortSignal): Promise<ReviewInput> {
  const projectDir = process.cwd();
  const base = flags.base ?? leftAt(projectDir);
  const shown = await preview(
    { projectDir, environments: flags.all ? 'all' : environments, base, engine: flags.engine },
    display(flags),
    signal,
  );
  return inputOf(shown, flags.today);
}

/** Where this branch left the default branch of the remote, or of this clone. */
function leftAt(projectDir: string): string {
  for (const branch of ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master']) {
    const git = spawnSync('git', ['-C', projectDir, 'merge-base', 'HEAD', branch], { encoding: 'utf8' });
    if (git.status === 0) return git.stdout.trim();
  }
  if (spawnSync('git', ['-C', projectDir, 'rev-parse', '--git-dir']).status !== 0) {
    throw usage(`${projectDir} is not in a git repository: there is nothing to compare with. Real plans need none: --plan`);
  }
  throw usage('git knows no default branch here; name the revision to compare with: --base <ref>');
}

async function planned(names: readonly string[], flags: Flags, signal: AbortSignal): Promise<ReviewInput> {
  const files = planFiles(names);
  const head = synthesizedIn(flags.synth);
  const base = flags.base === undefined ? undefined : await synthesizedAt(flags.base, signal);
  const stacks = readPlans(files, head, base?.stacks ?? []);
  const notices = head.length === 0 ? [`No synthesized stacks in ${flags.synth}: resources go by their addresses.`] : [];
  return { stacks, base: base?.name, origin: 'plan', today: flags.today, notices };
}

async function synthesizedAt(name: string, signal: AbortSignal) {
  const revision = findRevision(process.cwd(), name, '--base');
  const place = Workplace.open(undefined);
  try {
    const stacks = await synthesizeRevision(process.cwd(), place, revision, signal);
    return { name: `${revision.name} (${revision.commit.slice(0, 10)})`, stacks: stacks.map(synthesized) };
  } finally {
    place.close();
  }
}

/** The environments, as the stacks are called after them. */
const titleOf = ({ stacks }: Report): string => [...new Set(stacks.map(({ stack }) => environmentOf(stack)))].join(', ');

function reaches({ risks, verdict }: Report, failOn: Level | undefined): boolean {
  if (failOn === undefined) return false;
  return verdict === 'incomplete' || risks.some(({ level }) => isAtLeast(level, failOn));
}

/** Whatever went wrong, as a message; a bug is called one. */
function explain(error: unknown): { readonly message: string; readonly exitCode: number } {
  const known = error instanceof RehearsalError ? error : fromSystemError(error);
  if (known !== undefined) return { message: known.message, exitCode: known.outcome === 'interrupted' ? known.exitCode : EXIT.failed.code };
  if (error instanceof PlanError || error instanceof OutputError) return { message: error.message, exitCode: EXIT.failed.code };
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const told = process.env['DEBUG'] ? `this is a bug: ${stack}` : `this is a bug: ${message}\nDEBUG=1 shows where; please report it`;
  return { message: told, exitCode: EXIT.failed.code };
}

export const run = (args: readonly string[]): Promise<void> => runCommand(program(), args, explain);
