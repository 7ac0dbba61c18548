import { resource, type Rule } from '../rule';
import type { Text } from '../text';
import { DATA_SERVICES, PERIMETER, perimeterExample } from './perimeter';

const RECORD = 'google_dns_record_set';
const CONNECTION = 'google_service_networking_connection';
const PRODUCER_CONTROLS = 'google_service_networking_vpc_service_controls';
const MEMBER = 'google_access_context_manager_service_perimeter_resource';

/** The private VIP, 199.36.153.8/30: it also serves what a perimeter cannot restrict. */
const PRIVATE_VIP = ['199.36.153.8', '199.36.153.9', '199.36.153.10', '199.36.153.11'];

/** What the VIPs serve. */
const GOOGLE_NAMES = ['googleapis.com.', 'gcr.io.', 'pkg.dev.', 'run.app.', 'cloudproxy.app.'];

/** A name or an address that a resource of the stack was given: none of those that Google has for everybody. */
const isOwn = (text: Text): boolean => text.isReference && text.holes.every((hole) => hole.startsWith('${google_'));

const record = (address: string) =>
  resource(RECORD, { name: 'restricted.googleapis.com.', type: 'A', managed_zone: 'googleapis', rrdatas: [address] });
const connection = {
  network: 'projects/acme-ai-prod/global/networks/prod',
  service: 'servicenetworking.googleapis.com',
  reserved_peering_ranges: ['prod-private-services'],
};

