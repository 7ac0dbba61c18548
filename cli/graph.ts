import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { buildGraph, drawSvg, environmentsOf, type Graph, GraphError, mermaidOf, readApp, type Subject, summarize } from '../graph';
import { UnreadableStack } from '../policy/read';
import { fromSystemError, RehearsalError } from '../rehearsal/run/exit-codes';
import { runCommand, Told } from './run-command';
import { withStacks } from './with-stacks';

type Format = 'svg' | 'mermaid';

interface Flags {
  readonly all?: true;
  readonly from?: string;
  readonly format?: Format;
  readonly out?: string;
  readonly detail?: true;
}

const EXIT = { failed: 1, usage: 2 } as const;

/** By the end of a file's name, also the other way round. */
const ENDINGS: Readonly<Record<Format, string>> = { svg: '.svg', mermaid: '.mmd' };

const HELP = `
Everything is read from the stacks as they are synthesized; no account is asked, and nothing is deployed. What an arrow was derived from
stands in the picture: hold the pointer over it.

Examples:
  npm run graph -- prod --out prod.svg                    a picture, light or dark as its reader's system is
  npm run graph -- prod --format mermaid                  text that GitHub draws, in a block \`\`\`mermaid
  npm run graph -- --all --out pictures                   every environment: pictures/dev.svg, pictures/prod.svg, …
  npm run graph -- --from ../other/cdktf.out --out app.svg
                                                          the stacks of any app, in one picture

Exit code: 0 if all is drawn, 1 if the stacks do not synthesize or nothing can be written, 2 if it is asked wrongly.
`;

function program(): Command {
  return new Command('graph')
    .description('Draws the stacks of environments: main resources, who may do what, and where data flows.')
    .argument('[environment...]', 'environments, or single stacks')
    .option('--all', 'every environment')
    .option('--from <path>', 'what has been synthesized, e.g. cdktf.out; without names, all of it in one picture (default: synthesize now)')
    .addOption(
      new Option('--format <format>', 'picture or text (default: what the name of the file says, or svg)').choices(['svg', 'mermaid']),
    )
    .option('--out <path>', 'file to write, or folder: a file for each environment (default: standard output)')
    .option('--detail', 'every main resource on its own; also keys, networks and image repositories with their arrows')
    .addHelpText('after', HELP)
    .showSuggestionAfterError()
    .action(draw);
}

const formatOf = ({ format, out }: Flags): Format => format ?? (out !== undefined && /\.(mmd|mermaid)$/.test(out) ? 'mermaid' : 'svg');

/** Checked before anything is synthesized. */
function refuse(names: readonly string[], { all, from, format, out }: Flags): void {
  if (all && names.length > 0) throw new Told('Name environments, or say --all, not both.');
  if (!all && from === undefined && names.length === 0) throw new Told('Which environment? Name one or more, or say --all.');
  const ending = out === undefined ? '' : extname(out);
  if (format === 'svg' && /^\.(mmd|mermaid)$/.test(ending)) throw new Told(`${out} is the name of a Mermaid file, and --format says svg.`);
  if (format === 'mermaid' && ending === '.svg') throw new Told(`${out} is the name of a picture, and --format says mermaid.`);
}

/** Stacks as they are read from disk, or synthesized into a directory that is gone afterwards. */
async function subjects(names: readonly string[], { all, from }: Flags): Promise<Subject[]> {
  if (from !== undefined) {
    const stacks = readApp(from);
    if (all || names.length > 0) return environmentsOf(stacks, all ? 'all' : names);
    if (stacks.length === 0) throw new GraphError(`${from} holds no stack: there is nothing to draw.`);
    return [{ name: stacks.length === 1 ? stacks[0]!.name : 'app', stacks }];
  }
  return withStacks(process.cwd(), (_, directory) => environmentsOf(readApp(directory), all ? 'all' : names));
}

const render = (graph: Graph, format: Format): string | Promise<string> => (format === 'svg' ? drawSvg(graph) : mermaidOf(graph));

/** A file if it is called like one, and is not a folder already; otherwise a folder. */
function fileFor(out: string, name: string, format: Format, count: number): string {
  const isFolder = existsSync(out) ? statSync(out).isDirectory() : extname(out) === '';
  if (isFolder) return join(out, `${name}${ENDINGS[format]}`);
  if (count > 1) throw new Told(`${count} pictures do not go into one file: let --out be a folder.`);
  return out;
}

async function draw(names: string[], flags: Flags): Promise<void> {
  refuse(names, flags);
  const format = formatOf(flags);
  const all = await subjects(names, flags);
  const { out, detail = false } = flags;
  if (out === undefined && all.length > 1) throw new Told(`${all.length} pictures do not go to standard output: say --out with a folder.`);
  const files = all.map(({ name }) => (out === undefined ? undefined : fileFor(resolve(out), name, format, all.length)));
  for (const [index, { name, stacks }] of all.entries()) {
    const text = await render(summarize(buildGraph(name, stacks), { detail }), format);
    const file = files[index];
    if (file === undefined) process.stdout.write(text);
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      process.stdout.write(`${name}: ${relative('', file)}\n`);
    }
  }
}

function explain(error: unknown) {
  if (error instanceof GraphError || error instanceof UnreadableStack) return { message: error.message, exitCode: EXIT.usage };
  const known = error instanceof RehearsalError ? error : fromSystemError(error);
  return known && { message: known.message, exitCode: EXIT.failed };
}

export const run = (args: readonly string[]): Promise<void> => runCommand(program(), args, explain);
