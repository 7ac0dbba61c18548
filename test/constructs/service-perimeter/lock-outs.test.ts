import {
  AccessLevel,
  AccessPolicy,
  type IngressPolicies,
  PerimeterMode,
  type PerimeterSettings,
  ServicePerimeter,
  type Surroundings,
} from '../../../constructs/service-perimeter';
import { RESTRICTED_VIP, RESTRICTED_VIP_ADDRESSES } from '../../../constructs/network';
import { annotations, stackWith, Template } from '../../support/template';

const POLICY = AccessPolicy.fromNumber('884412097365');
const PROJECT = '905148237260';
const IDENTITY = 'terraform@acme-ai-prod.iam.gserviceaccount.com';
const everything = { projects: ['*'], operations: { '*': {} } };
const INGRESS: IngressPolicies = {
  deployer: { from: { identities: [`serviceAccount:${IDENTITY}`], anywhere: true }, to: everything },
  'deployer from ci': { from: { identities: [`serviceAccount:${IDENTITY}`], accessLevels: ['ci'] }, to: everything },
  'shop by name': {
    from: { identities: ['serviceAccount:shop@acme-web.iam.gserviceaccount.com'], anywhere: true },
    to: { projects: ['*'], operations: { 'run.googleapis.com': {} } },
  },
  'shop by level': {
    from: { identityType: 'any', accessLevels: ['staff'] },
    to: { projects: ['*'], operations: { 'run.googleapis.com': { methods: ['run.googleapis.com/HttpIngress'] } } },
  },
  'admins of run': {
    from: { identities: ['group:ops@acme.example'], anywhere: true },
    to: { projects: ['*'], operations: { 'run.googleapis.com': { methods: ['google.cloud.run.v2.Services.GetService'] } } },
  },
};
const SETTINGS: PerimeterSettings = {
  projects: [PROJECT],
  restrictedServices: ['aiplatform.googleapis.com', 'run.googleapis.com', 'storage.googleapis.com'],
  ingress: ['deployer'],
};
const AROUND: Surroundings = {
  deployment: { identity: IDENTITY },
  sharedVpcHost: PROJECT,
  registryProjects: [PROJECT],
  keyProjects: [PROJECT],
  endpoints: [{ name: 'chat', dedicatedPublic: false }],
  googleAccess: { addresses: RESTRICTED_VIP_ADDRESSES, routes: [RESTRICTED_VIP] },
};

type Change = { settings?: Partial<PerimeterSettings>; around?: Partial<Surroundings> };

function stackOf(mode: (settings: PerimeterSettings) => PerimeterMode, { settings, around }: Change) {
  return stackWith((stack) => {
    const level = (name: string, condition: object) => new AccessLevel(stack, name, { policy: POLICY, name, conditions: [condition] });
    new ServicePerimeter(stack, 'Perimeter', {
      policy: POLICY,
      name: 'prod',
      mode: mode({ ...SETTINGS, ...settings }),
      ingressPolicies: INGRESS,
      accessLevels: [level('ci', { ipRanges: ['198.51.100.0/28'] }), level('staff', { members: ['user:ada@acme.example'] })],
      surroundings: { ...AROUND, ...around },
    });
  });
}

