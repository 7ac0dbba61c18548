import type { Block } from '../block';
import { resource, type Rule } from '../rule';
import type { StackElement } from '../stack';

export const PERIMETER = 'google_access_context_manager_service_perimeter';
const LEVEL = 'google_access_context_manager_access_level';

const ANY_IDENTITY = ['ANY_IDENTITY', 'ANY_USER_ACCOUNT', 'ANY_SERVICE_ACCOUNT'];

/** Where this project keeps or serves data: without them the perimeter has a hole of that size. */
const DATA_SERVICES = [
  'aiplatform.googleapis.com',
  'artifactregistry.googleapis.com',
  'cloudkms.googleapis.com',
  'run.googleapis.com',
  'secretmanager.googleapis.com',
  'sqladmin.googleapis.com',
  'storage.googleapis.com',
];

/** What is enforced, and what is tried. */
const configurations = (element: StackElement): Block[] => ['status', 'spec'].flatMap((name) => element.blocks(name));

const policies = (element: StackElement, direction: 'ingress' | 'egress'): Block[] =>
  configurations(element).flatMap((each) => each.blocks(`${direction}_policies`));

const anyIdentity = (policy: Block, from: string): boolean => policy.text(`${from}.identity_type`)?.is(...ANY_IDENTITY) ?? false;

const everyService = (policy: Block, to: string): boolean =>
  policy.blocks(`${to}.operations`).some((operation) => operation.text('service_name')?.is('*') ?? false);

const perimeter = (status: object, settings: object = {}) =>
  resource(PERIMETER, {
    parent: 'accessPolicies/884412097365',
    name: 'accessPolicies/884412097365/servicePerimeters/prod',
    title: 'prod',
    status: { resources: ['projects/905148237260'], restricted_services: DATA_SERVICES, ...status },
    ...settings,
  });
const shop = 'serviceAccount:shop@acme-web-prod.iam.gserviceaccount.com';
const predictions = { operations: [{ service_name: 'aiplatform.googleapis.com', method_selectors: [{ method: '*' }] }] };
const everything = { operations: [{ service_name: '*' }] };
const level = (condition: object) =>
  resource(LEVEL, {
    parent: 'accessPolicies/884412097365',
    name: 'accessPolicies/884412097365/accessLevels/office',
    title: 'office',
    basic: { conditions: [condition] },
  });

