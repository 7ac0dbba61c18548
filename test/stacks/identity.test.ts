import fc from 'fast-check';
import { join } from 'node:path';
import { ConfigMap, PodTemplate, ServiceAccount } from 'kubernetes-models/v1';
import { Role, RoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import { parseAllDocuments } from 'yaml';
import { type Environment, loadEnvironments } from '../../configuration';
import { type EnvironmentStack, Testing, withoutTokenTraces } from '../../constructs/core';
import { buildEnvironment } from '../../stacks';
import { IdentityStack } from '../../stacks/identity';
import { InferenceStack } from '../../stacks/inference';
import { gatewayInvokers } from '../../stacks/invokers';
import { endpointName } from '../../stacks/names';
import { environments } from '../support/environments';
import { expectedConditions, expectedGrants, grantsOf } from '../support/identity-oracle';
import { minimalEnvironment } from '../support/minimal-environment';
import { stable } from '../support/snapshot';
import { Template } from '../support/template';

const ROOT = join(__dirname, '../..');
const OURS = loadEnvironments(join(ROOT, 'environments'));

/** Without a perimeter, whose evidence is another test's matter. */
const identityStack = (given: Environment): EnvironmentStack =>
  withoutTokenTraces(() =>
    buildEnvironment(Testing.app(), { ...given, perimeter: undefined }).find(({ node }) => node.id === `${given.name}-identity`)!,
  );
/** Of an environment whose pipeline deploys nothing else. */
const alone = (given: Environment): Template => withoutTokenTraces(() => new Template(new IdentityStack(Testing.app(), given, [])));
const identity = (given: Environment): Template => new Template(identityStack(given));

/** Full names of the endpoints under `endpoints`, as the stack that makes them has them. */
function endpointsOf(given: Environment): Record<string, string> {
  const keys = Object.keys(given.endpoints);
  if (keys.length === 0) return {};
  const stack = withoutTokenTraces(() => new InferenceStack(Testing.app(), given, { today: '2026-11-21' }));
  const made = new Template(stack).resources('google_vertex_ai_endpoint');
  return Object.fromEntries(
    keys.map((key) => {
      const { project, location, name } = made.find((each) => each['display_name'] === endpointName(given, key))!;
      return [key, `projects/${String(project)}/locations/${String(location)}/endpoints/${String(name)}`];
    }),
  );
}

const environment = (section: object = {}): Environment => minimalEnvironment({ identity: section });

describe('the identity stack', () => {
  it('stays as it is: nothing', () => expect(stable(identity(environment()))).toMatchSnapshot());
  it.each(OURS)('stays as it is: $name', (given) => expect(stable(identity(given))).toMatchSnapshot());

  it('tells a program what SDKs read, and charges quota where it may', () => {
    const staging = OURS.find(({ name }) => name === 'staging')!;
    const { output } = identity(staging).json as { output: Record<string, { value: object }> };
    expect(output['environment_of_support_web']!.value).toEqual({
      GOOGLE_CLOUD_PROJECT: 'acme-ai-staging',
      GOOGLE_CLOUD_LOCATION: 'europe-west1',
      GOOGLE_CLOUD_QUOTA_PROJECT: 'acme-ai-operations',
    });
  });
});

describe('any valid environment', () => {
  const built = (check: (given: Environment, template: Template) => void, numRuns = 60) =>
    fc.assert(
      fc.property(environments, (given) => check(given, alone(given))),
      { numRuns, endOnFailure: true },
    );

  it('grants what its file names, and nothing else', () => {
    let [grants, onEndpoints] = [0, 0];
    built((given, template) => {
      const expected = expectedGrants(given, endpointsOf(given));
      grants += expected.length;
      onEndpoints += expected.filter((line) => line.includes('/endpoints/')).length;
      expect(grantsOf(template)).toEqual(expected);
    });
    expect(grants).toBeGreaterThan(50);
    expect(onEndpoints).toBeGreaterThan(3);
  });

  it('lets no token in but those of what its file names', () => {
    built((given, template) => {
      const found = template
        .resources('google_iam_workload_identity_pool_provider')
        .map((provider) => [provider['workload_identity_pool_provider_id'], provider['attribute_condition']]);
      expect(Object.fromEntries(found)).toEqual(expectedConditions(given));
    });
  });

  it('has no wildcard in a member, and no member that is everybody', () => {
    built((_, template) => {
      for (const member of grantsOf(template)) expect(member).not.toMatch(/\*|allUsers|allAuthenticatedUsers/);
    }, 30);
  });
});

describe('invokers', () => {
  it.each(OURS)('of $name are principals that the identity stack knows by the same name', (given) => {
    const granted = grantsOf(identity(given)).join('\n');
    const callers = gatewayInvokers(given);
    expect(Object.keys(callers)).toEqual(Object.keys(given.identity.invokers));
    for (const [name, { member, problems }] of Object.entries(callers)) {
      expect(problems).toEqual([]);
      if (given.identity.invokers[name]!.kind === 'workload') expect(granted).toContain(`${member} `);
    }
  });

  it('of each kind', () => {
    const invokers = {
      people: { kind: 'group', email: 'ai@acme.example' },
      ada: { kind: 'user', email: 'ada@acme.example' },
      batch: { kind: 'service-account', email: 'batch-jobs@acme-ai-dev.iam.gserviceaccount.com' },
      world: { kind: 'everybody', reason: 'A public demo with a quota of its own.' },
    };
    expect(Object.values(gatewayInvokers(environment({ invokers }))).map(({ member }) => member)).toEqual([
      'group:ai@acme.example',
      'user:ada@acme.example',
      'serviceAccount:batch-jobs@acme-ai-dev.iam.gserviceaccount.com',
      'allUsers',
    ]);
  });
});

describe('manifests', () => {
  /** Classes whose `validate` holds an object against the OpenAPI schema of Kubernetes. */
  const KINDS = { ServiceAccount, ConfigMap, PodTemplate, Role, RoleBinding } as unknown as Record<
    string,
    new (data: object) => { validate(): void }
  >;
  const files = OURS.flatMap((given) =>
    identityStack(given)
      .handover.entries()
      .filter(([path]) => path.startsWith('kubernetes/'))
      .map(([path, content]) => ({ file: `${given.name} ${path}`, content })),
  );
  const documents = files.flatMap(({ file, content }) =>
    parseAllDocuments(content).map((document) => ({ file, manifest: document.toJS() as { kind: string; metadata: object } })),
  );

  it.each(documents)('$file: $manifest.kind is what Kubernetes takes', ({ manifest }) => {
    expect(KINDS).toHaveProperty(manifest.kind);
    expect(() => new KINDS[manifest.kind]!(manifest).validate()).not.toThrow();
  });

  it('are held against a schema that refuses what Kubernetes does not take', () => {
    expect(documents.length).toBeGreaterThan(10);
    for (const { manifest } of documents) {
      expect(() => new KINDS[manifest.kind]!({ ...manifest, metadata: { ...manifest.metadata, name: 1 } }).validate()).toThrow(/name/);
    }
  });
});

describe('wrong input', () => {
  it('is told with the path of the construct', () => {
    const workloads = { web: { platform: 'cloud-run', access: [{ role: 'roles/aiplatform.usr' }, { role: 'roles/owner' }] } };
    expect(() => identity(environment({ workloads }))).toThrow(
      /^dev-identity\/Workloads\/web\/Access: project acme-ai-dev: there is no role roles\/aiplatform\.usr[^\n]*\ndev-identity\/Workloads\/web\/Access: project acme-ai-dev: roles\/owner is a basic role/,
    );
  });
});
