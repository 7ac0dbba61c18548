import { join } from 'node:path';
import ts from 'typescript';
import { installedApp } from '../support/installed';
import { describeWith } from '../support/requirements';
import { TYPED } from './foreign-app';

const INSTALLED = installedApp();

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts'],
  strict: true,
  noEmit: true,
  types: ['node'],
  // Our declarations are read as strictly as the program. Those of others have errors of their own, and are only what ours are held against.
  skipLibCheck: false,
};

/** Parsed once for all settings. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/** Errors in the program and in the declarations of the package that it leads to, as `file: what is wrong`. */
function errorsIn(app: string, files: readonly string[], options: ts.CompilerOptions): { errors: string[]; declarations: number } {
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getCurrentDirectory = () => app;
  host.getSourceFile = (file, version, ...rest) => {
    const kind = typeof version === 'object' ? version.impliedNodeFormat : undefined;
    const key = `${kind} ${file}`;
    if (!parsed.has(key)) parsed.set(key, getSourceFile(file, version, ...rest));
    return parsed.get(key);
  };
  const program = ts.createProgram(
    files.map((file) => join(app, file)),
    options,
    host,
  );
  const sources = program.getSourceFiles();
  const declarations = sources.filter(({ fileName }) => fileName.includes('/node_modules/cdktf-vertex-gateway/'));
  const own = sources.filter(({ fileName }) => files.some((file) => fileName.endsWith(`/${file}`)));
  const found = [
    ...program.getConfigFileParsingDiagnostics(),
    ...program.getOptionsDiagnostics(),
    ...[...own, ...declarations].flatMap((source) => [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ]),
  ];
  const errors = found.map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
  return { errors, declarations: declarations.length };
}

describeWith(INSTALLED, 'the types of the package', () => {
  it.each([
    ['node16, from CommonJS and from an ES module', ['main.cts', 'main.mts'], ts.ModuleKind.Node16, ts.ModuleResolutionKind.Node16],
    ['bundler', ['main.ts'], ts.ModuleKind.ESNext, ts.ModuleResolutionKind.Bundler],
  ] as const)('hold with module resolution %s', (_title, files, module, moduleResolution) => {
    const app = INSTALLED.appWith(Object.fromEntries(files.map((file) => [file, TYPED])));
    const { errors, declarations } = errorsIn(app, files, { ...OPTIONS, module, moduleResolution });
    expect(errors).toEqual([]);
    expect(declarations).toBeGreaterThan(100);
  });
});
