import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Client, type QueryResultRow } from 'pg';
import { withLockAsync } from '../lock';
import type { Requirement } from '../requirements';
import { Child, freePort } from './child';
import { LITELLM, migrationsDirectory } from './litellm';
import { applyMigrations } from './prisma/migrations';

const USER = 'litellm';
/** Every character of it that has a meaning in a URL has to be encoded by whoever writes one. */
const PASSWORD = 'pa/ss@wo:rd';
const MIGRATED = 'migrated';
const EMPTY = 'postgres';
/** `nobody`: PostgreSQL refuses to run as root. */
const UNPRIVILEGED = 65534;
const READY_SECONDS = 30;

const uid = process.getuid?.() === 0 ? UNPRIVILEGED : undefined;

/** Distributions keep the server's commands off PATH. */
function find(command: string): string | undefined {
  const parent = '/usr/lib/postgresql';
  const versions = existsSync(parent) ? readdirSync(parent).sort((a, b) => Number(b) - Number(a)) : [];
  const places = [...(process.env.PATH ?? '').split(delimiter), ...versions.map((version) => join(parent, version, 'bin'))];
  return places.map((place) => join(place, command)).find((path) => existsSync(path));
}

/** The server's commands. */
export const postgres = (): Requirement => ({
  met: find('initdb') !== undefined && find('postgres') !== undefined,
  reason: 'PostgreSQL: initdb and postgres, on PATH or under /usr/lib/postgresql',
});

function run(command: string, args: readonly string[], as?: number): void {
  const child = spawnSync(command, args, { encoding: 'utf8', ...(as === undefined ? {} : { uid: as, gid: as }) });
  if (child.status !== 0) throw new Error(`${command} ended with ${child.status}: ${child.error?.message ?? child.stderr}`);
}

/** A directory that the unprivileged user can reach: the one of the test run is closed to others. */
function makeDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'pg-'));
  if (uid !== undefined) {
    run('chmod', ['o+x', tmpdir()]);
    run('chown', [String(uid), directory]);
  }
  return directory;
}

function initialize(directory: string): string {
  const cluster = join(directory, 'data');
  const passwordFile = join(directory, 'password');
  writeFileSync(passwordFile, PASSWORD);
  chmodSync(passwordFile, 0o644);
  const login = [`--username=${USER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  run(find('initdb') ?? 'initdb', ['-D', cluster, ...login, '--no-sync', '--encoding=UTF8', '--locale=C', '--wal-segsize=1'], uid);
  return cluster;
}

/** A PostgreSQL server of its own on loopback, gone with all its data when it is stopped. */
export class Database {
  /** With LiteLLM's tables, all empty. */
  static async start(): Promise<Database> {
    const template = join(LITELLM.directory, 'cluster');
    await withLockAsync(`${template}.lock`, async () => {
      if (!existsSync(template)) await makeTemplate(template);
    });
    const directory = makeDirectory();
    const cluster = join(directory, 'data');
    run('cp', ['-Rp', template, cluster]);
    return Database.serve(directory, MIGRATED);
  }

  /** Without any table. */
  static async startEmpty(): Promise<Database> {
    const directory = makeDirectory();
    initialize(directory);
    return Database.serve(directory, EMPTY);
  }

  private static async serve(directory: string, name: string): Promise<Database> {
    const port = await freePort();
    // What a crash would lose does not matter here; waiting for the disk would.
    const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', fsync: 'off', max_connections: '200' };
    const options = Object.entries(settings).flatMap(([setting, value]) => ['-c', `${setting}=${value}`]);
    const args = ['-D', join(directory, 'data'), '-p', String(port), ...options];
    const server = new Child({ command: find('postgres') ?? 'postgres', args, environment: { LC_ALL: 'C' }, directory: '/', uid });
    const database = new Database(directory, server, port, name);
    try {
      await server.ready(async () => (await database.query('SELECT 1')).length === 1, READY_SECONDS);
    } catch (error) {
      await database.stop();
      throw error;
    }
    return database;
  }

  private constructor(
    private readonly directory: string,
    private readonly server: Child,
    readonly port: number,
    readonly name: string,
  ) {}

  /** As LiteLLM's DATABASE_URL. */
  get url(): string {
    return `postgresql://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${this.port}/${this.name}`;
  }

  /** As LiteLLM's DATABASE_HOST and so on. Without a port: its migration job would ignore one. */
  get parts(): Record<string, string> {
    return { DATABASE_HOST: `127.0.0.1:${this.port}`, DATABASE_USERNAME: USER, DATABASE_PASSWORD: PASSWORD, DATABASE_NAME: this.name };
  }

  /** Runs one statement over a connection of its own. */
  async query<Row extends QueryResultRow>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    const client = new Client({ connectionString: this.url });
    await client.connect();
    try {
      return (await client.query<Row>(sql, [...values])).rows;
    } finally {
      await client.end();
    }
  }

  async stop(): Promise<void> {
    await this.server.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Ends, leaving the files of the cluster behind under this path. */
  async stopAndKeep(path: string): Promise<void> {
    await this.server.stop();
    const unfinished = `${path}.new`;
    rmSync(unfinished, { recursive: true, force: true });
    run('cp', ['-Rp', join(this.directory, 'data'), unfinished]);
    renameSync(unfinished, path);
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Applying all migrations takes some seconds, so a cluster that has them is kept with LiteLLM's virtual environment and copied. */
async function makeTemplate(path: string): Promise<void> {
  const database = await Database.startEmpty();
  try {
    await database.query(`CREATE DATABASE ${MIGRATED}`);
    const client = new Client({ connectionString: database.url.replace(/[^/]+$/, MIGRATED) });
    await client.connect();
    await applyMigrations(client, migrationsDirectory());
    await client.end();
  } finally {
    await database.stopAndKeep(path);
  }
}
