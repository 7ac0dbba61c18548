import * as fc from 'fast-check';
import type { EnvironmentInput } from './environments';

type IdentityInput = NonNullable<EnvironmentInput['identity']>;
type Providers = NonNullable<IdentityInput['providers']>;
type Workload = NonNullable<IdentityInput['workloads']>[string];
type Access = Workload['access'];

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,10}[a-z0-9]$/);
const ref = fc.stringMatching(/^[a-z][a-z0-9._-]{0,10}$/);
const immutableId = fc.stringMatching(/^[1-9]\d{0,9}$/);
// Here, and not where it is used: making one takes longer than all that it generates.
const tokenSubject = fc.stringMatching(/^[a-z][a-z0-9:/]{0,30}$/);
const namespaces = ['orders', 'support'] as const;

const providers: fc.Arbitrary<Providers> = fc.record(
  {
    github: fc.record({
      issuer: fc.constant('github' as const),
      ownerId: immutableId,
      repositories: fc.record({ 'acme/gateway': immutableId, 'acme/models': immutableId }),
    }),
    gitlab: fc.record({ issuer: fc.constant('gitlab' as const), projects: fc.record({ 'acme/ai/gateway': immutableId }) }),
    'from-aws': fc.constant({ issuer: 'aws' as const, accountId: '210987654321', roles: ['nightly', 'hourly'] }),
    'orders-eks': fc.record({
      issuer: fc.constant('eks' as const),
      region: fc.constant('eu-central-1'),
      issuerId: fc.stringMatching(/^[0-9A-F]{32}$/),
      namespaces: fc.constant([...namespaces]),
    }),
    terraform: fc.constant({
      issuer: 'oidc' as const,
      issuerUri: 'https://app.terraform.io',
      condition: 'assertion.terraform_organization_id == "org-1"',
    }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Providers>;

/** What an environment has that access can be given to, by name. */
interface Things {
  readonly secrets: readonly string[];
  readonly endpoints: readonly string[];
}

/** Each thing once: the same role on the same thing is a mistake. */
const accessTo = ({ secrets, endpoints }: Things): fc.Arbitrary<Access> =>
  fc.subarray(
    [
      { role: 'roles/aiplatform.user' },
      { role: 'roles/serviceusage.serviceUsageConsumer', project: 'acme-ai-operations' },
      { role: 'projects/acme-ai-shared/roles/modelCaller' },
      { role: 'roles/storage.objectViewer', bucket: 'acme-documents' },
      { role: 'roles/run.invoker', service: 'gateway' },
      ...secrets.map((secret) => ({ role: 'roles/secretmanager.secretAccessor', secret })),
      ...endpoints.map((endpoint) => ({ role: 'roles/aiplatform.user', endpoint })),
      ...endpoints.map((endpoint) => ({ role: 'projects/acme-ai-shared/roles/modelCaller', endpoint })),
    ],
    { minLength: 1 },
  );

function workloads(given: Providers, hasClusters: boolean, things: Things): fc.Arbitrary<Record<string, Workload>> {
  const access = accessTo(things);
  const kinds: fc.Arbitrary<Workload>[] = [fc.record({ platform: fc.constant('cloud-run' as const), access })];
  if (hasClusters) {
    const platform = fc.constant('gke' as const);
    kinds.push(fc.record({ platform, namespace: name, serviceAccount: name, impersonate: fc.boolean(), access }));
    kinds.push(fc.record({ platform, namespace: name, access }));
  }
  const job = fc.oneof(fc.record({ environment: ref }), fc.record({ branch: ref }));
  if (given['github']) {
    const github = { platform: 'github' as const, provider: 'github', repository: 'acme/gateway' };
    kinds.push(fc.tuple(job, access).map(([part, list]) => ({ ...github, ...part, access: list })));
  }
  if (given['gitlab']) {
    const gitlab = { platform: 'gitlab' as const, provider: 'gitlab', project: 'acme/ai/gateway' };
    kinds.push(fc.tuple(job, access).map(([part, list]) => ({ ...gitlab, ...part, access: list })));
  }
  if (given['from-aws']) {
    const role = fc.constantFrom('nightly', 'hourly');
    kinds.push(fc.record({ platform: fc.constant('aws' as const), provider: fc.constant('from-aws'), role, access }));
  }
  if (given['orders-eks']) {
    const provider = fc.constant('orders-eks');
    const namespace = fc.constantFrom(...namespaces);
    kinds.push(fc.record({ platform: fc.constant('kubernetes' as const), provider, namespace, serviceAccount: name, access }));
  }
  if (given['terraform']) {
    kinds.push(fc.record({ platform: fc.constant('oidc' as const), provider: fc.constant('terraform'), subject: tokenSubject, access }));
  }
  const subject = ({ access: _, ...rest }: Workload): string => JSON.stringify({ ...rest, impersonate: undefined });
  return fc
    .uniqueArray(fc.tuple(name, fc.oneof(...kinds)), {
      maxLength: 4,
      comparator: ([one, first], [other, second]) =>
        one === other || (first.platform !== 'cloud-run' && subject(first) === subject(second)),
    })
    .map(Object.fromEntries);
}

/** Every kind of valid `identity` section, in an environment with these things. */
export function identities(things: Things): fc.Arbitrary<IdentityInput> {
  const cluster = fc.record({ name, location: fc.constantFrom('europe-west4', 'europe-west4-a') });
  const clusters = fc.uniqueArray(cluster, { minLength: 1, maxLength: 2, selector: ({ name: key, location }) => `${location} ${key}` });
  const gke = fc.record({ project: fc.constant({ id: 'acme-apps', number: '261904873315' }), clusters }, { requiredKeys: ['clusters'] });
  return fc
    .record({
      providers,
      gke: fc.option(gke, { nil: undefined }),
      poolGeneration: fc.integer({ min: 1, max: 999 }),
      keylessPolicy: fc.boolean(),
    })
    .chain((start) => workloads(start.providers, start.gke !== undefined, things).map((given) => ({ ...start, workloads: given })))
    .chain((start) => {
      const callers = ['group', 'user'].map((kind) => fc.constant({ kind: kind as 'group', email: `${kind}@acme.example` }));
      const working = Object.keys(start.workloads).map((workload) => fc.constant({ kind: 'workload' as const, workload }));
      const invokers = fc
        .dictionary(name, fc.oneof(...callers, ...working), { maxKeys: 3 })
        .map((given) => Object.fromEntries(new Map(Object.entries(given).map(([key, who]) => [JSON.stringify(who), [key, who]])).values()));
      const deploy = start.providers['github']
        ? fc.option(fc.constant({ provider: 'github', repository: 'acme/gateway', applyEnvironment: 'prod' }), { nil: undefined })
        : fc.constant(undefined);
      return fc.tuple(invokers, deploy).map(([who, how]) => ({ ...start, invokers: who, deploy: how }));
    })
    .map((section) => Object.fromEntries(Object.entries(section).filter(([, value]) => value !== undefined)) as IdentityInput);
}