/** What a service perimeter lets through. */
export const PERIMETER_POLICIES: readonly Rule[] = [
  {
    id: 'VSC-001',
    level: 'error',
    title: 'Ingress names its callers or where they come from',
    reason: 'Any identity from any source is the whole internet: the perimeter then protects nothing of what the policy names.',
    fix: 'Name `identities`, or an access level or a project under `sources`.',
    types: [PERIMETER],
    maps: {},
    check: (element, judge) =>
      judge.each(policies(element, 'ingress'), (policy) => {
        const sources = policy.blocks('ingress_from.sources');
        const anywhere = sources.some((source) => source.text('access_level')?.is('*') ?? false);
        if (anywhere && anyIdentity(policy, 'ingress_from')) judge('lets any identity in, from anywhere', policy.place);
      }),
    good: perimeter({
      ingress_policies: [{ ingress_from: { identities: [shop], sources: [{ access_level: '*' }] }, ingress_to: predictions }],
    }),
    bad: perimeter({
      ingress_policies: [{ ingress_from: { identity_type: 'ANY_IDENTITY', sources: [{ access_level: '*' }] }, ingress_to: predictions }],
    }),
  },
  {
    id: 'VSC-002',
    level: 'error',
    title: 'Ingress for any identity names its services',
    reason: 'Whoever stands at the right place may do everything there: read secrets, keys and images.',
    fix: 'Name the services under `operations`, or the identities.',
    types: [PERIMETER],
    maps: {},
    check: (element, judge) =>
      judge.each(policies(element, 'ingress'), (policy) => {
        if (anyIdentity(policy, 'ingress_from') && everyService(policy, 'ingress_to'))
          judge('lets any identity use every service', policy.place);
      }),
    good: perimeter({
      ingress_policies: [
        { ingress_from: { identity_type: 'ANY_USER_ACCOUNT', sources: [{ resource: 'projects/667788990011' }] }, ingress_to: predictions },
      ],
    }),
    bad: perimeter({
      ingress_policies: [
        { ingress_from: { identity_type: 'ANY_IDENTITY', sources: [{ resource: 'projects/667788990011' }] }, ingress_to: everything },
      ],
    }),
  },
  {
    id: 'VSC-003',
    level: 'error',
    title: 'Egress does not lead everywhere',
    reason: 'Every project and every service is the way out that a perimeter is made to close.',
    fix: 'Name the projects under `egress_to.resources`, and the services under `operations`.',
    types: [PERIMETER],
    maps: {},
    check: (element, judge) =>
      judge.each(policies(element, 'egress'), (policy) => {
        const everywhere = policy.texts('egress_to.resources').some((each) => each.is('*'));
        if (everywhere && everyService(policy, 'egress_to')) judge('leads to every project and every service', policy.place);
        else if (everywhere && anyIdentity(policy, 'egress_from')) judge('lets any identity out to every project', policy.place);
      }),
    good: perimeter({
      egress_policies: [
        { egress_from: { identity_type: 'ANY_SERVICE_ACCOUNT' }, egress_to: { resources: ['projects/512340987654'], ...predictions } },
      ],
    }),
    bad: perimeter({ egress_policies: [{ egress_from: { identities: [shop] }, egress_to: { resources: ['*'], ...everything } }] }),
  },
  {
    id: 'VSC-004',
    level: 'error',
    title: 'An access level is narrower than the internet',
    reason: 'A range of all addresses, or a condition that asks nothing, is met by everybody.',
    fix: 'Name the ranges, regions, devices or identities that are meant.',
    types: [LEVEL],
    maps: {},
    check: (element, judge) =>
      judge.each(element.blocks('basic.conditions'), (condition) => {
        const demands = ['ip_subnetworks', 'required_access_levels', 'members', 'regions', 'device_policy', 'vpc_network_sources'];
        if (!demands.some((name) => condition.has(name))) judge('demands nothing', condition.place);
        const negated = condition.flag('negate');
        judge.each(condition.texts('ip_subnetworks'), (range) => {
          if (!negated && range.endsWith('/0')) judge('is every address', range.place);
        });
      }),
    good: level({ ip_subnetworks: ['198.51.100.16/28'] }),
    bad: level({ ip_subnetworks: ['0.0.0.0/0'] }),
  },
  {
    id: 'VSC-005',
    level: 'error',
    title: 'Ingress leads to projects of the perimeter',
    reason: 'A policy for another project is refused with 400 Invalid Directional Policies, when the stack is applied.',
    fix: 'Add the project to `resources`, or remove it from the policy.',
    types: [PERIMETER],
    maps: {},
    check: (element, judge) =>
      judge.each(configurations(element), (each) => {
        const members = each.texts('resources').map((member) => member.known);
        judge.each(
          each.blocks('ingress_policies').flatMap((policy) => policy.texts('ingress_to.resources')),
          (target) => {
            if (!target.is('*', ...members)) judge('is not in `resources`', target.place);
          },
        );
      }),
    good: perimeter({
      ingress_policies: [{ ingress_from: { identities: [shop] }, ingress_to: { resources: ['projects/905148237260'], ...predictions } }],
    }),
    bad: perimeter({
      ingress_policies: [{ ingress_from: { identities: [shop] }, ingress_to: { resources: ['projects/111111111111'], ...predictions } }],
    }),
  },
  {
    id: 'VSC-006',
    level: 'error',
    title: 'Titles of policies are unique',
    reason: 'Two policies of one title are refused with 400, when the stack is applied.',
    fix: 'Give each ingress and egress policy a title of its own.',
    types: [PERIMETER],
    maps: {},
    check: (element, judge) =>
      judge.each(configurations(element), (each) => {
        const seen = new Set<string>();
        judge.each([...each.blocks('ingress_policies'), ...each.blocks('egress_policies')], (policy) => {
          const title = policy.text('title');
          if (title && seen.has(title.known)) judge(`is used twice: ${title.known}`, title.place);
          if (title) seen.add(title.known);
        });
      }),
    good: perimeter({
      ingress_policies: [{ title: 'shop', ingress_from: { identities: [shop] } }],
      egress_policies: [{ title: 'models' }],
    }),
    bad: perimeter({ ingress_policies: [{ title: 'shop', ingress_from: { identities: [shop] } }], egress_policies: [{ title: 'shop' }] }),
  },
];

export { DATA_SERVICES, perimeter as perimeterExample };
