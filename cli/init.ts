import { randomUUID } from 'node:crypto';
import { basename, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { ConfigurationError, reportConfigurationError } from '../configuration';
import {
  ask,
  checkEnvironments,
  choicesOf,
  gapsIn,
  installedFrom,
  isInstalled,
  inTheWay,
  mistakesAsText,
  repositoryFiles,
  ROOT,
  treeOf,
  tryFiles,
  writeFiles,
  type Choices,
  type Circumstances,
  type Given,
  type RepositoryFile,
} from '../init';
import { color, colors } from './colors';
import { runCommand, Told } from './run-command';
import { version } from './version';

interface Options extends Given {
  readonly yes?: true;
  readonly dryRun?: true;
  readonly force?: true;
}

const EXIT = { refused: 1, interrupted: 130 } as const;

const HELP = `
On a terminal, what no flag says is asked for; --yes takes the defaults. What only you know (numbers of projects, the digest of an image) may be left
out: the result says where it is to be filled in, and can be rehearsed without.

Nothing is written if something is wrong, and nothing of a repository is left when it cannot be written.

Examples:
  npx cdktf-vertex-gateway init gateway
  npx cdktf-vertex-gateway init gateway --yes --name acme --domain acme.com --environments dev,prod --github acme/gateway
  npx cdktf-vertex-gateway init gateway --yes --parts gateway,perimeter --project prod=acme-llm-prod:905148237260 --dry-run

Exit code: 0 if it is written, 1 if not, 2 for wrong usage.
`;

/** What `npm install` will not find, here or elsewhere. */
function notEverywhere(spec: string, given: string | undefined): string | undefined {
  if (given !== undefined) return undefined;
  if (spec.startsWith('file:'))
    return `package.json takes cdktf-vertex-gateway from ${spec}, as it is installed here.\nBefore others or the workflows install, put that file where they find it: docs/install.md of the package.`;
  if (isInstalled(ROOT)) return undefined;
  return `package.json asks a registry for cdktf-vertex-gateway ${spec}, which runs from its sources here.\nWhile none has it, say with --package where the file of \`npm pack\` is: docs/install.md.`;
}

const more = (text: string, earlier: readonly string[] = []): string[] => [...earlier, text];

const program = (): Command =>
  new Command('init')
    .description('Write a complete repository for a new organization: environments, app, workflows, owners of code.')
    .argument('[directory]', 'where; it is made, or has to be empty', '.')
    .option('--name <name>', 'begins the IDs of projects, e.g. acme for acme-ai-prod (default: the name of the directory)')
    .option('--domain <domain>', "the organization's; the gateway answers at llm.DOMAIN (default: NAME.example, to be filled in)")
    .option('--region <region>', 'of Google Cloud (default: europe-west4)')
    .option('--environments <names>', 'of dev, staging, prod, with commas (default: all)')
    .option('--parts <names>', 'of gateway, endpoint, perimeter, registry, with commas, or none (default: gateway)')
    .option('--project <env=id[:number]>', 'project of an environment; can be repeated (default: NAME-ai-ENV)', more)
    .option('--group <email>', 'Google group of the people who run it (default: ai-platform@DOMAIN)')
    .option('--callers <ranges>', 'public ranges that call the gateway (default: none, only from inside the network)')
    .option('--dns-zone <[project/]name>', 'public zone of the domain in Cloud DNS (default: the domain, with dashes)')
    .option('--organization <number>', 'of Google Cloud')
    .option('--access-policy <number>', "the organization's (default: each perimeter gets one of its own)")
    .option('--aws-region <region>', 'of the registries (default: eu-central-1)')
    .option('--aws-account <env=id>', 'AWS account of an environment; can be repeated', more)
    .option('--github <owner/name>', 'repository that deploys (default: none, no plan and apply workflows)')
    .option('--github-owner-id <number>', 'gh api users/OWNER --jq .id')
    .option('--github-repository-id <number>', 'gh api repos/OWNER/NAME --jq .id')
    .option('--security-team <@owner/team>', 'agrees to changes of what protects (default: @OWNER/security)')
    .option('--cdktf-project-id <uuid>', 'projectId in cdktf.json (default: a new one)')
    .option('--package <version>', 'of this package, or where it is (default: the one that runs, from where it was installed)')
    .option('-y, --yes', 'ask nothing: what no flag says has its default')
    .option('--dry-run', 'list the files, and write none')
    .option('--force', 'write into a directory that is not empty, and replace files of the same name')
    .addHelpText('after', HELP)
    .showSuggestionAfterError()
    .action(init);

async function init(directory: string, { yes, dryRun, force, ...flags }: Options): Promise<void> {
  const target = resolve(directory);
  const circumstances: Circumstances = { directory: basename(target), package: installedFrom(ROOT, version(), target), newId: randomUUID };
  // What is wrong already is said before anything is asked.
  choose(flags, circumstances);
  if (!dryRun && !force) refuseWhatIsInTheWay(directory, target);
  const given = !yes && process.stdin.isTTY && process.stdout.isTTY ? await questions(flags, circumstances) : flags;
  const choices = choose(given, circumstances);
  const files = repositoryFiles(choices);
  if (dryRun) tryFiles(files, checkEnvironments);
  else writeFiles(target, files, checkEnvironments);
  report(directory, choices, files, dryRun ?? false, notEverywhere(choices.package, flags.package));
}

function choose(given: Given, circumstances: Circumstances): Choices {
  const result = choicesOf(given, circumstances);
  if ('mistakes' in result) throw new Told(`${mistakesAsText(result.mistakes)}\n\nNothing was written.`);
  return result.choices;
}

function refuseWhatIsInTheWay(directory: string, target: string): void {
  const found = inTheWay(target);
  if (found.length === 0) return;
  const shown = [...found.slice(0, 10), ...(found.length > 10 ? [`… and ${found.length - 10} more`] : [])];
  throw new Told(
    `${directory} is not empty:\n${shown.map((name) => `  ${name}`).join('\n')}\n\nName another directory, or say --force: it replaces files of the same name, and leaves the others. Nothing was written.`,
    EXIT.refused,
  );
}

async function questions(flags: Given, circumstances: Circumstances): Promise<Given> {
  const desk = createInterface({ input: process.stdin, output: process.stdout });
  const interrupted = new Promise<never>((_, reject) =>
    desk.once('close', () => reject(new Told('\nNothing was written.', EXIT.interrupted))),
  );
  try {
    return await Promise.race([
      interrupted,
      ask(flags, circumstances, {
        ask: (text, otherwise) => desk.question(`${colors.bold(text)} ${colors.dim(`(${otherwise})`)} `),
        tell: (text) => console.log(colors.red(text)),
      }),
    ]);
  } finally {
    // Rejects, when nobody listens any more.
    interrupted.catch(() => undefined);
    desk.close();
  }
}

/** As a shell reads it back. */
const quoted = (path: string): string => (/^[\w./~@%+=:,-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);

/** In a pipe, the files one by one; for people, what they have got and what comes next. */
function report(directory: string, choices: Choices, files: readonly RepositoryFile[], dryRun: boolean, note?: string): void {
  const paths = files.map(({ path }) => path);
  if (process.stdout.isTTY) console.log([colors.bold(relative('', resolve(directory)) || '.'), ...treeOf(paths)].join('\n'));
  else console.log(paths.join('\n'));
  if (dryRun) {
    console.log(`\n${files.length} files; none was written.`);
    return;
  }
  console.log(`\n${colors.green(`${files.length} files written.`)}`);
  const gaps = gapsIn(files).filter(({ file }) => file !== 'README.md');
  if (gaps.length > 0) {
    const places = gaps.map(({ file, line }) => `${file}:${line}`);
    const width = Math.max(...places.map((place) => place.length));
    console.log('\nTo fill in before the first real deploy; a rehearsal does without:');
    for (const [index, { what }] of gaps.entries()) console.log(`  ${colors.cyan(places[index]!.padEnd(width))}  ${what}`);
  }
  const [first] = choices.environments;
  const enter = resolve(directory) === process.cwd() ? [] : [`cd ${quoted(directory)}`];
  console.log('\nNext:');
  for (const command of [...enter, 'npm install', 'npm run check', `npm run rehearse -- ${first}`])
    console.log(`  ${colors.bold(command)}`);
  if (note !== undefined) console.log(`\n${note}`);
  console.log('\nREADME.md says the rest.');
}

function explain(error: unknown) {
  const refused = (message: string) => ({ message, exitCode: EXIT.refused });
  if (error instanceof ConfigurationError)
    return refused(`What was asked for does not go together:\n\n${reportConfigurationError(error, { color })}\n\nNothing was written.`);
  // A directory that cannot be written, a full disk: Node's message names the file and the reason.
  if (error instanceof Error && 'syscall' in error) return refused(`It cannot be written: ${error.message}. Nothing is left of it.`);
  return undefined;
}

export const run = (args: readonly string[]): Promise<void> => runCommand(program(), args, explain);
