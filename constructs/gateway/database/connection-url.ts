/**
 * Role that every login takes on once it is in. What one login makes, another may then change: tables belong to the role, not to the user
 * of the day. Users that Cloud SQL makes with a password are members of it from the beginning; `DatabaseRole` makes others so.
 * https://cloud.google.com/sql/docs/postgres/roles-and-permissions
 */
export const DATABASE_ROLE = 'cloudsqlsuperuser';

export interface ConnectionTarget {
  /** Not encoded. May hold tokens if they are made of letters, digits, dots and dashes. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** Letters and digits, or a reference to such a value: it is not encoded. */
  readonly password?: string;
  /** `require` between machines; `disable` to a proxy on loopback, which encrypts by itself. */
  readonly tls: 'require' | 'disable';
}

/**
 * As LiteLLM reads it from DATABASE_URL. A URL, not parts: parts cannot carry `options`, with which PostgreSQL sets the role at login.
 * LiteLLM appends the settings of its pool.
 */
export function connectionUrl({ host, port, database, user, password, tls }: ConnectionTarget): string {
  const credentials = password === undefined ? encodeURIComponent(user) : `${encodeURIComponent(user)}:${password}`;
  const options = encodeURIComponent(`-crole=${DATABASE_ROLE}`);
  return `postgresql://${credentials}@${host}:${port}/${database}?sslmode=${tls}&options=${options}`;
}
