import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadEnvironments } from '../../configuration';
import { checkPolicy, errorsOf, type StackDocument } from '../../policy';
import { type Report, noDisplay, rehearse, type RehearseOptions } from '../../rehearsal';
import { policyOf } from '../../stacks';

export const ROOT = join(__dirname, '..', '..');
export const EXAMPLES = join(ROOT, 'examples');

const made: string[] = [];
afterAll(() => made.splice(0).forEach((directory) => rmSync(directory, { recursive: true, force: true })));

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'example-'));
  made.push(directory);
  return directory;
}

export const readme = (name: string): string => readFileSync(join(EXAMPLES, name, 'README.md'), 'utf8');

interface Counts {
  readonly stacks: number;
  readonly resources: number;
}

/** What the index says of each example: stacks, and resources in their states. */
export const INDEX: ReadonlyMap<string, Counts> = new Map(
  [...readFileSync(join(EXAMPLES, 'README.md'), 'utf8').matchAll(/^\| \[(\S+)\]\(\1\) +\|[^|]*\| +(\d+) \| +(\d+) \|$/gm)].map(
    ([, name = '', stacks, resources]) => [name, { stacks: Number(stacks), resources: Number(resources) }] as const,
  ),
);

export const countsOf = ({ stacks }: Report): Counts => ({
  stacks: stacks.length,
  resources: stacks.reduce((sum, each) => sum + each.resources, 0),
});

/** Lines of the blocks of commands. */
export const commandsOf = (page: string): string[] =>
  [...page.matchAll(/^ *```sh\n([\s\S]*?)^ *```$/gm)].flatMap(([, block = '']) => block.split('\n').map((line) => line.trim()));

/** What the page tells people to rehearse, as the options of that command. */
export function toldRehearsal(name: string): Pick<RehearseOptions, 'environments'> {
  const line = commandsOf(readme(name)).find((each) => each.startsWith('npx cdktf-vertex-gateway rehearse '));
  const names = (line ?? '').split(' ').slice(3);
  const first = names.findIndex((each) => each.startsWith('--'));
  return { environments: names.includes('--all') ? 'all' : names.slice(0, first < 0 ? undefined : first) };
}

/** A copy that may be changed. It is an app as people have it, but that the package's name leads to the sources. */
export function copyOf(name: string): string {
  const directory = temporaryDirectory();
  cpSync(join(EXAMPLES, name), directory, { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(directory, 'node_modules'), 'dir');
  writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify({ extends: join(ROOT, 'tsconfig.json') }));
  return directory;
}

export const run = (projectDir: string, options: Omit<RehearseOptions, 'projectDir'>): Promise<Report> =>
  rehearse({ projectDir, ...options }, noDisplay, new AbortController().signal);

/** Errors of the policy in synthesized stacks, as the command `policy` would tell them: by the environment files, else as of this tier. */
export function policyErrors(projectDir: string, synthesized: string, tier: 'development' | 'production'): string[] {
  const stacks = readdirSync(join(synthesized, 'stacks')).map((name): StackDocument => {
    // Not what the rehearsal has put beside it.
    return { name, json: JSON.parse(readFileSync(join(synthesized, 'stacks', name, 'cdk.tf.json'), 'utf8')) as StackDocument['json'] };
  });
  const environments = existsSync(join(projectDir, 'environments')) ? loadEnvironments(join(projectDir, 'environments')) : undefined;
  const reports = environments
    ? environments.map((environment) =>
        checkPolicy(
          stacks.filter(({ name }) => name.startsWith(`${environment.name}-`)),
          policyOf(environment),
        ),
      )
    : stacks.map((stack) => checkPolicy([stack], { production: tier === 'production', perimeter: false }));
  return reports.flatMap(errorsOf).map(({ rule, path }) => `${rule} ${path}`);
}

/** Where a rehearsal can keep its things. */
export function room(): { readonly keep: string; readonly synthesized: string } {
  const keep = join(temporaryDirectory(), 'kept');
  mkdirSync(keep);
  return { keep, synthesized: join(keep, 'synth') };
}
