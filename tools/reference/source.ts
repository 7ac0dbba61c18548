import { readdirSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import ts from 'typescript';

export const ROOT = join(__dirname, '../..');
const CONSTRUCTS = join(ROOT, 'constructs');

/** A class that people put into a stack. */
export interface ConstructClass {
  readonly name: string;
  /** Folder of its index, from the root: `constructs/vertex-endpoint`. */
  readonly folder: string;
  /** Its page, from the root: the README of a folder that has one construct, else a file of its own beside the code. */
  readonly page: string;
  readonly symbol: ts.Symbol;
}

/** What the indexes of `constructs/` export, as the compiler sees it. */
export interface Source {
  readonly checker: ts.TypeChecker;
  /** By folder from the root, everything that its index exports and that is declared here; each symbol with its first folder only. */
  readonly exports: ReadonlyMap<string, readonly ts.Symbol[]>;
  readonly constructs: readonly ConstructClass[];
}

/** Files as they were parsed, so that a second program of one process is cheap. */
const parsed = new Map<string, ts.SourceFile>();

/** @param instead texts of files, by their path from the root, that count in the place of what is on the disk */
export function readSource(instead: Readonly<Record<string, string>> = {}): Source {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, ROOT);
  const indexes = readdirSync(CONSTRUCTS, { recursive: true, encoding: 'utf8' })
    .filter((path) => basename(path) === 'index.ts')
    // Deepest first: what gateway/ hands on belongs to the folder that makes it.
    .sort((one, other) => other.split('/').length - one.split('/').length || one.localeCompare(other))
    .map((path) => join(CONSTRUCTS, path));
  const program = ts.createProgram(indexes, options, hostWith(options, instead));
  const checker = program.getTypeChecker();

  const seen = new Set<ts.Symbol>();
  const exports = new Map<string, ts.Symbol[]>();
  for (const index of indexes) {
    const symbols = checker
      .getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(index)!)!)
      .filter((symbol) => !isTypeOnlyClass(symbol, checker))
      .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
      .filter((symbol) => isOurs(symbol) && !seen.has(symbol));
    symbols.forEach((symbol) => seen.add(symbol));
    exports.set(relative(ROOT, dirname(index)), symbols);
  }
  return { checker, exports, constructs: constructClasses(checker, exports) };
}

function hostWith(options: ts.CompilerOptions, instead: Readonly<Record<string, string>>): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (path, ...rest) => {
    const text = instead[relative(ROOT, path)];
    if (text !== undefined) return ts.createSourceFile(path, text, rest[0]);
    const file = parsed.get(path) ?? getSourceFile(path, ...rest);
    if (file) parsed.set(path, file);
    return file;
  };
  return host;
}

/** A class that is exported as a type: people meet its instances, and make none. */
function isTypeOnlyClass(symbol: ts.Symbol, checker: ts.TypeChecker): boolean {
  if (!(symbol.flags & ts.SymbolFlags.Alias) || !(checker.getAliasedSymbol(symbol).flags & ts.SymbolFlags.Class)) return false;
  return symbol.declarations?.some(ts.isTypeOnlyExportDeclaration) ?? false;
}

/** Declared under constructs/, and not by a provider or by CDKTF. */
export const isOurs = (symbol: ts.Symbol): boolean =>
  symbol.declarations?.some((declaration) => declaration.getSourceFile().fileName.startsWith(`${CONSTRUCTS}/`)) ?? false;

function constructClasses(checker: ts.TypeChecker, exports: Source['exports']): ConstructClass[] {
  const folders = [...exports.keys()];
  return [...exports]
    .flatMap(([folder, symbols]) => {
      const classes = symbols.filter((symbol) => isConcreteClass(symbol) && isConstruct(symbol, checker));
      const alone = classes.length === 1 && !folders.some((other) => other.startsWith(`${folder}/`));
      return classes.map((symbol) => ({
        name: symbol.name,
        folder,
        symbol,
        page: `${folder}/${alone ? 'README' : kebab(symbol.name)}.md`,
      }));
    })
    .sort((one, other) => one.folder.localeCompare(other.folder) || one.name.localeCompare(other.name));
}

const kebab = (name: string): string => name.replace(/\B[A-Z]/g, '-$&').toLowerCase();

const isConcreteClass = (symbol: ts.Symbol): boolean =>
  symbol.declarations?.some(
    (declaration) =>
      ts.isClassDeclaration(declaration) && !declaration.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword),
  ) ?? false;

export function isConstruct(symbol: ts.Symbol, checker: ts.TypeChecker): boolean {
  const bases = checker.getBaseTypes(checker.getDeclaredTypeOfSymbol(symbol) as ts.InterfaceType);
  return symbol.name === 'Construct' || bases.some(({ symbol: base }) => base !== undefined && isConstruct(base, checker));
}
