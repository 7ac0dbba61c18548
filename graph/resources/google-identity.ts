import type { StackElement } from '../../policy/stack';
import { shownOf, textOf } from '../value';
import type { MainType } from './main-type';

export const IDENTITY: Readonly<Record<string, MainType>> = {
  google_service_account: {
    kind: 'account',
    what: () => 'Service account',
    title: (resource) => shownOf(resource, 'account_id') ?? resource.address,
    lines: (resource) => {
      const says = shownOf(resource, 'display_name');
      return says === undefined ? [] : [says];
    },
    names: (resource, project) => [`${textOf(resource, 'account_id') ?? '…'}@${project}.iam.gserviceaccount.com`],
  },
  google_iam_workload_identity_pool: {
    kind: 'pool',
    what: () => 'Workload identity pool',
    title: (resource) => shownOf(resource, 'workload_identity_pool_id') ?? resource.address,
    lines: (resource) => providersOf(resource),
    names: (resource) => [`workloadIdentityPools/${textOf(resource, 'workload_identity_pool_id') ?? '…'}`],
  },
  google_compute_network: {
    kind: 'network',
    what: () => 'VPC network',
    title: (resource) => shownOf(resource, 'name') ?? resource.address,
    lines: (resource) => [
      ...partsOf(resource, 'google_compute_subnetwork').flatMap((subnet) => shownOf(subnet, 'ip_cidr_range') ?? []),
      ...(resource.stack.ofType('google_compute_router_nat').length > 0 ? ['to the internet through NAT'] : []),
    ],
    names: (resource, project) => [`projects/${project}/global/networks/${textOf(resource, 'name') ?? '…'}`],
  },
};

const partsOf = (network: StackElement, type: string): StackElement[] =>
  network.stack.ofType(type).filter((part) => part.target('network') === network);

/** github trusts GitHub; the id says it, and the issuer where it is another. */
const providersOf = (pool: StackElement): string[] =>
  pool.stack
    .ofType('google_iam_workload_identity_pool_provider')
    .filter((provider) => provider.target('workload_identity_pool_id') === pool)
    .flatMap((provider) => shownOf(provider, 'workload_identity_pool_provider_id') ?? [])
    .sort();
