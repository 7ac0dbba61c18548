import { isDeepStrictEqual } from 'node:util';
import type { Environment } from '../../configuration';
import type { Template } from './template';

/** What an environment file means for IAM, written down once more and without the code under test. */

type Workload = Environment['identity']['workloads'][string];

const POOLS = 'iam.googleapis.com/projects';

function memberOf(environment: Environment, workload: Workload): string {
  const { identity, project } = environment;
  const generation = identity.poolGeneration === 1 ? '' : `-${identity.poolGeneration}`;
  const pool = `${POOLS}/${project.number}/locations/global/workloadIdentityPools/federation-${environment.name}${generation}`;
  const account = `serviceAccount:ACCOUNT@${project.id}.iam.gserviceaccount.com`;
  switch (workload.platform) {
    case 'cloud-run':
      return account;
    case 'gke': {
      if (workload.impersonate) return account;
      const { id, number } = identity.gke!.project ?? project;
      const pods = `${POOLS}/${number}/locations/global/workloadIdentityPools/${id}.svc.id.goog`;
      return workload.serviceAccount === undefined
        ? `principalSet://${pods}/namespace/${workload.namespace}`
        : `principal://${pods}/subject/ns/${workload.namespace}/sa/${workload.serviceAccount}`;
    }
    case 'kubernetes':
      return `principal://${pool}/subject/system:serviceaccount:${workload.namespace}:${workload.serviceAccount}`;
    case 'aws':
      return `principalSet://${pool}/attribute.aws_role/arn:aws:sts::210987654321:assumed-role/${workload.role}`;
    case 'github':
      return `principal://${pool}/subject/repo:${workload.repository}:${
        workload.environment === undefined ? `ref:refs/heads/${workload.branch}` : `environment:${workload.environment}`
      }`;
    case 'gitlab': {
      const provider = identity.providers[workload.provider]!;
      const id = provider.issuer === 'gitlab' ? provider.projects[workload.project] : undefined;
      return workload.environment === undefined
        ? `principal://${pool}/subject/project_path:${workload.project}:ref_type:branch:ref:${workload.branch}`
        : `principalSet://${pool}/attribute.environment/${id}/${workload.environment}`;
    }
    case 'oidc':
      return `principal://${pool}/subject/${workload.subject}`;
  }
}

/**
 * `member role target`, sorted; names of accounts that are made here are not compared.
 * @param endpoints full names, as the inference stack has them, by their key in the file
 */
export function expectedGrants(environment: Environment, endpoints: Readonly<Record<string, string>>): string[] {
  return Object.entries(environment.identity.workloads)
    .flatMap(([, workload]) =>
      workload.access.map(({ role, secret, bucket, service, endpoint, project }) => {
        const thing =
          secret === undefined
            ? (bucket ?? service ?? (endpoint === undefined ? project : endpoints[endpoint]) ?? environment.project.id)
            : `${environment.name}-${secret}`;
        return `${memberOf(environment, workload)} ${role} ${thing}`;
      }),
    )
    .sort();
}

/** Grants that a script makes: each resource has an instance a grant, and the two must say the same. */
function scripted(template: Template): Record<string, unknown>[] {
  const all = template.resources('terraform_data').filter(({ input }) => /^(grant|revoke)$/.test((input as { mode?: string })?.mode ?? ''));
  const [first, second] = all.map(
    ({ for_each: each }) => (typeof each === 'object' ? each : {}) as Record<string, Record<string, unknown>>,
  );
  if (all.length !== 2 || !isDeepStrictEqual(first, second)) throw new Error('what is given and what is taken away again differ');
  return Object.values(first!);
}

/** The same of a synthesized stack, but for the grants of those who deploy and those that let pods become an account. */
export function grantsOf(template: Template): string[] {
  return template
    .types()
    .filter((type) => type.endsWith('_iam_member') && type !== 'google_service_account_iam_member')
    .flatMap((type) => template.resources(type))
    .concat(scripted(template))
    .filter(({ member, condition }) => !/-(viewer|deployer)@/.test(String(member)) && condition === undefined)
    .map(({ member, role, secret_id: secret, bucket, name, endpoint, project }) => {
      const thing = secret === undefined ? (bucket ?? name ?? endpoint ?? project) : String(secret).split('/').at(-1);
      return `${String(member).replace(/^(serviceAccount:)[^@]+-app(-[0-9a-f]{8})?@|^(serviceAccount:)[^@]+@/, 'serviceAccount:ACCOUNT@')} ${String(role)} ${String(thing)}`;
    })
    .sort();
}

const oneOf = (claim: string, values: readonly string[]): string =>
  values.length === 1 ? `${claim} == '${values[0]}'` : `${claim} in ['${values.join("', '")}']`;

/** Condition of each provider, by its name. */
export function expectedConditions({ identity }: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(identity.providers).map(([name, provider]) => {
      switch (provider.issuer) {
        case 'github': {
          const repositories = oneOf('assertion.repository_id', Object.values(provider.repositories));
          return [name, `assertion.repository_owner_id == '${provider.ownerId}' && ${repositories}`];
        }
        case 'gitlab':
          return [name, oneOf('assertion.project_id', Object.values(provider.projects))];
        case 'aws':
          return [name, oneOf("assertion.arn.extract('assumed-role/{role_name}/')", provider.roles)];
        case 'eks':
        case 'kubernetes':
          return [name, oneOf("assertion['kubernetes.io']['namespace']", provider.namespaces)];
        case 'oidc':
          return [name, provider.condition];
      }
    }),
  );
}
