import type { Block } from '../block';
import { resource, type Rule } from '../rule';
import type { StackElement } from '../stack';
import type { Text } from '../text';

const FIREWALL = 'google_compute_firewall';
const SUBNET = 'google_compute_subnetwork';
const NETWORK = 'google_compute_network';
const NAT = 'google_compute_router_nat';
const ZONE = 'google_dns_managed_zone';

/** Subnets of load balancers take no flow logs and no private access. */
const OF_LOAD_BALANCERS = ['REGIONAL_MANAGED_PROXY', 'GLOBAL_MANAGED_PROXY', 'INTERNAL_HTTPS_LOAD_BALANCER'];

const isForProxies = (element: StackElement): boolean => element.text('purpose')?.is(...OF_LOAD_BALANCERS) ?? false;

const isEverywhere = (range: Text): boolean => range.is('0.0.0.0/0', '::/0');

const allowsAll = (allow: Block): boolean => allow.text('protocol')?.is('all') ?? false;

const firewall = (settings: object) => resource(FIREWALL, { name: 'prod', network: 'prod', ...settings });
const subnet = (settings: object) => resource(SUBNET, { name: 'prod', network: 'prod', ip_cidr_range: '10.30.0.0/22', ...settings });

/** Networks, what comes in, what goes out, and what is written down about it. */
export const NETWORKS: readonly Rule[] = [
  {
    id: 'NET-001',
    level: 'error',
    title: 'The firewall lets nobody in from everywhere',
    reason: 'What listens behind such a rule is found and tried within minutes.',
    fix: 'Name `source_ranges` that are meant, or source service accounts. Load balancers need 130.211.0.0/22 and 35.191.0.0/16 only.',
    types: [FIREWALL],
    maps: {
      checkov: ['CKV_GCP_2', 'CKV_GCP_3', 'CKV_GCP_75', 'CKV_GCP_77', 'CKV_GCP_88', 'CKV_GCP_106', 'CKV2_GCP_12'],
      trivy: ['GCP-0027', 'GCP-0070', 'GCP-0071', 'GCP-0072'],
    },
    check: (element, judge) => {
      if (!element.has('allow') || element.flag('disabled')) return;
      const direction = element.text('direction');
      if (direction && !direction.is('INGRESS')) return;
      judge.each(element.texts('source_ranges'), (range) => {
        if (isEverywhere(range)) judge('is every address', range.place);
      });
    },
    good: firewall({ allow: [{ protocol: 'tcp', ports: ['4000'] }], source_ranges: ['130.211.0.0/22', '35.191.0.0/16'] }),
    bad: firewall({ allow: [{ protocol: 'tcp', ports: ['22'] }], source_ranges: ['0.0.0.0/0'] }),
  },
  {
    id: 'NET-002',
    level: 'warning',
    title: 'The firewall does not let everything out',
    reason: 'A way out to everywhere, on every port, is the way that stolen data takes.',
    fix: 'Allow the ports and ranges that are needed, and deny the rest.',
    types: [FIREWALL],
    maps: { trivy: ['GCP-0035'] },
    check: (element, judge) => {
      if (!element.text('direction')?.is('EGRESS') || element.flag('disabled')) return;
      if (!element.blocks('allow').some(allowsAll)) return;
      judge.each(element.texts('destination_ranges'), (range) => {
        if (isEverywhere(range)) judge('is every address, on every port', range.place);
      });
    },
    good: firewall({ direction: 'EGRESS', allow: [{ protocol: 'tcp', ports: ['443'] }], destination_ranges: ['199.36.153.4/30'] }),
    bad: firewall({ direction: 'EGRESS', allow: [{ protocol: 'all' }], destination_ranges: ['0.0.0.0/0'] }),
  },
  {
    id: 'NET-003',
    level: 'warning',
    title: 'Production networks keep flow logs',
    reason: 'After an incident they say what has spoken with what. They cannot be switched on for the past.',
    fix: 'Set `log_config`.',
    types: [SUBNET],
    when: 'production',
    maps: { cis: ['3.10'], checkov: ['CKV_GCP_26'], trivy: ['GCP-0029', 'GCP-0076'] },
    check: (element, judge) => {
      if (!isForProxies(element) && !element.has('log_config')) judge('is not set', 'log_config');
    },
    good: subnet({ log_config: { flow_sampling: 0.5, metadata: 'INCLUDE_ALL_METADATA' } }),
    bad: subnet({}),
  },
  {
    id: 'NET-004',
    level: 'error',
    title: 'Google is reached without the internet',
    reason: 'Without private access a workload needs a public address, or a way to the internet, to call Vertex AI.',
    fix: 'Set `private_ip_google_access = true`.',
    types: [SUBNET],
    maps: { checkov: ['CKV_GCP_74'], trivy: ['GCP-0075'] },
    check: (element, judge) => {
      if (!isForProxies(element) && !element.flag('private_ip_google_access')) judge('is not true', 'private_ip_google_access');
    },
    good: subnet({ private_ip_google_access: true }),
    bad: subnet({}),
  },
  {
    id: 'NET-005',
    level: 'error',
    title: 'Subnets are made on purpose',
    reason: 'An automatic network has a subnet in every region, with ranges that overlap with those of every other such network.',
    fix: 'Set `auto_create_subnetworks = false` (the default is true).',
    types: [NETWORK],
    maps: {},
    check: (element, judge) => {
      if (element.flag('auto_create_subnetworks', true)) judge('is true', 'auto_create_subnetworks');
    },
    good: resource(NETWORK, { name: 'prod', auto_create_subnetworks: false }),
    bad: resource(NETWORK, { name: 'prod' }),
  },
  {
    id: 'NET-006',
    level: 'warning',
    title: 'What leaves through NAT is logged',
    reason: 'Behind NAT every workload has one address: only its log says which of them has called whom.',
    fix: 'Set `log_config` with `enable = true`.',
    types: [NAT],
    maps: {},
    check: (element, judge) => {
      if (!element.flag('log_config.enable')) judge('is not true', 'log_config.enable');
    },
    good: resource(NAT, { name: 'prod', router: 'prod', log_config: { enable: true, filter: 'ERRORS_ONLY' } }),
    bad: resource(NAT, { name: 'prod', router: 'prod' }),
  },
  {
    id: 'NET-007',
    level: 'warning',
    title: 'Public zones are signed',
    reason: 'Answers of an unsigned zone can be forged: callers, and whoever issues certificates, are led elsewhere.',
    fix: 'Set `dnssec_config.state = "on"`.',
    types: [ZONE],
    maps: { checkov: ['CKV_GCP_16', 'CKV_GCP_17'] },
    check: (element, judge) => {
      const visibility = element.text('visibility');
      if (visibility && !visibility.is('public')) return;
      if (!element.text('dnssec_config.state')?.is('on')) judge('is not on', 'dnssec_config.state');
      judge.each(element.blocks('dnssec_config.default_key_specs'), (specs) => {
        if (specs.text('algorithm')?.is('rsasha1')) judge('is rsasha1, which can be forged', `${specs.place}.algorithm`);
      });
    },
    good: resource(ZONE, { name: 'acme', dns_name: 'ai.acme.example.', dnssec_config: { state: 'on' } }),
    bad: resource(ZONE, { name: 'acme', dns_name: 'ai.acme.example.' }),
  },
];
