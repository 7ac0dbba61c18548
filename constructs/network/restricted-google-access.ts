import type { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { ComputeRoute } from '@cdktf/provider-google/lib/compute-route';
import { DnsManagedZone } from '@cdktf/provider-google/lib/dns-managed-zone';
import { DnsRecordSet } from '@cdktf/provider-google/lib/dns-record-set';
import { Construct } from 'constructs';
import { boundedName, NAME_LIMITS } from '../core';
import { RESTRICTED_VIP, RESTRICTED_VIP_ADDRESSES } from './restricted-vip';

/** Seconds. The addresses have not changed in years; five minutes lets a network move away from them all the same. */
const TTL = 300;

/** Domains of the APIs, of images in Artifact Registry and its predecessor, and of Cloud Run services. */
const DOMAINS = ['googleapis.com', 'pkg.dev', 'gcr.io', 'run.app'] as const;

/** The name that carries the addresses. The APIs have one of Google's own. */
const hostOf = (domain: string): string => (domain === 'googleapis.com' ? 'restricted.googleapis.com.' : `${domain}.`);

export interface RestrictedGoogleAccessProps {
  /** Beginning of the names. */
  readonly name: string;
  readonly network: ComputeNetwork;
}

/** Everything of Google's resolves to the restricted VIP, and there is a route to it. */
export class RestrictedGoogleAccess extends Construct {
  constructor(scope: Construct, id: string, props: RestrictedGoogleAccessProps) {
    super(scope, id);
    const { name, network } = props;
    new ComputeRoute(this, 'Route', {
      name: boundedName([name, 'restricted-vip'], NAME_LIMITS.rfc1035),
      network: network.id,
      destRange: RESTRICTED_VIP,
      nextHopGateway: 'default-internet-gateway',
      description: 'Google APIs through the restricted VIP',
    });
    for (const domain of DOMAINS) this.resolve(domain, props);
  }

  private resolve(domain: string, { name, network }: RestrictedGoogleAccessProps): void {
    const zone = new DnsManagedZone(this, domain, {
      name: boundedName([name, domain.replace('.', '-')], NAME_LIMITS.rfc1035),
      dnsName: `${domain}.`,
      description: `${domain} resolves to the restricted VIP`,
      visibility: 'private',
      privateVisibilityConfig: { networks: [{ networkUrl: network.id }] },
    });
    const record = { managedZone: zone.name, ttl: TTL };
    const host = hostOf(domain);
    new DnsRecordSet(this, `${domain} host`, { ...record, name: host, type: 'A', rrdatas: RESTRICTED_VIP_ADDRESSES });
    new DnsRecordSet(this, `${domain} wildcard`, { ...record, name: `*.${domain}.`, type: 'CNAME', rrdatas: [host] });
  }
}
