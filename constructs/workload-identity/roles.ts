import { distance } from 'fastest-levenshtein';
import known from './known-roles.json';

/** What is to be said about a role that somebody wants to grant. An error is wrong for certain; a warning may only be newer than our list. */
export interface RoleFinding {
  /** `error`: wrong for certain; `warning`: perhaps newer than the list. */
  readonly level: 'error' | 'warning';
  /** A whole sentence. */
  readonly message: string;
}

const KNOWN: readonly string[] = Object.entries(known.roles).flatMap(([service, names]) =>
  names.split(' ').map((name) => `roles/${service}.${name}`),
);
const IS_KNOWN: ReadonlySet<string> = new Set(KNOWN);

/** Basic roles, old and new: https://docs.cloud.google.com/iam/docs/roles-overview#basic */
const BASIC = ['owner', 'editor', 'viewer', 'admin', 'writer', 'reader'].map((name) => `roles/${name}`);

/** On a project, each of these is the sum of what all its service accounts may: checkov CKV_GCP_41 and 49, CIS 1.6. */
const IMPERSONATION = ['serviceAccountTokenCreator', 'serviceAccountOpenIdTokenCreator', 'serviceAccountUser', 'workloadIdentityUser'].map(
  (name) => `roles/iam.${name}`,
);

const CUSTOM = /^(projects\/[a-z][a-z0-9-]{4,28}[a-z0-9]|organizations\/\d+)\/roles\/[A-Za-z0-9_.]{3,64}$/;
const PREDEFINED = /^roles\/[a-zA-Z0-9]+(\.[A-Za-z0-9]+)*$/;

/** Letters of a slip of the hand; another case counts as one. What is further away is another name, and the list is of one day. */
const SLIP = 1;

/** Looks at a role before Terraform does: IAM answers an unknown one with an error in the middle of a deploy. */
export function assessRole(role: string): RoleFinding | undefined {
  if (BASIC.includes(role)) {
    return error(`${role} is a basic role: it reaches every service of the project. Grant the predefined role of one service.`);
  }
  if (IS_KNOWN.has(role) || CUSTOM.test(role) || role === 'roles/browser') return undefined;
  if (!PREDEFINED.test(role)) {
    return error(`a role is roles/SERVICE.NAME, or projects/PROJECT/roles/ID for one of your own, got: ${JSON.stringify(role)}.`);
  }
  if (/serviceagent$/i.test(role)) return error(`${role} is for an agent of Google's own. Grant what the workload itself needs.`);
  const near = nearestRole(role);
  if (near && near.slips <= SLIP) {
    return error(`there is no role ${role}. Did you mean ${near.name}?`);
  }
  const hint = near ? ` The nearest known one is ${near.name}.` : '';
  return { level: 'warning', message: `${role} is not among the roles known on ${known.asOf}: IAM refuses it if there is none.${hint}` };
}

/** True if the role lets its holder become a service account, and so must never stand on a whole project. */
export const impersonates = (role: string): boolean => IMPERSONATION.includes(role);

export const isKnownRole = (role: string): boolean => IS_KNOWN.has(role);

function nearestRole(role: string): { name: string; slips: number } | undefined {
  let best: { name: string; slips: number } | undefined;
  for (const name of KNOWN) {
    if (Math.abs(name.length - role.length) > 3) continue;
    const slips = name.toLowerCase() === role.toLowerCase() ? 1 : distance(role, name);
    if (slips <= 3 && (!best || slips < best.slips)) best = { name, slips };
  }
  return best;
}

const error = (message: string): RoleFinding => ({ level: 'error', message });