/** What a perimeter surrounds, how it is tried, and the ways around it. */
export const PERIMETER_SCOPE: readonly Rule[] = [
  {
    id: 'VSC-020',
    level: 'error',
    title: 'A perimeter restricts what holds data',
    reason: 'A service that is not restricted can be used from anywhere, and copied to anywhere, with nothing but a stolen token.',
    fix: `Restrict at least ${DATA_SERVICES.join(', ')}.`,
    types: [PERIMETER],
    maps: { cis: ['3.8'] },
    check: (element, judge) => {
      if (element.text('perimeter_type')?.is('PERIMETER_TYPE_BRIDGE')) return;
      judge.each(['status', 'spec'], (name) => {
        if (!element.has(name)) return;
        const services = element.texts(`${name}.restricted_services`).map((each) => each.known);
        const missing = DATA_SERVICES.filter((service) => !services.includes(service));
        if (missing.length > 0) judge(`leaves out ${missing.join(', ')}`, `${name}.restricted_services`);
      });
    },
    good: perimeterExample({}),
    bad: perimeterExample({ restricted_services: ['storage.googleapis.com'] }),
  },
  {
    id: 'VSC-021',
    level: 'warning',
    title: 'From inside, only restricted services can be reached',
    reason: 'A service that is not restricted is a way to carry data out: the perimeter does not look at it.',
    fix: 'Set `vpc_accessible_services` with `enable_restriction = true` and `allowed_services = ["RESTRICTED-SERVICES"]`.',
    types: [PERIMETER],
    maps: {},
    check: (element, judge) => {
      if (element.text('perimeter_type')?.is('PERIMETER_TYPE_BRIDGE')) return;
      judge.each(['status', 'spec'], (name) => {
        if (element.has(name) && !element.flag(`${name}.vpc_accessible_services.enable_restriction`))
          judge('is not set', `${name}.vpc_accessible_services.enable_restriction`);
      });
    },
    good: perimeterExample({ vpc_accessible_services: { enable_restriction: true, allowed_services: ['RESTRICTED-SERVICES'] } }),
    bad: perimeterExample({}),
  },
  {
    id: 'VSC-022',
    level: 'warning',
    title: 'In production something is enforced',
    reason: 'A perimeter in dry run logs what it would have denied, and denies nothing.',
    fix: 'Enforce it once its log is clean: here `npm run perimeter -- promote`.',
    types: [PERIMETER],
    when: 'production',
    maps: { cis: ['3.8'] },
    check: (element, judge) => {
      if (!element.has('status')) judge('is not set: the perimeter only logs', 'status');
    },
    good: perimeterExample({}),
    bad: resource(PERIMETER, {
      parent: 'accessPolicies/884412097365',
      name: 'accessPolicies/884412097365/servicePerimeters/prod',
      title: 'prod',
      use_explicit_dry_run_spec: true,
      spec: { resources: ['projects/905148237260'], restricted_services: DATA_SERVICES },
    }),
  },
  {
    id: 'VSC-023',
    level: 'error',
    title: 'A dry run is said to be one',
    reason: 'Without the flag the API takes no `spec`, and what is enforced is also what is tried: nothing is ever logged.',
    fix: 'Set `use_explicit_dry_run_spec = true` together with `spec`, or neither.',
    types: [PERIMETER],
    maps: {},
    check: (element, judge) => {
      if (element.has('spec') && !element.flag('use_explicit_dry_run_spec')) judge('is not true', 'use_explicit_dry_run_spec');
    },
    good: perimeterExample({}, { use_explicit_dry_run_spec: true, spec: { resources: ['projects/905148237260'] } }),
    bad: perimeterExample({}, { spec: { resources: ['projects/905148237260'] } }),
  },
  {
    id: 'VSC-024',
    level: 'warning',
    title: 'Projects are not bridged',
    reason: 'A bridge lets everything through in both directions, for every service, and no policy can narrow it.',
    fix: 'Use ingress and egress policies that name callers and services.',
    types: [PERIMETER],
    maps: { google: ['custom.accesscontextmanagerDisableBridgePerimeters'] },
    check: (element, judge) => {
      if (element.text('perimeter_type')?.is('PERIMETER_TYPE_BRIDGE')) judge('is PERIMETER_TYPE_BRIDGE', 'perimeter_type');
    },
    good: perimeterExample({}, { perimeter_type: 'PERIMETER_TYPE_REGULAR' }),
    bad: perimeterExample({}, { perimeter_type: 'PERIMETER_TYPE_BRIDGE' }),
  },
  {
    id: 'VSC-025',
    level: 'error',
    title: 'Members are projects by number, or networks',
    reason: 'The API refuses a project ID, when the stack is applied.',
    fix: 'Write `projects/NUMBER`, or `//compute.googleapis.com/projects/P/global/networks/N`.',
    types: [PERIMETER],
    maps: {},
    check: (element, judge) =>
      judge.each(
        ['status', 'spec'].flatMap((name) => element.texts(`${name}.resources`)),
        (member) => {
          if (!member.matches(/^(projects\/\d+|\/\/compute\.googleapis\.com\/projects\/[^/]+\/global\/networks\/[^/]+)$/))
            judge('is no project number', member.place);
        },
      ),
    good: perimeterExample({ resources: ['projects/905148237260'] }),
    bad: perimeterExample({ resources: ['projects/acme-ai-prod'] }),
  },
  {
    id: 'VSC-026',
    level: 'error',
    title: 'One perimeter is written in one place',
    reason: 'Beside a member resource, the perimeter of the same stack sends its own list of members again and takes the member out.',
    fix: 'Write all members into the perimeter, or keep the members in another stack and ignore `status[0].resources`.',
    types: [MEMBER],
    maps: {},
    check: (element, judge) => {
      if (element.target('perimeter_name')?.type === PERIMETER) judge('is a perimeter of the same stack', 'perimeter_name');
      else if (element.stack.ofType(PERIMETER).length > 0) element.text('perimeter_name')?.matches(/./);
    },
    good: resource(MEMBER, {
      perimeter_name: 'accessPolicies/884412097365/servicePerimeters/prod',
      resource: 'projects/905148237260',
    }),
    bad: resource(
      MEMBER,
      { perimeter_name: `\${${PERIMETER}.prod.name}`, resource: 'projects/905148237260' },
      {
        [PERIMETER]: {
          prod: { parent: 'accessPolicies/884412097365', name: 'accessPolicies/884412097365/servicePerimeters/prod', title: 'p' },
        },
      },
    ),
  },
  {
    id: 'VSC-027',
    level: 'error',
    title: 'Inside a perimeter names lead to the restricted addresses',
    reason: 'The private addresses also serve what no perimeter can restrict, and Cloud Run is only held for sure by the restricted ones.',
    fix: 'Let the records point at 199.36.153.4/30 (restricted.googleapis.com).',
    types: [RECORD],
    when: 'perimeter',
    maps: {},
    check: (element, judge) => {
      const name = element.text('name');
      if (!name || isOwn(name) || !name.endsWith(...GOOGLE_NAMES)) return;
      judge.each(element.texts('rrdatas'), (address) => {
        if (isOwn(address)) return;
        if (address.is(...PRIVATE_VIP, 'private.googleapis.com.')) judge('is of private.googleapis.com', address.place);
      });
    },
    good: record('199.36.153.4'),
    bad: record('199.36.153.8'),
  },
  {
    id: 'VSC-028',
    level: 'warning',
    title: 'Producers that are peered keep to the perimeter',
    reason: 'What Google runs in the peered network (Cloud SQL) otherwise has a default route of its own to the internet.',
    fix: `Add \`${PRODUCER_CONTROLS}\` with \`enabled = true\` for the connection.`,
    types: [CONNECTION],
    when: 'perimeter',
    maps: {},
    check: (element, judge) => {
      const enabled = element.stack.ofType(PRODUCER_CONTROLS).some((each) => each.flag('enabled', true));
      if (!enabled) judge('has no VPC Service Controls for its producers');
    },
    good: resource(CONNECTION, connection, {
      [PRODUCER_CONTROLS]: { example: { network: 'prod', service: connection.service, enabled: true } },
    }),
    bad: resource(CONNECTION, connection),
  },
];
