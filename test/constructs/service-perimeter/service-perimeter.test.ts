import {
  AccessLevel,
  AccessPolicy,
  ALL_SUPPORTED_SERVICES,
  GATEWAY_SERVICES,
  type EgressPolicy,
  type IngressPolicy,
  PerimeterBridge,
  PerimeterMode,
  type PerimeterSettings,
  ServicePerimeter,
  type ServicePerimeterProps,
} from '../../../constructs/service-perimeter';
import { stable } from '../../support/snapshot';
import { annotations, stackWith, synthesize, type Template } from '../../support/template';

const POLICY = AccessPolicy.fromNumber('884412097365');
const PROJECT = '905148237260';
const DEPLOYER = 'terraform@acme-ai-prod.iam.gserviceaccount.com';

const ingressPolicies: Record<string, IngressPolicy> = {
  deployer: {
    from: { identities: [`serviceAccount:${DEPLOYER}`], anywhere: true },
    to: { projects: ['*'], operations: { '*': {} } },
  },
  reports: {
    from: { identityType: 'user', accessLevels: ['office'], projects: ['667788990011'], networks: ['projects/shop/global/networks/main'] },
    to: {
      projects: [PROJECT],
      operations: { 'bigquery.googleapis.com': { methods: ['*'] }, 'storage.googleapis.com': { permissions: ['storage.objects.get'] } },
    },
  },
  auditors: {
    from: { identities: ['group:audit@acme.example'], anywhere: true },
    to: { projects: ['*'], roles: ['roles/logging.viewer'] },
  },
};
const egressPolicies: Record<string, EgressPolicy> = {
  models: {
    from: { identityType: 'service-account', projects: [PROJECT] },
    to: { projects: ['512340987654'], operations: { 'aiplatform.googleapis.com': {} }, externalResources: ['s3://acme-models'] },
  },
};
const SETTINGS: PerimeterSettings = {
  projects: [PROJECT],
  restrictedServices: ['aiplatform.googleapis.com', 'storage.googleapis.com'],
  ingress: ['deployer'],
  egress: ['models'],
};
const CANDIDATE: PerimeterSettings = {
  ...SETTINGS,
  accessLevels: ['office'],
  vpcAccessibleServices: 'any',
  ingress: ['deployer', 'reports', 'auditors'],
};
const PROPS: ServicePerimeterProps = {
  policy: POLICY,
  name: 'prod',
  mode: PerimeterMode.dryRun(SETTINGS),
  ingressPolicies,
  egressPolicies,
  surroundings: { deployment: { identity: DEPLOYER } },
};

const build = (changes: Partial<ServicePerimeterProps> = {}): Template =>
  synthesize((stack) => new ServicePerimeter(stack, 'Perimeter', { ...PROPS, ...changes }));
const perimeter = (changes: Partial<ServicePerimeterProps> = {}) =>
  build(changes).resource('google_access_context_manager_service_perimeter');
const failing =
  (settings: Partial<PerimeterSettings>, changes: Partial<ServicePerimeterProps> = {}) =>
  () =>
    build({ mode: PerimeterMode.enforced({ ...SETTINGS, ...settings }), ...changes });

describe('the modes of a perimeter', () => {
  const MODES = {
    'dry run': PerimeterMode.dryRun(SETTINGS),
    enforced: PerimeterMode.enforced(SETTINGS),
    'enforced with candidate': PerimeterMode.enforcedWithCandidate(SETTINGS, CANDIDATE),
    'retire in dry run first': PerimeterMode.retiring(SETTINGS),
  };

  it.each(Object.entries(MODES))('%s stays as it is', (_name, mode) => expect(stable(build({ mode }))).toMatchSnapshot());

  it.each([
    ['dry run', { status: false, spec: true, flag: true }],
    ['enforced', { status: true, spec: false, flag: false }],
    ['enforced with candidate', { status: true, spec: true, flag: true }],
    ['retire in dry run first', { status: true, spec: false, flag: true }],
  ] as const)('%s renders %j', (name, expected) => {
    const block = perimeter({ mode: MODES[name] });
    expect({ status: 'status' in block, spec: 'spec' in block, flag: block['use_explicit_dry_run_spec'] }).toEqual(expected);
  });

  it('status and spec are the same where the settings are', () => {
    const { status, spec } = perimeter({ mode: PerimeterMode.enforcedWithCandidate(SETTINGS, SETTINGS) });
    expect(spec).toEqual(status);
  });
});

