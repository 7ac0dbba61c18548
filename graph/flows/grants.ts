import type { Json, JsonObject, Stack, StackElement } from '../../policy/stack';
import type { Draft } from '../draft';
import type { Identities } from '../identities';
import { projectOf, type Landscape, type Main } from '../landscape';
import type { Kind } from '../model';
import { isForDeploying, opensInProject, verbOf } from '../roles';
import { addressesIn, flagOf, stringsIn, textOf } from '../value';

interface Grant {
  readonly member: string;
  readonly role: string;
  readonly resource: StackElement;
}

const isObject = (value: Json): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

const membersOf = ({ json }: StackElement): string[] => [...stringsIn(json['member']), ...stringsIn(json['members'])];

/** Roles that a program grants, an instance of `for_each` each: some things have no resource for their policy. */
function programmed(resource: StackElement): (Grant & { readonly endpoint: string })[] {
  const { for_each: instances, input } = resource.json;
  if (resource.type !== 'terraform_data' || !isObject(instances) || (isObject(input) && input['mode'] === 'revoke')) return [];
  return Object.values(instances).flatMap((each) => {
    if (!isObject(each)) return [];
    const { member, role, endpoint } = each;
    return typeof member === 'string' && typeof role === 'string' && typeof endpoint === 'string'
      ? [{ member, role, endpoint, resource }]
      : [];
  });
}

/** What does not say on what a role is granted. */
const NOT_THE_TARGET = new Set([
  '//',
  'role',
  'member',
  'members',
  'condition',
  'depends_on',
  'lifecycle',
  'project',
  'location',
  'region',
]);

/** What a role is granted on: a reference, a full name, or a bare name beside project and location. */
function targetsOf(resource: StackElement, landscape: Landscape): Main[] {
  const texts = Object.entries(resource.json).flatMap(([key, value]) => (NOT_THE_TARGET.has(key) ? [] : [...stringsIn(value)]));
  const direct = texts.flatMap((text) => landscape.mentioned(text, resource.stack));
  if (direct.length > 0) return direct;
  const parts = texts.flatMap((text) => addressesIn(text).flatMap((address) => resource.stack.target(address) ?? []));
  if (parts.length > 0) return parts.flatMap((part) => landscape.wholesOf(part));
  const type = resource.type.replace(/_iam_(member|binding)$/, '');
  const project = projectOf(resource);
  const location = textOf(resource, 'location') ?? textOf(resource, 'region');
  return landscape.mains.filter(
    (main) =>
      main.resource.type === type &&
      (project === '' || main.project === project) &&
      main.names.some(
        (name) => texts.some((text) => name.endsWith(`/${text}`)) && (location === undefined || name.includes(`/${location}/`)),
      ),
  );
}

interface Elsewhere {
  readonly kind: Kind;
  readonly what: string;
  readonly argument: string;
}

/** Things that are drawn although they are made elsewhere, when somebody is let at them here. */
const ELSEWHERE: Readonly<Record<string, Elsewhere>> = {
  google_storage_bucket: { kind: 'storage', what: 'Cloud Storage bucket', argument: 'bucket' },
  google_secret_manager_secret: { kind: 'secret', what: 'Secret', argument: 'secret_id' },
  google_bigquery_dataset: { kind: 'storage', what: 'BigQuery dataset', argument: 'dataset_id' },
  google_service_account: { kind: 'account', what: 'Service account', argument: 'service_account_id' },
};

