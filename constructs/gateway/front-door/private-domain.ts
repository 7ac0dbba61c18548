import { DnsManagedZone } from '@cdktf/provider-google/lib/dns-managed-zone';
import { DnsRecordSet } from '@cdktf/provider-google/lib/dns-record-set';
import { Construct } from 'constructs';
import { contentName } from './content-name';
import { absolute, type ZoneReference } from './domain';
import { ADDRESS_TTL } from './public-domain';

export interface PrivateDomainProps {
  /** Beginning of the zone's name. */
  readonly name: string;
  readonly domain: string;
  /**
   * A private zone that exists.
   * @default one is made, of this domain alone
   */
  readonly zone?: ZoneReference;
  /** Network in which the domain is known. */
  readonly network: string;
  readonly address: string;
}

/** Where a domain is, for one network only. */
export class PrivateDomain extends Construct {
  constructor(scope: Construct, id: string, props: PrivateDomainProps) {
    super(scope, id);
    const { domain, address } = props;
    const zone = props.zone ?? this.zone(props);
    new DnsRecordSet(this, 'Resource', {
      managedZone: zone.name,
      project: zone.projectId,
      name: absolute(domain),
      type: 'A',
      ttl: ADDRESS_TTL,
      rrdatas: [address],
    });
  }

  private zone({ name, domain, network }: PrivateDomainProps): ZoneReference {
    const zone = new DnsManagedZone(this, 'Zone', {
      name: contentName([name, domain], domain),
      dnsName: absolute(domain),
      description: `The gateway, for one network`,
      visibility: 'private',
      privateVisibilityConfig: { networks: [{ networkUrl: network }] },
    });
    return { name: zone.name };
  }
}
