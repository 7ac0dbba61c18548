import { changesOf, going, goes, place, type RiskRule } from '../rule';
import { textAt } from '../values';
import { quote } from '../words';

const NETWORKS: Readonly<Record<string, string>> = {
  google_compute_network: 'The network',
  google_compute_subnetwork: 'The subnet',
  google_compute_global_address: 'The address range',
  google_service_networking_connection: 'The private connection to Google’s services',
  google_compute_router: 'The router',
  google_compute_network_peering: 'The peering',
  google_compute_service_attachment: 'The service attachment',
  google_vpc_access_connector: 'The connector',
};

const replaced: RiskRule = {
  id: 'network-replaced',
  title: 'A network, or a part that others hang on, goes',
  level: 'high',
  reason:
    'Databases, endpoints and services with an address in it lose their connections, and most of them cannot be moved: the apply fails half-way, or everything is made anew.',
  remedy: 'Make the new network beside the old one, move what uses it, and only then delete the old one.',
  looksAt: `${Object.keys(NETWORKS)
    .map((type) => `\`${type}\``)
    .join(', ')}: deleted or replaced.`,
  check: (input) =>
    changesOf(input, ...Object.keys(NETWORKS))
      .filter(({ change }) => goes(change))
      .map((located) => ({
        ...place(located),
        message: `${NETWORKS[located.change.type]!} ${quote(textAt(located.change.before, 'name') ?? textAt(located.change.before, 'network') ?? '?')} ${going(located.change)}.`,
      })),
};

export const NETWORK_RULES: readonly RiskRule[] = [replaced];
