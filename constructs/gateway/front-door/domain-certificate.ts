import { CertificateManagerCertificate } from '@cdktf/provider-google/lib/certificate-manager-certificate';
import { CertificateManagerDnsAuthorization } from '@cdktf/provider-google/lib/certificate-manager-dns-authorization';
import { DnsRecordSet } from '@cdktf/provider-google/lib/dns-record-set';
import { Construct } from 'constructs';
import { contentName } from './content-name';
import type { CertificateSource } from './domain';

export interface DomainCertificateProps {
  /** Beginning of the names. */
  readonly name: string;
  readonly domain: string;
  readonly source: CertificateSource;
  /** `global`, or the region of the load balancer. */
  readonly location: string;
}

/** Seconds that resolvers may keep the record that proves the domain. It never changes. */
const CHALLENGE_TTL = 300;
/** What is in use is replaced before it goes; so names say what is in them, or the two would be one. */
const lifecycle = { createBeforeDestroy: true };

/** The certificate of one domain: each has its own, so that another domain never touches it. */
export class DomainCertificate extends Construct {
  /** ID in Certificate Manager. */
  readonly certificate: string;

  constructor(scope: Construct, id: string, props: DomainCertificateProps) {
    super(scope, id);
    const { source } = props;
    this.certificate = source.kind === 'existing' ? source.certificate : this.issued(props, source);
  }

  private issued({ name, domain, location }: DomainCertificateProps, source: Exclude<CertificateSource, { kind: 'existing' }>): string {
    const authorization = source.kind === 'managed' ? this.authorization(name, domain, location, source) : undefined;
    const issuanceConfig = source.kind === 'private-ca' ? source.issuanceConfig : undefined;
    const certificate = new CertificateManagerCertificate(this, 'Resource', {
      name: contentName([name, domain], [domain, location, issuanceConfig]),
      location,
      description: `of ${domain}`,
      managed: {
        domains: [domain],
        dnsAuthorizations: authorization && [authorization.id],
        issuanceConfig,
      },
      lifecycle,
    });
    return certificate.id;
  }

  private authorization(name: string, domain: string, location: string, { zone }: Extract<CertificateSource, { kind: 'managed' }>) {
    const authorization = new CertificateManagerDnsAuthorization(this, 'Authorization', {
      name: contentName([name, domain], [domain, location]),
      location,
      domain,
      // Another project, or another front door, may prove the same domain with a record of its own.
      type: 'PER_PROJECT_RECORD',
      lifecycle,
    });
    const record = authorization.dnsResourceRecord.get(0);
    new DnsRecordSet(this, 'Challenge', {
      managedZone: zone.name,
      project: zone.projectId,
      name: record.name,
      type: record.type,
      ttl: CHALLENGE_TTL,
      rrdatas: [record.data],
      lifecycle,
    });
    return authorization;
  }
}
