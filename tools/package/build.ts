import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { keysProgram } from '../../keys/program';
import { exports as entries } from '../../package.json';
import { keepReachable } from './declarations';

const ROOT = join(__dirname, '../..');
const DIST = join(ROOT, 'dist');
const PROJECT = join(ROOT, 'tsconfig.build.json');

const HOST: ts.ParseConfigFileHost = {
  ...ts.sys,
  onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
    throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'));
  },
};

/** `npm run build`: what the package consists of, in `dist/`. Types are checked by `npm run typecheck`, not once more here. */
function build(): void {
  rmSync(DIST, { recursive: true, force: true });
  compile();
  keepReachable(DIST, declarations());
  for (const file of assets()) copy(file);
  // In the repository it is bundled when an environment is synthesized; users of the package have no bundler.
  writeFileSync(join(DIST, 'keys/job-program.cjs'), keysProgram());
}

/** Declarations keep the comments, which are their users' documentation; programs go without: it makes them smaller by a fifth. */
function compile(): void {
  const compiler = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
  const options = ['-p', PROJECT, '--noCheck', '--emitDeclarationOnly'];
  const { status } = spawnSync(process.execPath, [compiler, ...options], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  const compilerOptions = { ...ts.getParsedCommandLineOfConfigFile(PROJECT, {}, HOST)!.options, removeComments: true };
  for (const file of filesIn(DIST)) {
    const module = relative(DIST, file).replace(/\.d\.ts$/, '');
    const source = readFileSync(join(ROOT, `${module}.ts`), 'utf8');
    writeFileSync(join(DIST, `${module}.js`), ts.transpileModule(source, { compilerOptions, fileName: `${module}.ts` }).outputText);
  }
}

const declarations = (): string[] =>
  Object.values(entries).flatMap((entry) => (typeof entry === 'string' ? [] : [join(ROOT, entry.types)]));

/**
 * What modules read at run time stands beside them: everything that is neither code to compile nor a page to read, of the folders that
 * something was compiled of.
 */
function assets(): string[] {
  return readdirSync(DIST).flatMap((folder) => filesIn(join(ROOT, folder)).filter(isAsset));
}

function filesIn(directory: string): string[] {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Python leaves compiled modules beside the ones that tests have run. */
const isAsset = (file: string): boolean => !/\.(ts|md|pyc)$/.test(file);

function copy(file: string): void {
  const target = join(DIST, relative(ROOT, file));
  mkdirSync(dirname(target), { recursive: true });
  cpSync(file, target);
}

build();