function elsewhere(draft: Draft, resource: StackElement): string[] {
  const type = resource.type.replace(/_iam_(member|binding)$/, '');
  const known = ELSEWHERE[type];
  const name = known && textOf(resource, known.argument);
  if (known === undefined || name === undefined) return [];
  const id = `elsewhere:${type}:${name}`;
  const { kind, what } = known;
  draft.add({
    id,
    kind,
    what,
    title: name.replace(/^.*\//, '').replace(/@.*/, ''),
    lines: [],
    project: '',
    folded: [],
    keys: [],
    elsewhere: true,
  });
  return [id];
}

/** What somebody who may do something in a project may do it with. */
const opened = (draft: Draft, role: string, project: string): string[] => {
  const kinds = opensInProject(role);
  return [...draft.boxes.values()].filter((box) => kinds.includes(box.kind) && box.project === project).map(({ id }) => id);
};

/** Who may do what: every member of every policy, and what they are let at. */
export function drawGrants(draft: Draft, landscape: Landscape, identities: Identities): void {
  const counted = new Map<string, Map<string, number>>();
  const connect = ({ member, role, resource }: Grant, stack: Stack, to: readonly string[], project?: string): void => {
    const from = identities.of(member, stack);
    if (from === undefined) return;
    for (const target of to)
      draft.connect({ from, to: target, flow: 'identity', label: verbOf(role), because: `${role}: ${resource.address}` });
    if (to.length > 0 || project === undefined) return;
    const projects = counted.get(from) ?? new Map<string, number>();
    counted.set(from, projects.set(project, (projects.get(project) ?? 0) + 1));
  };

  for (const resource of landscape.grants()) {
    const role = textOf(resource, 'role');
    if (role === undefined || isForDeploying(role) || !/_iam_(member|binding)$/.test(resource.type)) continue;
    const ofProject = resource.type.startsWith('google_project_iam_') ? projectOf(resource) : undefined;
    const targets = ofProject === undefined ? targetsOf(resource, landscape).map(({ id }) => carrier(identities, landscape, id)) : [];
    for (const member of membersOf(resource)) {
      const to =
        ofProject !== undefined
          ? opened(draft, role, ofProject)
          : targets.length > 0
            ? targets
            : identities.of(member, resource.stack) === undefined
              ? []
              : elsewhere(draft, resource);
      connect({ member, role, resource }, resource.stack, to, ofProject);
    }
  }
  for (const grant of landscape.resources().flatMap(programmed)) {
    const to = landscape.mentioned(grant.endpoint, grant.resource.stack).map(({ id }) => id);
    connect(grant, grant.resource.stack, to);
  }
  for (const service of landscape.mains.filter(({ resource }) => flagOf(resource, 'invoker_iam_disabled')))
    connect({ member: 'allUsers', role: 'roles/run.invoker', resource: service.resource }, service.resource.stack, [service.id]);
  for (const [id, projects] of counted) draft.change(id, ({ lines }) => ({ lines: [...lines, rolesText(projects)] }));
}

/** Who may act as an account that something runs with, may act as that. */
const carrier = (identities: Identities, landscape: Landscape, id: string): string => {
  const main = landscape.mains.find((each) => each.id === id);
  return (
    (main?.type.kind === 'account'
      ? main.names.map((email) => identities.ofAccount(email)).find((found) => found !== undefined)
      : undefined) ?? id
  );
};

function rolesText(projects: ReadonlyMap<string, number>): string {
  const roles = [...projects.values()].reduce((sum, number) => sum + number, 0);
  const where = projects.size === 1 ? [...projects.keys()][0]! : `${projects.size} projects`;
  return `${roles} ${roles === 1 ? 'role' : 'roles'} on ${where}`;
}

/** Callers of a service behind a load balancer come through it: the permission is the service's, the way is the load balancer's. */
export function sendCallersThroughDoors(draft: Draft): void {
  const doors = new Map<string, string[]>();
  for (const { from, to } of draft.connections) if (draft.boxes.get(from)?.kind === 'door') doors.set(to, [...(doors.get(to) ?? []), from]);
  draft.redirect(({ from, to, flow, labels }) => {
    const outside = draft.boxes.get(from)?.frame === undefined && from.startsWith('who:');
    const called = flow === 'identity' && labels[0] === 'may call' && outside && draft.boxes.get(to)?.kind === 'service';
    return called ? (doors.get(to) ?? [to]) : undefined;
  });
}
