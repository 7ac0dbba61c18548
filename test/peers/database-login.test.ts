import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { connectionUrl, DATABASE_ROLE } from '../../constructs/gateway/database/connection-url';
import { migrationCommand } from '../../constructs/gateway/database/migration-command';
import { Database, LITELLM, needsGatewayAndDatabase } from '../support/peers';
import { Child } from '../support/peers/child';
import { PRISMA_FILES } from '../support/peers/litellm';
import { describeWith } from '../support/requirements';

/** Half a minute on an idle machine; one with other work takes many times as long. */
const MIGRATION_MILLISECONDS = 900_000;
const PASSWORDS: Readonly<Record<string, string>> = { gateway_a: 'aPasswordOfLettersAndDigits40', gateway_b: 'anotherOne' };

/** Stands in for Cloud SQL: a database that belongs to a role, and two users who are members of it and own nothing. */
async function openLikeCloudSql(): Promise<Database> {
  const database = await Database.startEmpty();
  await database.query(`CREATE ROLE ${DATABASE_ROLE} NOLOGIN CREATEROLE CREATEDB`);
  await database.query(`ALTER DATABASE ${database.name} OWNER TO ${DATABASE_ROLE}`);
  for (const [user, password] of Object.entries(PASSWORDS)) {
    await database.query(`CREATE USER ${user} PASSWORD '${password}' IN ROLE ${DATABASE_ROLE}`);
  }
  return database;
}

/** The job's container: its command, and nothing but what the job has in its environment. */
async function migrate(url: string): Promise<{ readonly code: number; readonly log: string }> {
  const home = mkdtempSync(join(tmpdir(), 'migration-'));
  const { command, args } = migrationCommand([]);
  const environment = {
    PATH: [join(LITELLM.directory, 'bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(':'),
    HOME: home,
    LITELLM_MODE: 'PRODUCTION',
    LITELLM_LOCAL_MODEL_COST_MAP: 'True',
    DATABASE_URL: url,
    ...PRISMA_FILES.variables,
  };
  const child = new Child({ command: LITELLM.command(command[0]!), args, environment, directory: home });
  const code = await child.ended;
  rmSync(home, { recursive: true, force: true });
  return { code, log: child.log };
}

describeWith(needsGatewayAndDatabase(), 'the logins of the gateway, with a real PostgreSQL and a real LiteLLM', () => {
  let database: Database;
  const urlOf = (user: string): string =>
    connectionUrl({ host: '127.0.0.1', port: database.port, database: database.name, user, password: PASSWORDS[user], tls: 'disable' });
  const as = async (url: string, sql: string): Promise<unknown[]> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  };

  beforeAll(async () => (database = await openLikeCloudSql()));
  afterAll(async () => database.stop());

  it('take on the role at once, so that what one makes the other may change', async () => {
    await as(urlOf('gateway_a'), 'CREATE TABLE made_by_a (id int)');
    expect(await as(urlOf('gateway_b'), 'SELECT session_user, current_user')).toEqual([
      { session_user: 'gateway_b', current_user: DATABASE_ROLE },
    ]);
    await as(urlOf('gateway_b'), 'ALTER TABLE made_by_a ADD COLUMN made_by_b int');
    expect(await as(urlOf('gateway_a'), "SELECT tableowner FROM pg_tables WHERE tablename = 'made_by_a'")).toEqual([
      { tableowner: DATABASE_ROLE },
    ]);
  });

  it('would keep each other out without it', async () => {
    const without = (user: string) => urlOf(user).replace(/&options=.*/, '');
    await as(without('gateway_a'), 'CREATE TABLE owned_by_a (id int)');
    await expect(as(without('gateway_b'), 'ALTER TABLE owned_by_a ADD COLUMN b int')).rejects.toThrow('must be owner');
  });

  it(
    'migrate with either user, one after the other, without a configuration',
    async () => {
      for (const user of ['gateway_a', 'gateway_b']) {
        const { code, log } = await migrate(urlOf(user));
        expect({ code, log: code === 0 ? '' : log.slice(-3000) }).toEqual({ code: 0, log: '' });
      }
      const owners = await database.query("SELECT DISTINCT tableowner FROM pg_tables WHERE tablename LIKE 'LiteLLM%'");
      expect(owners).toEqual([{ tableowner: DATABASE_ROLE }]);
    },
    MIGRATION_MILLISECONDS,
  );
});
