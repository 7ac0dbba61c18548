import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { type App, apps, synthesize } from './apps';
import { differences } from './compare';
import { inMovedRepository } from './installed';
import { ALIAS, DIRECTORY, folderOf, PACKAGES, prepare, ROOT } from './terrain';

const USAGE = `npm run after-cdktf -- [--installed] [--tests [pattern…]]

Does everything that is done with CDKTF once more with CDK Terrain (${PACKAGES.cdktf.replace('npm:', '')}) in its place: synthesizes the environments
and the examples, which must come out the same, byte by byte, and checks the types.
  --installed  does not put CDK Terrain beside the packages that are installed, but installs all of them anew, in a copy, with an alias in
               package.json, as a person does who moves
  --tests      runs the tests too: those of constructs and stacks, or those whose paths match a pattern
Exit code: 0 all is the same, 1 something is not, 2 there is no package registry, or it is asked wrongly.`;

/** What builds stacks. */
const TESTS = ['test/constructs', 'test/stacks'];

const say = (text: string) => void process.stdout.write(`${text}\n`);

/**
 * Both ways, and what came out differently. Where the app has moved to, the alias of its package.json counts. Both write to the same place below
 * the app: paths of local states are relative to where a stack is written.
 */
function compareApp(app: App, moved?: App): boolean {
  const here = join(app.directory, '.rehearsal');
  mkdirSync(here, { recursive: true });
  const directory = mkdtempSync(join(here, 'after-cdktf-'));
  const there = moved === undefined ? directory : join(moved.directory, relative(app.directory, directory));
  mkdirSync(there, { recursive: true });
  try {
    const [before, after] = [join(directory, 'before'), join(there, 'after')];
    synthesize(app, 'cdktf', before);
    if (moved === undefined) synthesize(app, 'terrain', after);
    else synthesize(moved, 'installed', after);
    const found = differences(before, after);
    say(`${app.name}: ${found.length === 0 ? 'the same' : 'not the same'}`);
    for (const line of found) say(`  ${line}`);
    return found.length === 0;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

interface Settings {
  readonly compilerOptions: { readonly paths?: Readonly<Record<string, readonly string[]>> };
}

/** `paths` hold for what the providers' declarations import, too. */
function checkTypes(): boolean {
  const { compilerOptions } = JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8')) as Settings;
  const file = join(DIRECTORY, 'tsconfig.json');
  const absolute = Object.entries(compilerOptions.paths ?? {}).map(([name, paths]) => [name, paths.map((path) => join(ROOT, path))]);
  const paths = {
    ...(Object.fromEntries(absolute) as Record<string, string[]>),
    cdktf: [folderOf('cdktf')],
    'cdktf/*': [`${folderOf('cdktf')}/*`],
    constructs: [folderOf('constructs')],
  };
  const settings = {
    extends: join(ROOT, 'tsconfig.json'),
    compilerOptions: { paths, noEmit: true, typeRoots: [join(ROOT, 'node_modules/@types')] },
    include: [join(ROOT, '**/*.ts'), join(ROOT, 'constructs/**/*.js')],
    exclude: ['node_modules', 'cdktf.out', '.rehearsal', 'dist'].map((name) => join(ROOT, name)),
  };
  writeFileSync(file, JSON.stringify(settings, undefined, 2));
  return runs('types', ['node_modules/typescript/bin/tsc', '-p', file]);
}

/** Processes that tests start get the alias from their environment. */
function runTests(patterns: readonly string[]): boolean {
  const args = [
    'node_modules/jest/bin/jest.js',
    '--ci',
    '--config',
    'test/after-cdktf/jest.config.js',
    ...(patterns.length > 0 ? patterns : TESTS),
  ];
  return runs('tests', args, { NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} --require ${ALIAS}`.trim() });
}

function runs(what: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): boolean {
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...environment } });
  say(`${what}: ${status === 0 ? 'the same' : 'not the same'}`);
  return status === 0;
}

function main(): number {
  let given;
  try {
    given = parseArgs({
      options: { installed: { type: 'boolean', default: false }, tests: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}\n`);
    return 2;
  }
  const { met, reason } = prepare();
  if (!met) {
    process.stderr.write(`CDK Terrain cannot be installed: ${reason} is needed.\n`);
    return 2;
  }
  const { installed, tests } = given.values;
  const all = (moved?: (app: App) => App) => apps().map((app) => compareApp(app, moved?.(app))).every(Boolean); // prettier-ignore
  const compare = () => (installed ? (inMovedRepository((moved) => all(moved)) ?? false) : all());
  const steps = [compare, checkTypes, ...(tests ? [() => runTests(given.positionals)] : [])];
  return steps.map((step) => step()).every(Boolean) ? 0 : 1;
}

process.exitCode = main();
