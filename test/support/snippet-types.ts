import { join } from 'node:path';
import ts from 'typescript';
import type { Snippet } from './snippets';

const ROOT = join(__dirname, '../..');

/** What every snippet may use without saying where it comes from, as a test has it: the stack that constructs are put into. */
const GLOBALS = "declare const stack: import('cdktf-vertex-gateway/core').EnvironmentStack;\n";
const GLOBALS_FILE = join(ROOT, 'snippets.d.ts');

/** Type errors of snippets, all checked in one program with the repository's own options, as `file:line:column: what is wrong`. */
export function typeErrors(snippets: readonly Snippet[]): string[] {
  // Each is a module beside its Markdown file, at the line where it stands there; the file itself exists nowhere.
  const modules = new Map(snippets.map((snippet) => [join(ROOT, `${snippet.file}.${snippet.line}.ts`), snippet]));
  const texts = new Map([...modules].map(([path, { line, code }]) => [path, `${'\n'.repeat(line - 1)}${code}\nexport {};\n`]));
  texts.set(GLOBALS_FILE, GLOBALS);

  const options: ts.CompilerOptions = { ...repositoryOptions(), noUnusedLocals: false, noUnusedParameters: false };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.getSourceFile = (path, ...rest) =>
    texts.has(path) ? ts.createSourceFile(path, texts.get(path)!, rest[0]) : getSourceFile(path, ...rest);

  const program = ts.createProgram([...texts.keys()], options, host);
  return [...modules].flatMap(([path, { file }]) => {
    const source = program.getSourceFile(path)!;
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(({ start, messageText }) => {
      const { line, character } = source.getLineAndCharacterOfPosition(start ?? 0);
      return `${file}:${line + 1}:${character + 1}: ${ts.flattenDiagnosticMessageText(messageText, '\n  ')}`;
    });
  });
}

function repositoryOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  return ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, ROOT).options;
}
