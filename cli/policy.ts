import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { checkPolicy, DOMAINS, RULES, ruleOf } from '../policy';
import { readStacks, type ReadStack, UnreadableStack } from '../policy/read';
import { markdownOf, rulePages } from '../policy/report/pages';
import { reportAsSarif } from '../policy/report/sarif';
import { reaches, SEVERITIES, type Severity, type Subject } from '../policy/report/subject';
import { reportAsTable } from '../policy/report/table';
import { RehearsalError } from '../rehearsal/run/exit-codes';
import { judgeApp } from './policy-of-app';
import { runCommand, Told } from './run-command';
import { version } from './version';

interface Options {
  readonly all?: true;
  readonly stack: readonly string[];
  readonly format: 'table' | 'json' | 'sarif';
  readonly failOn: Severity | 'never';
  readonly tier: 'development' | 'staging' | 'production';
  readonly perimeter?: true;
}

const EXIT = { found: 1, usage: 2 } as const;

const DOCS = 'docs/rules';

const PERIMETER = 'google_access_context_manager_service_perimeter';

const HELP = `
Environments are built and judged as for \`cdktf synth\`; nothing is written. Their suppressions stand in the environment files.
An app without environments is judged by its stacks, which are taken for production unless --tier says otherwise.
What --stack names may come from anywhere: a cdk.tf.json, a folder of *.tf.json, a cdktf.out.

Exit code: 0 if nothing as bad as --fail-on is found, 1 if something is or an environment cannot be built, 2 for what cannot be read or is asked wrongly.
`;

/** What the app of this directory makes: environments, or stacks where it knows none; those that are named or all. */
function ofApp(names: readonly string[], options: Options): Subject[] {
  const { reports, stacks, said } = judgeApp();
  if (said !== '') {
    process.stderr.write(`${said}\n`);
    process.exitCode = EXIT.found;
  }
  const known = [...Object.keys(reports), ...stacks.map(({ name }) => name)];
  const unknown = names.filter((name) => !known.includes(name));
  const kind = stacks.length > 0 ? 'stack' : 'environment';
  if (unknown.length > 0 && said === '') throw new Told(`There is no ${kind} ${unknown.join(', ')}. There are ${known.join(', ')}.`);
  const subjects = Object.entries(reports).map(([name, report]) => ({ name, artifact: `environments/${name}.yaml`, report }));
  return [...subjects, ...judged(stacks, options)].filter(({ name }) => names.length === 0 || names.includes(name));
}

/** Stacks of which nothing else is known. That there is a perimeter is seen where one of them has it, or said. */
function judged(stacks: readonly ReadStack[], { tier, perimeter }: Options): Subject[] {
  const surrounded = perimeter ?? stacks.some(({ json }) => JSON.stringify(json)?.includes(`"${PERIMETER}"`));
  const circumstances = { production: tier === 'production', perimeter: surrounded };
  return stacks.map((stack) => ({ name: stack.name, artifact: stack.artifact, report: checkPolicy([stack], circumstances) }));
}

function render(subjects: readonly Subject[], format: Options['format']): string {
  if (format === 'json') return `${JSON.stringify(subjects, undefined, 2)}\n`;
  if (format === 'sarif') {
    return `${JSON.stringify(reportAsSarif(subjects, RULES, version()), undefined, 2)}\n`;
  }
  const { isTTY, columns } = process.stdout;
  return reportAsTable(subjects, RULES.length, isTTY === true ? { width: columns, color: process.stdout.hasColors() } : {});
}

function check(names: string[], options: Options): void {
  if (options.stack.length > 0 && names.length > 0) throw new Told('Give environments, or --stack, not both.');
  const subjects = options.stack.length > 0 ? judged(options.stack.flatMap(readStacks), options) : ofApp(options.all ? [] : names, options);
  process.stdout.write(render(subjects, options.format));
  const { failOn } = options;
  if (failOn !== 'never' && subjects.some(({ report }) => reaches(report, failOn))) process.exitCode = EXIT.found;
}

function showRules(id: string | undefined): void {
  if (id === undefined) {
    const lines = RULES.map(
      (rule) => `${rule.id.padEnd(8)} ${rule.level.padEnd(8)} ${(rule.when ?? 'everywhere').padEnd(11)} ${rule.title}`,
    );
    process.stdout.write(`${lines.join('\n')}\n`);
    return;
  }
  const rule = ruleOf(id.toUpperCase());
  if (!rule) throw new Told(`There is no rule ${id}. \`npm run policy -- rules\` lists them.`);
  process.stdout.write(markdownOf(rule));
}

/** One page a rule, and no others. */
function writePages({ check: compare }: { readonly check?: true }): void {
  const pages = rulePages(DOMAINS);
  const present = existsSync(DOCS) ? readdirSync(DOCS) : [];
  const stale = present.filter((name) => !(name in pages));
  const different = Object.keys(pages).filter((name) => !present.includes(name) || readFileSync(join(DOCS, name), 'utf8') !== pages[name]);
  if (compare) {
    if (stale.length + different.length === 0) return;
    throw new Told(`${DOCS} is not what the rules say: ${[...different, ...stale].join(', ')}. Run npm run policy -- docs.`);
  }
  mkdirSync(DOCS, { recursive: true });
  for (const name of stale) rmSync(join(DOCS, name));
  for (const name of different) writeFileSync(join(DOCS, name), pages[name]!);
  process.stdout.write(`${DOCS}: ${Object.keys(pages).length} pages, ${different.length} written, ${stale.length} removed\n`);
}

const collect = (path: string, paths: readonly string[]): readonly string[] => [...paths, path];

function program(): Command {
  const program = new Command('policy')
    .description('Hold synthesized stacks to the rules of the policy.')
    .argument('[environments...]', 'names of environments, or of stacks of an app that has none (default: all)')
    .option('--all', 'all of them')
    .option('--stack <path>', 'stacks from anywhere instead: a *.tf.json file or a folder; can be repeated', collect, [])
    .addOption(new Option('--format <format>', 'how to print it').choices(['table', 'json', 'sarif']).default('table'))
    .addOption(new Option('--fail-on <level>', 'exit with 1 from this on').choices([...SEVERITIES, 'never']).default('error'))
    .addOption(
      new Option('--tier <tier>', 'of stacks that are no environment')
        .choices(['development', 'staging', 'production'])
        .default('production'),
    )
    .option('--perimeter', 'a service perimeter surrounds such stacks (default: if one of them has one)')
    .addHelpText('after', HELP)
    .showSuggestionAfterError()
    .action(check);

  program.command('rules [id]').description('List the rules, or explain one.').action(showRules);

  program
    .command('docs')
    .description(`Write the pages in ${DOCS}.`)
    .option('--check', 'write nothing; say whether they are what the rules say')
    .action(writePages);

  return program;
}

function explain(error: unknown) {
  const known = error instanceof UnreadableStack || error instanceof RehearsalError || (error instanceof Error && 'syscall' in error);
  return known ? { message: error.message, exitCode: EXIT.usage } : undefined;
}

export const run = (args: readonly string[]): Promise<void> => runCommand(program(), args, explain);