describe('services', () => {
  it('are known, each once, with what a gateway needs among them', () => {
    expect(new Set(ALL_SUPPORTED_SERVICES).size).toBe(ALL_SUPPORTED_SERVICES.length);
    expect(ALL_SUPPORTED_SERVICES).toEqual(expect.arrayContaining([...GATEWAY_SERVICES]));
    expect(ALL_SUPPORTED_SERVICES).not.toContain('servicenetworking.googleapis.com');
  });

  it.each(['restricted', 'any', ['storage.googleapis.com']] as const)('accessible from networks inside: %j', (vpcAccessibleServices) => {
    const { status } = perimeter({ mode: PerimeterMode.enforced({ ...SETTINGS, vpcAccessibleServices }) }) as {
      status: Record<string, unknown>;
    };
    expect(status['vpc_accessible_services']).toEqual(
      vpcAccessibleServices === 'any'
        ? undefined
        : {
            enable_restriction: true,
            allowed_services: vpcAccessibleServices === 'restricted' ? ['RESTRICTED-SERVICES'] : ['storage.googleapis.com'],
          },
    );
  });
});

describe('a perimeter refuses', () => {
  it.each<[string, Partial<PerimeterSettings>, Partial<ServicePerimeterProps>, RegExp]>([
    ['project IDs', { projects: ['acme-ai-prod'] }, {}, /a perimeter does not know project IDs/],
    ['no project', { projects: [] }, {}, /`enforced.projects` must have at least one element/],
    [
      'unsupported services',
      { restrictedServices: ['servicenetworking.googleapis.com'] },
      {},
      /which VPC Service Controls does not support/,
    ],
    ['Binary Authorization alone', { restrictedServices: ['binaryauthorization.googleapis.com'] }, {}, /without containeranalysis/],
    [
      'undefined policies',
      { ingress: ['nobody'] },
      {},
      /`enforced.ingress` names nobody, which is not defined. Defined: deployer, reports, auditors/,
    ],
    [
      'undefined access levels',
      { accessLevels: ['office'] },
      { accessLevels: [] },
      /`enforced.accessLevels` names office, which is not defined/,
    ],
    [
      'one title twice',
      { ingress: ['deployer', 'models'] },
      { ingressPolicies: { ...ingressPolicies, models: ingressPolicies['deployer']! } },
      /two policies with the title models: titles .* are unique/,
    ],
    [
      'policies to projects that are not inside',
      { ingress: ['deployer', 'far'] },
      {
        ingressPolicies: {
          ...ingressPolicies,
          far: { from: { identityType: 'any', anywhere: true }, to: { projects: ['111111111111'], operations: { '*': {} } } },
        },
      },
      /"Invalid Directional Policies"/,
    ],
    [
      'a policy that matches nobody',
      {},
      { ingressPolicies: { ...ingressPolicies, x: { from: { anywhere: true }, to: { projects: ['*'], operations: { '*': {} } } } } },
      /must have identities or an identityType, and not both/,
    ],
    [
      'a policy without a source',
      {},
      { ingressPolicies: { ...ingressPolicies, x: { from: { identityType: 'any' }, to: { projects: ['*'], operations: { '*': {} } } } } },
      /a policy without a source admits nobody/,
    ],
    [
      'e-mails without a kind',
      {},
      {
        ingressPolicies: {
          ...ingressPolicies,
          x: { from: { identities: ['ada@acme.example'], anywhere: true }, to: { projects: ['*'], operations: { '*': {} } } },
        },
      },
      /a user:, group:, serviceAccount:/,
    ],
    [
      'operations and roles',
      {},
      {
        ingressPolicies: {
          ...ingressPolicies,
          x: { from: { identityType: 'any', anywhere: true }, to: { projects: ['*'], operations: { '*': {} }, roles: ['roles/x'] } },
        },
      },
      /must have operations or roles, and not both/,
    ],
    [
      'methods of all services',
      {},
      {
        ingressPolicies: {
          ...ingressPolicies,
          x: { from: { identityType: 'any', anywhere: true }, to: { projects: ['*'], operations: { '*': { methods: ['x.y'] } } } },
        },
      },
      /selects methods of all services/,
    ],
    [
      'what is no method',
      {},
      {
        ingressPolicies: {
          ...ingressPolicies,
          x: {
            from: { identityType: 'any', anywhere: true },
            to: { projects: ['*'], operations: { 'run.googleapis.com': { methods: ['get it'] } } },
          },
        },
      },
      /must be a method, e.g./,
    ],
    [
      'an egress policy to nowhere',
      {},
      { egressPolicies: { ...egressPolicies, x: { from: { identityType: 'any' }, to: { projects: [], operations: { '*': {} } } } } },
      /a policy without a target releases nothing/,
    ],
    ['dashes in its name', {}, { name: 'acme-prod' }, /`name` must be at most 50 letters, digits and underscores/],
  ])('%s', (_what, settings, changes, message) => expect(failing(settings, changes)).toThrow(message));
});

