/**
 * What `prisma migrate deploy` asks of Prisma's schema engine (PRISMA_SCHEMA_ENGINE_BINARY), which cannot be had from a package registry:
 * JSON-RPC by lines over standard input and output, and `cli … can-connect-to-database`. Other methods are refused by name.
 */
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { driverUrl } from './driver-url';
import { MigrationError, applyMigrations, migrationNames } from './migrations';

const RELEASE = '393aa359c9ad4a4bb28630fb5613f9c281cde053';

interface Request {
  readonly id: number;
  readonly method: string;
  readonly params: { readonly migrationsDirectoryPath?: string };
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: driverUrl(url) });
  try {
    await client.connect();
  } catch (error) {
    throw new MigrationError('P1001', `Can't reach database server at ${client.host}:${client.port}: ${(error as Error).message}`);
  }
  return client;
}

async function answer({ method, params }: Request): Promise<object> {
  const directory = params.migrationsDirectoryPath ?? '';
  if (method === 'listMigrationDirectories') return { migrations: migrationNames(directory) };
  if (method !== 'applyMigrations') throw new MigrationError('P0000', `This stand-in for Prisma's schema engine has no method ${method}.`);
  const client = await connect(process.env.DATABASE_URL ?? '');
  try {
    return { appliedMigrationNames: await applyMigrations(client, directory) };
  } finally {
    await client.end();
  }
}

function failure(error: unknown): object {
  const code = error instanceof MigrationError ? error.code : 'P0000';
  const message = (error as Error).message;
  return {
    code: 4466,
    message: 'An error happened. Check the data field for details.',
    data: { is_panic: false, message, error_code: code },
  };
}

async function serve(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line) as Request;
    const result = await answer(request).then(
      (value) => ({ result: value }),
      (error: unknown) => ({ error: failure(error) }),
    );
    process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id: request.id, ...result })}\n`);
  }
}

/** `cli --datasource URL can-connect-to-database`: the last line of standard error is what Prisma reads. */
async function canConnect(url: string): Promise<number> {
  try {
    await (await connect(url)).end();
    return 0;
  } catch (error) {
    const fields = { message: (error as Error).message, is_panic: false, error_code: (error as MigrationError).code, meta: {} };
    process.stderr.write(`${JSON.stringify({ timestamp: new Date().toISOString(), level: 'ERROR', fields, target: 'schema_engine' })}\n`);
    return 1;
  }
}

const args = process.argv.slice(2);
const datasource = args.indexOf('--datasource');
if (args.includes('--version')) process.stdout.write(`schema-engine-cli ${RELEASE}\n`);
else if (args.includes('can-connect-to-database')) void canConnect(args[datasource + 1] ?? '').then((code) => process.exit(code));
else void serve();
