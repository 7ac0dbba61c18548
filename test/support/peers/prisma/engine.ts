import { readFileSync } from 'node:fs';
import type { ErrorCapturingDriverAdapter } from '@prisma/driver-adapter-utils';

/** Prisma's query engine: takes and gives JSON as text. */
export interface Engine {
  connect(trace: string): Promise<void>;
  query(body: string, trace: string, transaction: string | undefined): Promise<string>;
  startTransaction(options: string, trace: string): Promise<string>;
  commitTransaction(id: string, trace: string): Promise<string>;
  rollbackTransaction(id: string, trace: string): Promise<string>;
  metrics(options: string): Promise<string>;
}

/** The little of it that is needed: neither Node's types nor those of the language have it. */
declare const WebAssembly: {
  compile(code: Uint8Array): Promise<object>;
  instantiate(compiled: object, imports: object): Promise<{ readonly exports: object }>;
};

interface EngineModule {
  readonly QueryEngine: new (options: object, log: (entry: string) => void, adapter: ErrorCapturingDriverAdapter) => Engine;
  __wbg_set_wasm(exports: object): void;
}

/** The engine for PostgreSQL out of `@prisma/client`, connected. */
export async function openEngine(datamodel: string, adapter: ErrorCapturingDriverAdapter): Promise<Engine> {
  const path = require.resolve('@prisma/client/runtime/query_engine_bg.postgresql.js');
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- resolved at run time: the package has no types for it
  const glue = require(path) as EngineModule;
  const code = await WebAssembly.compile(readFileSync(path.replace(/\.js$/, '.wasm')));
  const instance = await WebAssembly.instantiate(code, { './query_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  const options = {
    datamodel,
    env: process.env,
    logQueries: false,
    ignoreEnvVarErrors: true,
    datasourceOverrides: {},
    logLevel: 'error',
    configDir: '.',
    engineProtocol: 'json',
  };
  const engine = new glue.QueryEngine(options, (entry) => process.stderr.write(`${entry}\n`), adapter);
  await engine.connect('{}');
  return engine;
}

/** Whether a message is already the JSON that the engine reports a failure with. */
export function isFailure(message: string): boolean {
  try {
    return typeof JSON.parse(message) === 'object';
  } catch {
    return false;
  }
}
