import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Command } from 'commander';
import { type ExportedStack, exportStacks, Occupied } from '../export';
import { fromSystemError, RehearsalError } from '../rehearsal/run/exit-codes';
import { select, type Stack } from '../rehearsal/run/stacks';
import { MANIFEST, readStacks } from '../rehearsal/run/synthesize';
import { runCommand } from './run-command';
import { withStacks } from './with-stacks';

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
  const exported = from === undefined ? await withStacks(process.cwd(), write) : write(readFrom(from));
  process.stdout.write(`${exported.map(line).join('\n')}\n${join(relative('', directory), 'README.md')} says how to go on.\n`);
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

function explain(error: unknown) {
  if (error instanceof Occupied) return { message: error.message, exitCode: EXIT.usage };
  const known = error instanceof RehearsalError ? error : fromSystemError(error);
  return known && { message: known.message, exitCode: known.outcome === 'usage' ? EXIT.usage : EXIT.failed };
}

export const run = (args: readonly string[]): Promise<void> => runCommand(program(), args, explain);
