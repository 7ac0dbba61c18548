import { CertificateManagerCertificateMap } from '@cdktf/provider-google/lib/certificate-manager-certificate-map';
import { CertificateManagerCertificateMapEntry } from '@cdktf/provider-google/lib/certificate-manager-certificate-map-entry';
import { Construct } from 'constructs';
import { boundedName, NAME_LIMITS } from '../../core';
import { contentName } from './content-name';
import { DomainCertificate } from './domain-certificate';
import type { DomainProps } from './front-door';

export interface ServedCertificatesProps {
  readonly name: string;
  readonly domains: Readonly<Record<string, DomainProps>>;
}

/** Which certificate answers for which domain. A domain that comes or goes changes its own entry only. */
export class ServedCertificates extends Construct {
  /** As a target proxy takes it. */
  readonly reference: string;

  constructor(scope: Construct, id: string, { name, domains }: ServedCertificatesProps) {
    super(scope, id);
    const map = new CertificateManagerCertificateMap(this, 'Resource', { name: boundedName([name], NAME_LIMITS.rfc1035) });
    for (const [domain, { certificate: source }] of Object.entries(domains)) {
      const { certificate } = new DomainCertificate(this, domain, { name, domain, source, location: 'global' });
      new CertificateManagerCertificateMapEntry(this, `${domain} Entry`, {
        name: contentName([name, domain], domain),
        map: map.name,
        hostname: domain,
        certificates: [certificate],
      });
    }
    this.reference = `//certificatemanager.googleapis.com/${map.id}`;
  }
}
