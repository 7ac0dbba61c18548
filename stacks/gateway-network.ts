import { isIP } from 'node:net';
import type { Construct } from 'constructs';
import type { Environment } from '../configuration';
import { Checks } from '../constructs/core';
import type { GatewaySize } from './gateway-size';

/** Addresses that Cloud Run takes for an instance: https://cloud.google.com/run/docs/configuring/vpc-direct-vpc#direct-vpc-ip-allocation */
const ADDRESSES_PER_INSTANCE = 2;
/** Until the old revision's instances are gone, those of the new one are there too. */
const REVISIONS = 2;
/** First two and last two of every subnet: https://cloud.google.com/vpc/docs/subnets#unusable-ip-addresses-in-every-subnet */
const RESERVED = 4;

/** What the gateway asks of the network. */
export interface GatewayNetworkNeeds {
  /** Hosts that are no API of Google's, with a port where it is not the usual one. */
  readonly hosts: readonly string[];
  readonly size: Pick<GatewaySize, 'max'>;
}

/** Holds the gateway against the network of its environment: all problems in one error. */
export function checkNetwork(scope: Construct, environment: Environment, needs: GatewayNetworkNeeds): void {
  const check = new Checks(scope);
  networkProblems(environment, needs).forEach((problem) => check.add(problem));
  check.done();
}

/** What it would wait for in vain, each with what to do about it. */
export const networkProblems = ({ network }: Environment, { hosts, size }: GatewayNetworkNeeds): string[] => [
  ...unreachableHosts(network, hosts),
  ...missingAddresses(network, size),
];

function unreachableHosts({ nat }: Environment['network'], hosts: readonly string[]): string[] {
  const outside = [...new Set(hosts)].filter((host) => !isInside(host));
  if (nat || outside.length === 0) return [];
  return [
    `the gateway calls ${outside.join(', ')}, and everything that it sends goes through a network that leads to Google's APIs only. ` +
      'Write network.nat: true, or take out what calls there.',
  ];
}

/** Reached without leaving the network. Names in it end in .internal; it has no other private zones but Google's. */
function isInside(host: string): boolean {
  const { hostname } = new URL(`https://${host}`);
  if (isIP(hostname) !== 0) return /^(127|10|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(hostname);
  return hostname === 'localhost' || ['.internal', '.prediction.p.vertexai.goog'].some((end) => hostname.endsWith(end));
}

function missingAddresses({ subnet }: Environment['network'], { max }: GatewayNetworkNeeds['size']): string[] {
  const perInstance = ADDRESSES_PER_INSTANCE * REVISIONS;
  const needed = max * perInstance;
  const available = 2 ** (32 - Number(subnet.split('/')[1])) - RESERVED;
  if (needed <= available) return [];
  const prefix = Math.floor(32 - Math.log2(needed + RESERVED));
  return [
    `up to ${max} instances take ${needed} addresses of the subnet: ${ADDRESSES_PER_INSTANCE} each, and twice as many instances while a revision ` +
      `replaces another. network.subnet, ${subnet}, has ${available}. Write a /${prefix} there, or at most ${Math.floor(available / perInstance)} ` +
      'as gateway.scale.max.',
  ];
}
