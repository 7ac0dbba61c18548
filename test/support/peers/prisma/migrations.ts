import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';

/** A failure with the code that Prisma gives it: P1001 unreachable, P3009 an earlier one failed, P3018 this one failed. */
export class MigrationError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The number that Prisma locks with, so that two deploys do not run at once. */
const LOCK = 72707369;
const LEDGER = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ, migration_name VARCHAR(255) NOT NULL,
  logs TEXT, rolled_back_at TIMESTAMPTZ, started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`;

const scriptOf = (directory: string, name: string): string => join(directory, name, 'migration.sql');

/** Names of the migrations in a directory, in the order in which they apply. */
export function migrationNames(directory: string): string[] {
  return readdirSync(directory)
    .filter((name) => existsSync(scriptOf(directory, name)))
    .sort();
}

async function apply(client: Client, directory: string, name: string): Promise<void> {
  const script = readFileSync(scriptOf(directory, name), 'utf8');
  const id = randomUUID();
  const checksum = createHash('sha256').update(script).digest('hex');
  await client.query('INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)', [id, checksum, name]);
  try {
    await client.query(script);
  } catch (error) {
    const reason = (error as Error).message;
    await client.query('UPDATE _prisma_migrations SET logs = $2 WHERE id = $1', [id, reason]);
    throw new MigrationError('P3018', `A migration failed to apply. Migration name: ${name}. Database error: ${reason}`);
  }
  await client.query('UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1 WHERE id = $1', [id]);
}

/** Applies what the database does not have yet, as `prisma migrate deploy` does, and keeps the same ledger. Gives the names. */
export async function applyMigrations(client: Client, directory: string): Promise<string[]> {
  await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
  await client.query(LEDGER);
  const { rows } = await client.query<{ name: string; finished: boolean }>(
    'SELECT migration_name AS name, finished_at IS NOT NULL AS finished FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  );
  const failed = rows.find(({ finished }) => !finished);
  if (failed) throw new MigrationError('P3009', `migrate found failed migrations in the target database: ${failed.name}`);
  const known = new Set(rows.map(({ name }) => name));
  const pending = migrationNames(directory).filter((name) => !known.has(name));
  for (const name of pending) await apply(client, directory, name);
  return pending;
}
