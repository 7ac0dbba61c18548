import { DnsRecordSet } from '@cdktf/provider-google/lib/dns-record-set';
import { Construct } from 'constructs';
import { absolute, type ZoneReference } from './domain';

export interface PublicDomainProps {
  readonly domain: string;
  readonly zone: ZoneReference;
  readonly address: string;
}

/** Seconds that resolvers may keep an address: so long a move takes. */
export const ADDRESS_TTL = 300;

/** Where a domain is, in a zone that exists already. */
export class PublicDomain extends Construct {
  constructor(scope: Construct, id: string, { domain, zone, address }: PublicDomainProps) {
    super(scope, id);
    new DnsRecordSet(this, 'Resource', {
      managedZone: zone.name,
      project: zone.projectId,
      name: absolute(domain),
      type: 'A',
      ttl: ADDRESS_TTL,
      rrdatas: [address],
    });
  }
}
