import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '../../../cli/commands';
import { parseOwn } from './own-commands';
import { ROOT } from './pages';
import { parseShell } from './shell';

/** First line of a block whose commands need somebody's account; what follows says whose. It is a comment, so that readers see it too. */
const ACCOUNT = /^account: \S/;

const SCRIPTS = (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> }).scripts;

/** Programs that do what they do on this machine. Their own flags are theirs. */
const LOCAL = ['cd', 'cp', 'diff', 'echo', 'export', 'git', 'jq', 'ls', 'mkdir', 'mv', 'node', 'python3', 'rm', 'sudo', 'tofu', 'unset'];
/** Programs that talk to somebody's cloud. */
const REMOTE = ['aws', 'bq', 'crane', 'curl', 'docker', 'gcloud', 'gemini-gateway', 'gh', 'gsutil', 'kubectl', 'psql'];
const NPM = ['ci', 'install', 'pack', 'publish', 'audit', 'sbom', 'exec', 'init', 'ls'];
const CDKTF_LOCAL = ['synth', 'list', 'get', 'provider'];
const CDKTF_REMOTE = ['deploy', 'diff', 'destroy', 'output'];
const TERRAFORM_LOCAL = ['fmt', 'graph', 'providers', 'show', 'validate', 'version'];

const IGNORE = '--ignore-missing-stack-dependencies';

interface Judged {
  readonly problem?: string;
  /** It does not work without credentials. */
  readonly account?: boolean;
}

/** What is wrong with a block of commands: `line: command: why`. */
export async function blockProblems(text: string): Promise<string[]> {
  let block: ReturnType<typeof parseShell>;
  try {
    block = parseShell(text);
  } catch (error) {
    return [(error as Error).message];
  }
  const { commands, comments } = block;
  const marked = text.startsWith('#') && ACCOUNT.test(comments[0] ?? '');
  const judged: (Judged & { readonly source: string })[] = [];
  // One after the other: commander is watched while one is parsed.
  for (const { words, source } of commands) judged.push({ source, ...(await judge(words)) });
  const wrong = judged.flatMap(({ source, problem }) => (problem === undefined ? [] : [`${source}: ${problem}`]));
  const needs = judged.filter(({ account }) => account);
  if (!marked && needs.length > 0) return [...wrong, `${needs[0]!.source}: needs an account: the block begins with \`# account: whose\``];
  if (marked && needs.length === 0) return [...wrong, 'nothing in it needs an account: take the first line away'];
  return wrong;
}

async function judge([program = '', ...args]: readonly string[]): Promise<Judged> {
  if (program === 'npm') return ofNpm(args);
  if (program === 'npx') return ofNpx(args);
  if (program === 'terraform' || program === 'tofu') return { account: !args.some((each) => TERRAFORM_LOCAL.includes(each)) };
  if (program === 'node' && args[0] !== undefined && !existsSync(join(ROOT, args[0]))) return { problem: 'no such file' };
  // A script that one of our commands has printed.
  if (program === 'bash') return { account: true };
  if (REMOTE.includes(program)) return { account: true };
  return LOCAL.includes(program) ? {} : { problem: `${program} is not known: add it to test/support/docs/commands.ts` };
}

async function ofNpm([command = '', ...args]: readonly string[]): Promise<Judged> {
  if (command === 'test') return { problem: missingPaths(args) };
  if (command !== 'run') return NPM.includes(command) ? {} : { problem: `npm ${command} is not known` };
  return ofScript(args.filter((each) => each !== '--silent' && each !== '-s'));
}

async function ofScript([script = '', ...rest]: readonly string[]): Promise<Judged> {
  if (SCRIPTS[script] === undefined) return { problem: 'no such script' };
  if (rest.length > 0 && rest[0] !== '--') return { problem: 'npm takes these for itself: `--` is missing' };
  return ofOwn(script, rest.slice(1));
}

async function ofOwn(name: string, args: readonly string[]): Promise<Judged> {
  if (!(name in COMMANDS) && name in SCRIPTS) return { problem: unknownFlags(name, args) };
  const account = name === 'keys' && (args[0] === 'plan' || args[0] === 'apply');
  const problem = await parseOwn(name, args);
  if (problem !== undefined || name !== 'rehearse' || args[0] !== 'exec') return { problem, account };
  // What follows has no need of an account: the providers are the rehearsal's.
  return { problem: (await judge(args.slice(args.indexOf('--') + 1))).problem };
}

async function ofNpx(args: readonly string[]): Promise<Judged> {
  const [program = '', command = '', ...rest] = args.filter((each) => each !== '--yes' && each !== '-y');
  if (program === 'cdktf-vertex-gateway') return ofOwn(command, rest);
  if (program === 'jest') return { problem: missingPaths([command, ...rest]) };
  if (program !== 'cdktf') return existsSync(join(ROOT, 'node_modules/.bin', program)) ? {} : { problem: `${program} is not installed` };
  if (CDKTF_LOCAL.includes(command)) return {};
  if (!CDKTF_REMOTE.includes(command)) return { problem: `cdktf has no command ${command}` };
  return { account: true, problem: command === 'deploy' ? missingFoundation(rest) : undefined };
}

/** CDKTF refuses to deploy a stack without those that it stands on, and all but the foundation stand on that. */
function missingFoundation(args: readonly string[]): string | undefined {
  const stacks = args.filter((each) => !each.startsWith('-'));
  const alone = stacks.some((each) => each.endsWith('-foundation') || each.includes('*')) || args.includes(IGNORE);
  return alone ? undefined : `CDKTF refuses it without the stacks that ${stacks.join(', ')} stands on: name them too, or ${IGNORE}`;
}

/** Scripts without commander, or that begin to work when they are loaded: their flags stand in their source. */
function unknownFlags(script: string, args: readonly string[]): string | undefined {
  const file = /\S+\.ts\b/.exec(SCRIPTS[script]!)?.[0];
  const source = file === undefined ? '' : readFileSync(join(ROOT, file), 'utf8');
  const unknown = args.filter((each) => each.startsWith('-')).find((flag) => !new RegExp(`${flag.split('=')[0]}\\b`).test(source));
  return unknown === undefined ? undefined : `${file ?? script} knows no ${unknown}`;
}

function missingPaths(args: readonly string[]): string | undefined {
  const missing = args.find((each) => !each.startsWith('-') && each !== '' && !existsSync(join(ROOT, each)));
  return missing === undefined ? undefined : `${missing} is not there`;
}

/** What is wrong with commands that stand in a sentence, or in a block of another kind. */
export async function mentionProblem(text: string): Promise<string | undefined> {
  if (text.startsWith('npx cdktf ')) return (await ofNpx(parseShell(text).commands[0]!.words.slice(1))).problem;
  const [, script = '', , given] = /^npm run (?:--silent |-s )?([a-z][a-z:-]*)( -- (.+))?$/s.exec(text) ?? [];
  const [, own = '', args] = /^npx cdktf-vertex-gateway ([a-z-]+)(?: (.+))?$/s.exec(text) ?? [];
  if (script === '' && own === '') return undefined;
  if (script !== '' && SCRIPTS[script] === undefined) return 'no such script';
  const name = script || own;
  if (!(name in COMMANDS)) return own === '' ? undefined : `there is no command ${own}`;
  const words = parseShell(given ?? args ?? '').commands[0]?.words ?? [];
  return words.includes('…') || words.includes('...') ? undefined : parseOwn(name, words, true);
}
