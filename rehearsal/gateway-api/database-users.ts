import type { Store, StoredObject } from '../store';
import { notFound } from '../api/service-error';

const INSTANCE = 'google_sql_database_instance';
const USER = 'google_sql_user';
/** No resource type of the provider: what the service knows of a user and the provider's schema does not. */
const ROLES = 'sql_user_roles';
/** What a user with a password is a member of from the beginning. */
const FROM_THE_BEGINNING = 'cloudsqlsuperuser';

/** Users of the store's Cloud SQL instances, and the roles that they were given. */
export class DatabaseUsers {
  constructor(private readonly store: Store) {}

  /** @param instance projects/P/instances/I */
  grant(instance: string, name: string, roles: readonly string[]): object {
    const user = this.demand(instance, name);
    const all = [...new Set([...this.roles(user), ...roles])].sort();
    // Of the user: one that is made anew under the name is no member.
    this.store.put({ ...this.key(user), created: user.created, attributes: { roles: all }, parent: { type: USER, id: user.id } });
    const number = this.store.next('sql operation');
    return { kind: 'sql#operation', name: `operation-${number}`, operationType: 'UPDATE_USER', status: 'PENDING' };
  }

  /** Why a container that logs in with this URL would not get to work; undefined: it would. Of passwords nothing is known here. */
  refusal(project: string, url: string): string | undefined {
    const name = decodeURIComponent(/^postgresql:\/\/([^:@]+)/.exec(url)?.[1] ?? '');
    const users = this.users().filter((user) => user.attributes.project === project && user.attributes.name === name);
    if (users.length === 0) return `FATAL: Cloud SQL IAM user authentication failed for user "${name}"`;
    const role = /-crole=(\w+)/.exec(decodeURIComponent(url))?.[1];
    if (role === undefined || users.some((user) => this.roles(user).includes(role))) return undefined;
    return `FATAL: permission denied to set role "${role}" for user "${name}"`;
  }

  private demand(instance: string, name: string): StoredObject {
    if (!this.store.get({ provider: 'google', type: INSTANCE, id: instance })) throw notFound('The Cloud SQL instance does not exist.');
    const short = instance.split('/').pop();
    const user = this.users().find(({ attributes }) => attributes.instance === short && attributes.name === name);
    if (!user) throw notFound(`The user ${name} does not exist on the instance ${short}.`);
    return user;
  }

  private users(): StoredObject[] {
    return this.store.list({ provider: 'google', type: USER });
  }

  private roles(user: StoredObject): readonly string[] {
    if (!String(user.attributes.type ?? '').startsWith('CLOUD_IAM')) return [FROM_THE_BEGINNING];
    return (this.store.get(this.key(user))?.attributes.roles as readonly string[] | undefined) ?? [];
  }

  private readonly key = ({ id, scope, created }: StoredObject) => ({
    provider: 'google',
    type: ROLES,
    id: `${id} of ${created}`,
    ...(scope !== undefined && { scope }),
  });
}
