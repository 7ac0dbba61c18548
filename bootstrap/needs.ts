import { SERVICES_WITH_AGENT, serviceAgent, type ServiceWithAgent } from '../constructs/project/service-agents';
import { deployNeeds } from '../constructs/workload-identity/deploy-roles';
import { resourcesOf, type Resource, type Stack, valuesUnder } from './stack';

/** What has to be there before an environment is deployed for the first time; all of it read off its synthesized stacks. */
export interface Needs {
  readonly environment: string;
  readonly project: string;
  readonly region: string;
  /** Undefined where the state is kept in files. */
  readonly state?: { readonly bucket: string; readonly kmsKey?: string };
  /** Services whose own accounts are granted something, and so must exist. */
  readonly agents: readonly ServiceWithAgent[];
  /** Roles with which a person deploys everything, by project. */
  readonly roles: Readonly<Record<string, readonly string[]>>;
  /** Sentences: what nobody inside a project can grant. */
  readonly above: readonly string[];
  /** Accounts of the pipeline, which the first deploy makes, with what each does in projects other than its own. */
  readonly pipeline: readonly { readonly account: string; readonly elsewhere: Readonly<Record<string, readonly string[]>> }[];
  /** Images by digest that the stacks run, from repositories that they make themselves. */
  readonly images: readonly string[];
  /** Secrets that something runs with and no stack writes: `projects/P/secrets/S`. */
  readonly secrets: readonly string[];
  /** Terraform variables that a first deploy cannot do without. */
  readonly variables: readonly string[];
  readonly awsAccount?: string;
  /** Ids of the stacks that can go at once, and of those that wait for images, for secrets, or until all else is there. */
  readonly first: readonly string[];
  readonly then: readonly string[];
}

/** What closes a project comes last: whoever is in the middle of a first deploy is not shut out by it. */
const PERIMETER = 'google_access_context_manager_service_perimeter';

/** @param stacks all of one environment */
export function needsOf(environment: string, stacks: readonly Stack[]): Needs {
  const google = stacks.map(({ configuration }) => configuration.provider?.['google']?.[0]).find((each) => each !== undefined) ?? {};
  const project = String(google['project']);
  const resources = stacks.flatMap(resourcesOf);
  const images = unique(resources.flatMap(({ block }) => ownImages(block, project)));
  const secrets = secretsByHand(resources);
  const waits = (stack: Stack): boolean =>
    resourcesOf(stack).some(
      ({ type, block }) =>
        type === PERIMETER || ownImages(block, project).length > 0 || secretsIn(block).some((each) => secrets.includes(each)),
    );
  const first = upTo(stacks, (stack) => !waits(stack)).map(({ id }) => id);
  const projects = byProject(resources, project);
  return {
    environment,
    project,
    region: String(google['region']),
    state: stateOf(stacks),
    agents: agentsIn(resources),
    roles: Object.fromEntries([...projects].map(([id, types]) => [id, rolesFor(types)])),
    above: unique([...projects.values()].flatMap((types) => deployNeeds(types).above)),
    pipeline: resources.flatMap(({ type, block }) => pipelineOf(type, block, project, projects)),
    images,
    secrets,
    variables: unique(
      stacks.flatMap(({ configuration }) =>
        Object.entries(configuration.variable ?? {}).flatMap(([name, { ephemeral }]) => (ephemeral ? [name] : [])),
      ),
    ),
    awsAccount: stacks.flatMap(({ configuration }) => valuesUnder(configuration.provider?.['aws'], 'allowed_account_ids').flat())[0] as
      string | undefined,
    first,
    then: stacks.map(({ id }) => id).filter((id) => !first.includes(id)),
  };
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)].sort();

/** The stacks that are fine, and stand on none that is not. */
function upTo(stacks: readonly Stack[], fine: (stack: Stack) => boolean): Stack[] {
  const good = (stack: Stack | undefined): boolean =>
    stack === undefined || (fine(stack) && stack.dependencies.every((id) => good(stacks.find((other) => other.id === id))));
  return stacks.filter(good);
}

function stateOf(stacks: readonly Stack[]): Needs['state'] {
  const backends = stacks.map(({ configuration }) => configuration.terraform?.backend?.['gcs'] as Record<string, string> | undefined);
  const gcs = backends.find((each) => each !== undefined);
  return gcs && { bucket: gcs['bucket']!, kmsKey: gcs['kms_encryption_key'] };
}

/** A resource says of which project it is, or is of the provider's. */
function byProject(resources: readonly Resource[], project: string): Map<string, Set<string>> {
  const projects = new Map<string, Set<string>>();
  for (const { type, block } of resources) {
    const given = block['project'];
    const id = typeof given === 'string' && !given.includes('${') ? given : project;
    projects.set(id, (projects.get(id) ?? new Set()).add(type));
  }
  return projects;
}

/** Whoever starts a container says as whom it runs, and must be allowed to. */
function rolesFor(types: ReadonlySet<string>): string[] {
  const runs = [...types].some((type) => type.startsWith('google_cloud_run_'));
  return unique([...deployNeeds(types).admin, ...(runs ? ['roles/iam.serviceAccountUser'] : [])]);
}

function agentsIn(resources: readonly Resource[]): ServiceWithAgent[] {
  const members = new Set(resources.flatMap(({ block }) => valuesUnder(block, 'member')).map(String));
  const numbers = unique([...members].flatMap((member) => /^serviceAccount:(?:service|bq)-(\d+)@/.exec(member)?.[1] ?? []));
  return SERVICES_WITH_AGENT.filter((service) => numbers.some((number) => members.has(serviceAgent(service, number))));
}

/** Within its own project the stacks grant it everything; in others nobody but their administrators can. */
function pipelineOf(
  type: string,
  block: Resource['block'],
  project: string,
  projects: ReadonlyMap<string, ReadonlySet<string>>,
): Needs['pipeline'] {
  const who = /\/Deploy\/(Viewer|Admin)\/Resource$/.exec(String(valuesUnder(block['//'], 'path')[0]))?.[1];
  if (type !== 'google_service_account' || who === undefined) return [];
  const others = [...projects].filter(([id]) => id !== project);
  const elsewhere = others.map(([id, types]) => [id, deployNeeds(types)[who === 'Admin' ? 'admin' : 'view']] as const);
  return [{ account: `${String(block['account_id'])}@${project}.iam.gserviceaccount.com`, elsewhere: Object.fromEntries(elsewhere) }];
}

const ownImages = (block: unknown, project: string): string[] =>
  valuesUnder(block, 'image')
    .map(String)
    .filter((image) => image.includes(`-docker.pkg.dev/${project}/`));

const secretsIn = (block: unknown): string[] =>
  valuesUnder(block, 'secret_key_ref')
    .flat()
    .map((each) => String((each as Record<string, unknown>)['secret']));

function secretsByHand(resources: readonly Resource[]): string[] {
  const written = new Set(
    resources.filter(({ type }) => type === 'google_secret_manager_secret_version').map(({ block }) => String(block['secret'])),
  );
  return unique(resources.flatMap(({ block }) => secretsIn(block))).filter((secret) => !secret.includes('${') && !written.has(secret));
}