const CASES: readonly [what: string, change: Change, message: RegExp][] = [
  [
    'nobody who deploys',
    { around: { deployment: undefined } },
    /without a deploy identity that is known to get in: the next plan would fail with 403/,
  ],
  [
    'the deploy identity, without a policy',
    { settings: { ingress: [] } },
    /would lock out terraform@.*, which deploys: aiplatform.*, run.*, storage.* would answer 403/,
  ],
  [
    'the identity that plans, where only the one that applies gets in',
    { around: { deployment: { identity: IDENTITY, planIdentity: 'viewer@acme-ai-prod.iam.gserviceaccount.com' } } },
    /would lock out viewer@.*, which plans: aiplatform.*, run.*, storage.* would answer 403/,
  ],
  [
    'the deploy identity, where its machine does not meet the level',
    { settings: { ingress: ['deployer from ci'] } },
    /would lock out terraform@/,
  ],
  [
    'the state bucket, from a runner inside',
    { around: { deployment: { identity: IDENTITY, project: PROJECT, stateProject: '111111111111' } } },
    /out of the state bucket in project 111111111111 \(egress: no policy for project 111111111111\): no plan, and no way back/,
  ],
  ['the host of the Shared VPC', { around: { sharedVpcHost: '222222222222' } }, /leaves out the Shared VPC host 222222222222/],
  [
    'the image registry',
    { around: { registryProjects: ['333333333333'] } },
    /leaves out 333333333333, which owns the image registry: Cloud Run pulls images only from inside/,
  ],
  ['the key ring', { around: { keyProjects: ['444444444444'] } }, /leaves out 444444444444, which owns the key ring/],
  [
    'dedicated public endpoints',
    { around: { endpoints: [{ name: 'chat', dedicatedPublic: true }] } },
    /the endpoint chat is a dedicated public one, which does not support VPC Service Controls/,
  ],
  [
    'networks that resolve to the private VIP',
    { around: { googleAccess: { addresses: ['199.36.153.8'], routes: [RESTRICTED_VIP] } } },
    /resolves Google's APIs to 199\.36\.153\.8, which is not the restricted VIP/,
  ],
  [
    'networks without a route',
    { around: { googleAccess: { addresses: RESTRICTED_VIP_ADDRESSES, routes: ['199.36.153.8/30'] } } },
    /no route to the restricted VIP 199\.36\.153\.4\/30/,
  ],
  [
    'callers of Cloud Run by name',
    { settings: { ingress: ['deployer', 'shop by name'] } },
    /shop by name admits named callers to Cloud Run, which ignores who calls/,
  ],
  [
    'callers of Cloud Run by a level with members',
    { settings: { ingress: ['deployer', 'shop by level'] } },
    /shop by level admits callers to Cloud Run by the access level staff, which has members/,
  ],
];

describe('an enforced perimeter does not lock out', () => {
  it.each(CASES)('%s', (_what, change, message) => expect(() => stackOf(PerimeterMode.enforced, change)).toThrow(message));

  it.each(CASES)('%s: neither while its removal is tried', (_what, change, message) =>
    expect(() => stackOf(PerimeterMode.retiring, change)).toThrow(message),
  );

  it.each(CASES)('%s: in a dry run it is advice', (_what, change, message) => {
    const warnings = annotations(stackOf(PerimeterMode.dryRun, change), 'warn');
    expect(warnings).toEqual([expect.stringMatching(message)]);
    expect(warnings[0]).not.toContain('`enforced');
  });

  it.each<[string, Change]>([
    ['everybody is considered', {}],
    [
      'the machine meets the level',
      { settings: { ingress: ['deployer from ci'] }, around: { deployment: { identity: IDENTITY, accessLevels: ['ci'] } } },
    ],
    [
      'the runner is inside, and so is the state',
      { settings: { ingress: [] }, around: { deployment: { identity: IDENTITY, project: PROJECT, stateProject: PROJECT } } },
    ],
    ['the state is outside, and so is the runner', { around: { deployment: { identity: IDENTITY, stateProject: '111111111111' } } }],
    ['admins of Cloud Run are named', { settings: { ingress: ['deployer', 'admins of run'] } }],
    ['IPv6 is used', { around: { googleAccess: { addresses: ['2600:2d00:2:1000::1'], routes: ['2600:2d00:2:1000::/64'] } } }],
  ])('it is content when %s', (_what, change) => {
    const stack = stackOf(PerimeterMode.enforced, change);
    expect(annotations(stack, 'warn')).toEqual([]);
    expect(() => new Template(stack)).not.toThrow();
  });

  it('says all at once', () => {
    const change = { settings: { ingress: [] }, around: { keyProjects: ['444444444444'], sharedVpcHost: '222222222222' } };
    expect(() => stackOf(PerimeterMode.enforced, change)).toThrow(/Shared VPC host[^]*key ring[^]*would lock out/);
  });
});
