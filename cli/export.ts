import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { type ExportedStack, exportStacks, Occupied } from '../export';
import { fromSystemError, RehearsalError } from '../rehearsal/run/exit-codes';
import { interruptible } from '../rehearsal/run/interruption';
import { select, type Stack } from '../rehearsal/run/stacks';
import { MANIFEST, readStacks, synthesize } from '../rehearsal/run/synthesize';

interface Flags {
  readonly all?: true;
  readonly out: string;
  readonly from?: string;
}

const EXIT = { failed: 1, usage: 2 } as const;

const HELP = `
A directory a stack, in Terraform's JSON syntax, with its addresses and its state: the first plan is empty. Nothing in them needs CDKTF or
Node; where a provisioner ran a program of this package in Node, it runs the same in Python 3.9 or later. Neither state nor cloud is touched.

Examples:
  npm run export -- dev --out ../dev-terraform        the stacks of dev, synthesized now
  npm run export -- --all --out ../terraform          every environment
  npm run export -- --all --out ../terraform --from cdktf.out
                                                      what an app, this one or any other, has synthesized before

Exit code: 0 if all is written, 1 if the stacks do not synthesize or cannot be written, 2 if it is asked wrongly.
docs/guides/leave-cdktf.md says when to do it, what is lost, and how to go back.
`;

function program(): Command {
  return new Command('export')
    .description('Writes environments as plain Terraform JSON, to be kept without CDKTF and without Node.')
    .argument('[environment...]', 'environments, or single stacks')
    .option('--all', 'every stack')
    .requiredOption('--out <dir>', 'new or empty directory to write to')
    .option('--from <dir>', 'take what has been synthesized there, e.g. cdktf.out (default: synthesize now)')
    .addHelpText('after', HELP)
    .showSuggestionAfterError()
    .exitOverride()
    .action(writeStacks);
}

async function writeStacks(names: string[], { all, out, from }: Flags): Promise<void> {
  if ((all ?? false) === names.length > 0)
    throw new RehearsalError(
      'usage',
      all ? 'name environments, or say --all, not both' : 'which environment? Name one or more, or say --all',
    );
  const directory = resolve(out);
  const write = (stacks: readonly Stack[]) =>
    // Where `cdktf deploy` has left its lock files.
    exportStacks(select(stacks, all ? 'all' : names), directory, { lockDirectories: (id) => [resolve('cdktf.out/stacks', id)] });
  const exported = from === undefined ? await interruptible((signal) => synthesized(signal, write)) : write(readFrom(from));
  process.stdout.write(`${exported.map(line).join('\n')}\n${join(relative('', directory), 'README.md')} says how to go on.\n`);
}

/** Synthesizes into a directory that is gone afterwards. */
async function synthesized<T>(signal: AbortSignal, use: (stacks: readonly Stack[]) => T): Promise<T> {
  const directory = mkdtempSync(join(realpathSync(tmpdir()), 'export-'));
  try {
    return use(await synthesize(process.cwd(), directory, signal));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function readFrom(directory: string): readonly Stack[] {
  if (!existsSync(join(directory, MANIFEST)))
    throw new RehearsalError(
      'usage',
      `${directory} has no ${MANIFEST}: name the directory that \`cdktf synth\` has written, e.g. cdktf.out`,
    );
  return readStacks(resolve(directory));
}

function line({ directory, files, programs, left }: ExportedStack): string {
  const runs = programs.length > 0 ? `; runs ${programs.join(', ')}` : '';
  const node = left.map((command) => `\n  still needs Node, nobody has ported it: ${command}`);
  return `${relative('', directory)}: ${files.length} ${files.length === 1 ? 'file' : 'files'}${runs}${node.join('')}`;
}

export async function run(args: readonly string[]): Promise<void> {
  try {
    await program().parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has said it already.
      process.exitCode = error.exitCode === 0 ? 0 : EXIT.usage;
      return;
    }
    const told = error instanceof RehearsalError ? error : error instanceof Occupied ? error : fromSystemError(error);
    if (told === undefined) throw error;
    process.stderr.write(`${told.message}\n`);
    const misused = told instanceof Occupied || (told instanceof RehearsalError && told.outcome === 'usage');
    process.exitCode = misused ? EXIT.usage : EXIT.failed;
  }
}
