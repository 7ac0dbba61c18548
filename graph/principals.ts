import type { Item, Kind } from './model';

/** Somebody whom IAM knows, as a picture calls them. */
export interface Principal extends Item {
  /** As IAM writes it, or what is known of it. */
  readonly id: string;
  /** Service accounts: the address. */
  readonly email?: string;
  /** Federated ones: the id of the pool that vouches for them. */
  readonly pool?: string;
}

const person = (id: string, kind: Kind, what: string, title: string, more: Partial<Principal> = {}): Principal => ({
  id,
  kind,
  what,
  title,
  lines: [],
  ...more,
});

/** Accounts by which Google's own services act: nobody gives them work to do. */
const AGENT = /^(service-\d+@|bq-\d+@bigquery-encryption\.|\d+@cloudservices\.|[^@]+@gcp-sa-)/;

/** What a subject says of who it is, where it is written as the platform does. */
function federated(id: string, pool: string, rest: string): Principal {
  const gke = /^subject\/ns\/([^/]+)\/sa\/(.+)$/.exec(rest);
  if (gke) return person(id, 'workload', 'Pod on GKE', `${gke[1]}/${gke[2]}`);
  const pod = /^subject\/system:serviceaccount:([^:]+):(.+)$/.exec(rest);
  if (pod) return person(id, 'workload', 'Pod on Kubernetes', `${pod[1]}/${pod[2]}`, { pool });
  const github = /^subject\/repo:([^:]+):(.+)$/.exec(rest);
  if (github) return person(id, 'pipeline', 'GitHub Actions', github[1]!, { pool, lines: [github[2]!.replace(':', ' ')] });
  const role = /arn:aws:sts::(\d+):assumed-role\/(.+)$/.exec(rest);
  if (role) return person(id, 'workload', 'AWS role', role[2]!, { pool, lines: [`account ${role[1]}`] });
  return person(
    id,
    'workload',
    rest === '*' ? 'Everybody in a pool' : 'Federated identity',
    rest.replace(/^(subject|group|attribute\.[^/]+)\//, '') || pool,
    { pool },
  );
}

/** Who a member of a policy is; undefined for Google's own agents. */
export function principalOf(member: string): Principal | undefined {
  if (member === 'allUsers') return person(member, 'anyone', 'Anyone', 'the whole internet');
  if (member === 'allAuthenticatedUsers') return person(member, 'anyone', 'Anyone', 'every Google account');
  const pool = /^principal(?:Set)?:\/\/.*\/workloadIdentityPools\/([^/]+)\/(.+)$/.exec(member);
  if (pool) return federated(member, pool[1]!, pool[2]!);
  const [, type = '', name = member] = /^(?:deleted:)?(\w+):(.+)$/.exec(member) ?? [];
  if (type === 'serviceAccount') {
    if (AGENT.test(name)) return undefined;
    const [id = name, project] = name.replace(/\.iam\.gserviceaccount\.com$/, '').split('@');
    return person(member, 'account', 'Service account', id, { email: name, lines: project === undefined ? [] : [`of ${project}`] });
  }
  if (type === 'group') return person(member, 'people', 'Group', name);
  if (type === 'user') return person(member, 'people', 'Person', name);
  if (type === 'domain') return person(member, 'people', 'Everybody at', name);
  return person(member, 'people', type === '' ? 'Member' : type, name);
}

/** A principal of AWS, as the policy of a registry writes it. */
export function awsPrincipalOf(arn: string): Principal {
  const [, account = '', rest = ''] = /^arn:[^:]+:(?:iam|sts)::(\d+):(.+)$/.exec(arn) ?? [];
  if (arn === '*') return person(arn, 'anyone', 'Anyone', 'every AWS account');
  const id = /^\d+$/.test(arn) ? arn : account;
  if (rest === 'root' || rest === '') return person(arn, 'account', 'AWS account', id || arn);
  return person(arn, 'workload', 'AWS role', rest.replace(/^(role|user|assumed-role)\//, ''), { lines: [`account ${account}`] });
}
