import { resource, type Rule } from '../rule';
import { JOB, SERVICE, templateOf } from './cloud-run';
import { EVERYBODY, membersOf } from './members';

const INGRESS_ALL = 'INGRESS_TRAFFIC_ALL';
const INVOKERS = /^google_cloud_run(_v2)?_(service|job)_iam_(member|binding)$/;

const service = (settings: object) => resource(SERVICE, settings);
const subnetwork = 'projects/acme-ai-prod/regions/europe-west1/subnetworks/prod';

/** Who reaches a service, what it reaches, and whether it stays. */
export const CLOUD_RUN_ACCESS: readonly Rule[] = [
  {
    id: 'RUN-020',
    level: 'error',
    title: 'Services are reached through a load balancer',
    reason: 'With ingress from everywhere, the address of the service itself leads past the load balancer, its rules and its log.',
    fix: 'Set `ingress` to INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER or INGRESS_TRAFFIC_INTERNAL_ONLY.',
    types: [SERVICE],
    maps: { google: ['run.allowedIngress'] },
    check: (element, judge) => {
      // The default of the API.
      const ingress = element.text('ingress');
      if (!ingress || ingress.is(INGRESS_ALL)) judge(`is ${INGRESS_ALL}${ingress ? '' : ', the default'}`, 'ingress');
    },
    good: service({ ingress: 'INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER' }),
    bad: service({ ingress: INGRESS_ALL }),
  },
  {
    id: 'RUN-021',
    level: 'error',
    title: 'Not everybody may invoke',
    reason: 'With `allUsers` as invoker the only lock is the one inside the container, and every bug of it is one for everybody.',
    fix: 'Grant roles/run.invoker to the identities that call. Behind a load balancer set `invoker_iam_disabled` instead (RUN-022).',
    types: [INVOKERS],
    maps: { checkov: ['CKV_GCP_102'], google: ['custom.iamDisablePublicBindings'] },
    check: (element, judge) =>
      judge.each(membersOf(element), (member) => {
        if (member.is(...EVERYBODY)) judge(`is ${String(member)}`, member.place);
      }),
    good: resource(`${SERVICE}_iam_member`, {
      name: 'gateway',
      role: 'roles/run.invoker',
      member: 'serviceAccount:shop@acme-web-prod.iam.gserviceaccount.com',
    }),
    bad: resource(`${SERVICE}_iam_member`, { name: 'gateway', role: 'roles/run.invoker', member: 'allUsers' }),
  },
  {
    id: 'RUN-022',
    level: 'error',
    title: 'A service that checks no identity is not reached from everywhere',
    reason: 'Without the check of Cloud Run, only the way in protects the service. It must not lead past the load balancer.',
    fix: 'Set `ingress` to INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER, or remove `invoker_iam_disabled`.',
    types: [SERVICE],
    maps: { google: ['run.managed.requireInvokerIam'] },
    check: (element, judge) => {
      const ingress = element.text('ingress');
      if (ingress && !ingress.is(INGRESS_ALL)) return;
      if (element.flag('invoker_iam_disabled')) judge('is true, and everybody reaches the service', 'invoker_iam_disabled');
    },
    good: service({ invoker_iam_disabled: true, ingress: 'INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER' }),
    bad: service({ invoker_iam_disabled: true, ingress: INGRESS_ALL }),
  },
  {
    id: 'RUN-023',
    level: 'error',
    title: 'All traffic leaves through the network',
    reason:
      'What leaves past the network leaves past its firewall and its log; and only the restricted addresses hold a perimeter for sure.',
    fix: 'Set `vpc_access` with `egress = ALL_TRAFFIC` and a subnet or a connector.',
    types: [SERVICE, JOB],
    maps: { google: ['run.allowedVPCEgress'] },
    check: (element, judge) => {
      const place = `${templateOf(element)}.vpc_access`;
      if (!element.has(place)) return judge('is not set', place);
      // The default of the API is PRIVATE_RANGES_ONLY.
      const egress = element.text(`${place}.egress`);
      if (!egress?.is('ALL_TRAFFIC'))
        judge(`is ${egress ? String(egress) : 'not set, and PRIVATE_RANGES_ONLY the default'}`, `${place}.egress`);
    },
    good: service({ template: { vpc_access: { egress: 'ALL_TRAFFIC', network_interfaces: [{ subnetwork }] } } }),
    bad: service({ template: { vpc_access: { egress: 'PRIVATE_RANGES_ONLY', network_interfaces: [{ subnetwork }] } } }),
  },
  {
    id: 'RUN-024',
    level: 'error',
    title: 'Production services are guarded against deletion',
    reason: 'A renamed construct deletes the service and makes another: an outage, and another address.',
    fix: 'Remove `deletion_protection = false`.',
    types: [SERVICE],
    when: 'production',
    maps: {},
    check: (element, judge) => {
      if (!element.flag('deletion_protection', true)) judge('is false', 'deletion_protection');
    },
    good: service({ deletion_protection: true }),
    bad: service({ deletion_protection: false }),
  },
  {
    id: 'RUN-025',
    level: 'warning',
    title: 'In production one instance is always there',
    reason: 'A gateway takes some 40 s to start. With none waiting, the first caller after a pause waits that long.',
    fix: 'Set `scaling.min_instance_count` to 1 or more.',
    types: [SERVICE],
    when: 'production',
    maps: {},
    check: (element, judge) => {
      const least = Math.max(...['scaling', 'template.scaling'].map((place) => element.number(`${place}.min_instance_count`) ?? 0));
      if (least < 1) judge('is 0', 'template.scaling.min_instance_count');
    },
    good: service({ template: { scaling: { min_instance_count: 2, max_instance_count: 10 } } }),
    bad: service({ template: { scaling: { max_instance_count: 10 } } }),
  },
  {
    id: 'RUN-026',
    level: 'warning',
    title: 'The number of instances has a limit',
    reason: 'Every instance holds connections to the database and costs money: a flood of requests must not exhaust either.',
    fix: 'Set `template.scaling.max_instance_count`, from the connections that the database allows.',
    types: [SERVICE],
    maps: {},
    check: (element, judge) => {
      if (element.text('scaling.scaling_mode')?.is('MANUAL')) return;
      if (element.number('template.scaling.max_instance_count') === undefined) judge('is not set', 'template.scaling.max_instance_count');
    },
    good: service({ template: { scaling: { max_instance_count: 10 } } }),
    bad: service({ template: { scaling: { min_instance_count: 1 } } }),
  },
  {
    id: 'RUN-027',
    level: 'warning',
    title: 'The whole traffic is given to something',
    reason: 'Percentages that do not make 100 are refused when the stack is applied, after half of it was changed.',
    fix: 'Let the percentages of `traffic` add up to 100.',
    types: [SERVICE],
    maps: {},
    check: (element, judge) => {
      const targets = element.blocks('traffic');
      const sum = targets.reduce((total, target) => total + (target.number('percent') ?? 0), 0);
      if (targets.length > 0 && sum !== 100) judge(`adds up to ${sum} %`, 'traffic');
    },
    good: service({
      traffic: [
        { type: 'TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION', revision: 'gateway-00007-abc', percent: 90 },
        { type: 'TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST', percent: 10 },
      ],
    }),
    bad: service({ traffic: [{ type: 'TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST', percent: 90 }] }),
  },
];
