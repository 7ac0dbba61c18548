import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Json, Store } from '../store';
import { invalid, ServiceError } from './service-error';

export interface Binding {
  readonly role: string;
  readonly members: readonly string[];
  readonly condition?: { readonly title: string; readonly expression: string; readonly description?: string };
}

export interface Policy {
  readonly version?: number;
  readonly bindings?: readonly Binding[];
  readonly etag?: string;
}

/** No resource type of the provider: google 6.50 knows no policy of an endpoint. */
const POLICY = 'vertex_ai_endpoint_policy';
const ENDPOINT = 'google_vertex_ai_endpoint';
const ROLE = /^(roles\/[A-Za-z0-9_.]+|(projects|organizations)\/[^/]+\/roles\/[\w.]+)$/;
const MEMBER =
  /^(allUsers|allAuthenticatedUsers|(user|group|serviceAccount|deleted:serviceAccount|deleted:user|deleted:group):[^@\s]+@\S+|domain:\S+|principal(Set)?:\/\/\S+|deleted:principal:\/\/\S+)$/;

/** The IAM policy of each endpoint: gone with it, and guarded by an etag. */
export class EndpointPolicies {
  private readonly unsubscribe: () => void;

  constructor(private readonly store: Store) {
    this.unsubscribe = store.subscribe((change) => {
      if (change.kind === 'delete' && change.object.type === ENDPOINT) this.store.delete(keyOf(change.object.id));
    });
  }

  close(): void {
    this.unsubscribe();
  }

  bindings(endpoint: string): readonly Binding[] {
    return (this.store.get(keyOf(endpoint))?.attributes['bindings'] ?? []) as unknown as readonly Binding[];
  }

  /** @param version that the caller knows of: conditions are told from version 3 on */
  get(endpoint: string, version: number): Policy {
    if (![0, 1, 3].includes(version)) throw invalid(`options.requested_policy_version must be 0, 1 or 3, not ${version}.`);
    const bindings = this.bindings(endpoint);
    const conditional = bindings.some(({ condition }) => condition !== undefined);
    const told = version === 3 ? bindings : bindings.map(withoutCondition);
    return { version: conditional && version === 3 ? 3 : 1, etag: etagOf(bindings), ...(told.length > 0 && { bindings: told }) };
  }

  /** Replaces the policy, unless it is not the one any more that the caller has read. Without an etag it does so blindly, as the service does. */
  set(endpoint: string, { bindings = [], etag, version }: Policy): Policy {
    if (etag !== undefined && etag !== etagOf(this.bindings(endpoint)))
      throw new ServiceError(
        'ABORTED',
        'There were concurrent policy changes. Please retry the whole read-modify-write with exponential backoff.',
      );
    for (const { role, members, condition } of bindings) {
      if (!ROLE.test(role ?? '')) throw invalid(`Role ${role} is not supported for this resource.`);
      if (!members?.length) throw invalid(`The binding of ${role} has no member.`);
      for (const member of members) if (!MEMBER.test(member)) throw invalid(`Invalid argument: member ${member}.`);
      if (condition && version !== 3) throw invalid('Policies with conditional role bindings must specify version 3.');
    }
    this.put(endpoint, merged(bindings));
    return this.get(endpoint, version ?? 1);
  }

  /** What somebody does past this API. */
  put(endpoint: string, bindings: readonly Binding[]): void {
    const key = keyOf(endpoint);
    const created = this.store.get(key)?.created ?? new Date().toISOString();
    if (bindings.length === 0) this.store.delete(key);
    else this.store.put({ ...key, created, attributes: { bindings: bindings as unknown as Json } });
  }
}

/** `role member condition`, a line a grant. */
export const grantsIn = (bindings: readonly Binding[] = []): Set<string> =>
  new Set(bindings.flatMap(({ role, members, condition }) => members.map((member) => `${role} ${member} ${condition?.expression ?? ''}`)));

const keyOf = (endpoint: string) => ({ provider: 'google', type: POLICY, id: endpoint });

/** From what the policy says: the same end, whichever way led there, is the same policy. */
const etagOf = (bindings: readonly Binding[]): string =>
  createHash('sha256').update(JSON.stringify(bindings)).digest('base64').slice(0, 12);

/** To a caller who does not know of conditions, a role under a name that no role has. */
function withoutCondition({ role, members, condition }: Binding): Binding {
  if (!condition) return { role, members };
  return { role: `${role}_withcond_${createHash('sha256').update(condition.expression).digest('hex').slice(0, 20)}`, members };
}

/** A binding a role and condition, a member once, in order: as the service tells it. */
function merged(bindings: readonly Binding[]): Binding[] {
  const kept: Binding[] = [];
  for (const { role, members, condition } of bindings) {
    const at = kept.findIndex((other) => other.role === role && isDeepStrictEqual(other.condition, condition));
    const all = [...new Set([...(kept[at]?.members ?? []), ...members.map(asKept)])].sort();
    const binding = { role, members: all, ...(condition && { condition }) };
    if (at < 0) kept.push(binding);
    else kept[at] = binding;
  }
  return kept.sort((one, other) => (one.role < other.role ? -1 : one.role > other.role ? 1 : 0));
}

/** E-mails are kept in lower case; subjects of pools have a case. */
const asKept = (member: string): string =>
  /^[A-Za-z]+:[^/]*@/.test(member) ? member.replace(/:.*/, (email) => email.toLowerCase()) : member;
