/**
 * Prisma's query engine as LiteLLM starts it (PRISMA_QUERY_ENGINE_BINARY): the engine that npm ships as WebAssembly, behind the HTTP
 * interface of the native one. The native one cannot be had from a package registry.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindAdapter } from '@prisma/driver-adapter-utils';
import { Pool } from 'pg';
import { Datamodel } from './datamodel';
import { driverUrl } from './driver-url';
import { toGraphqlAnswer, toJsonBody } from './graphql';
import { isFailure, openEngine, type Engine } from './engine';

const RELEASE = '393aa359c9ad4a4bb28630fb5613f9c281cde053';
const NO_TRACE = '{}';

interface Datasource {
  readonly url: string;
}

function databaseUrl(): URL {
  const [overridden] = JSON.parse(process.env.OVERWRITE_DATASOURCES ?? '[]') as Datasource[];
  return new URL(overridden?.url ?? process.env.DATABASE_URL ?? '');
}

function openPool(url: URL): Pool {
  return new Pool({ connectionString: driverUrl(url.href), max: Number(url.searchParams.get('connection_limit') ?? 5) });
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

async function answer(engine: Engine, datamodel: Datamodel, request: IncomingMessage): Promise<string> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://engine');
  const body = await textOf(request);
  const transaction = request.headers['x-transaction-id'] as string | undefined;
  const [, id = '', action] = /^\/transaction\/([^/]+)\/(commit|rollback)$/.exec(pathname) ?? [];
  if (pathname === '/status') return '{"status":"ok"}';
  if (pathname === '/metrics') return engine.metrics(JSON.stringify({ format: searchParams.get('format') ?? 'json' }));
  if (pathname === '/transaction/start') return engine.startTransaction(body, NO_TRACE);
  if (action === 'commit') return engine.commitTransaction(id, NO_TRACE);
  if (action === 'rollback') return engine.rollbackTransaction(id, NO_TRACE);
  const answered = await engine.query(toJsonBody(body, datamodel), NO_TRACE, transaction);
  return JSON.stringify(toGraphqlAnswer(JSON.parse(answered) as object));
}

async function respond(response: ServerResponse, answering: Promise<string>): Promise<void> {
  try {
    const text = await answering;
    response.writeHead(200, { 'content-type': 'application/json' }).end(text);
  } catch (error) {
    const message = (error as Error).message;
    const body = isFailure(message) ? message : JSON.stringify({ is_panic: false, message });
    response.writeHead(500, { 'content-type': 'application/json' }).end(body);
  }
}

async function serve(port: number): Promise<void> {
  const url = databaseUrl();
  const pool = openPool(url);
  // The native engine connects before it listens, and ends when it cannot.
  await pool.query('SELECT 1');
  const adapter = bindAdapter(new PrismaPg(pool, { schema: url.searchParams.get('schema') ?? undefined }));
  const schema = readFileSync(process.env.PRISMA_DML_PATH ?? '', 'utf8');
  const datamodel = new Datamodel(schema);
  const engine = await openEngine(schema, adapter);
  const server = createServer((request, response) => void respond(response, answer(engine, datamodel, request)));
  server.keepAliveTimeout = 60_000;
  server.listen(port, 'localhost');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0));
}

const { values } = parseArgs({
  options: {
    version: { type: 'boolean' },
    port: { type: 'string', short: 'p' },
    'enable-metrics': { type: 'boolean' },
    'enable-raw-queries': { type: 'boolean' },
  },
});

if (values.version === true) {
  process.stdout.write(`query-engine ${RELEASE}\n`);
} else {
  serve(Number(values.port)).catch((error: Error) => {
    process.stderr.write(`${JSON.stringify({ is_panic: false, message: error.message, error_code: 'P1001' })}\n`);
    process.exit(1);
  });
}