it('warns of signed URLs, which match no type of account', () => {
  const uploads: IngressPolicy = {
    from: { identityType: 'service-account', anywhere: true },
    to: { projects: ['*'], operations: { 'storage.googleapis.com': {} } },
  };
  const mode = PerimeterMode.dryRun({ ...SETTINGS, ingress: ['deployer', 'uploads'] });
  const stack = stackWith(
    (scope) => new ServicePerimeter(scope, 'Perimeter', { ...PROPS, mode, ingressPolicies: { ...ingressPolicies, uploads } }),
  );
  expect(annotations(stack, 'warn')).toEqual([
    expect.stringMatching(/uploads admits callers to Cloud Storage by identityType service-account, which signed URLs do not match/),
  ]);
});

describe('a bridge', () => {
  const bridge = (changes: object = {}) =>
    synthesize(
      (stack) => new PerimeterBridge(stack, 'Bridge', { policy: POLICY, name: 'shared', projects: [PROJECT, '667788990011'], ...changes }),
    );

  it('has projects and nothing else', () => {
    expect(bridge().resource('google_access_context_manager_service_perimeter')).toEqual({
      name: 'accessPolicies/884412097365/servicePerimeters/shared',
      parent: 'accessPolicies/884412097365',
      title: 'shared',
      perimeter_type: 'PERIMETER_TYPE_BRIDGE',
      status: { resources: [`projects/${PROJECT}`, 'projects/667788990011'] },
    });
  });
  it('is tried first, too', () => {
    expect(bridge({ dryRun: true }).resource('google_access_context_manager_service_perimeter')).toMatchObject({
      spec: { resources: [`projects/${PROJECT}`, 'projects/667788990011'] },
      use_explicit_dry_run_spec: true,
    });
  });
  it('has two ends', () => expect(() => bridge({ projects: [PROJECT] })).toThrow(/a bridge has two ends/));
});

describe('an access policy', () => {
  const policy = (changes: object = {}) =>
    synthesize((stack) => new AccessPolicy(stack, 'Policy', { organization: '618033988749', title: 'Gateway', ...changes }));

  it('can be made for an organization, or for a part of it', () => {
    expect(policy().resource('google_access_context_manager_access_policy')).toEqual({
      parent: 'organizations/618033988749',
      title: 'Gateway',
    });
    expect(policy({ scope: `projects/${PROJECT}` }).resource('google_access_context_manager_access_policy')).toMatchObject({
      scopes: [`projects/${PROJECT}`],
    });
  });
  it('is of an organization by number', () => {
    expect(() => policy({ organization: 'acme.example', scope: 'organizations/1' })).toThrow(
      /`organization` must be the number.*\n.*`scope` must be folders/,
    );
  });
  it('gives its name to what is in it', () => {
    const template = synthesize((stack) => {
      const made = new AccessPolicy(stack, 'Policy', { organization: '618033988749', title: 'Gateway' });
      new AccessLevel(stack, 'Level', { policy: made, name: 'office', conditions: [{ regions: ['DE'] }] });
    });
    expect(template.resource('google_access_context_manager_access_level')).toMatchObject({
      parent: expect.stringMatching(/^accessPolicies\/\$\{google_access_context_manager_access_policy\.Policy_.*\.name\}$/),
    });
  });
});
