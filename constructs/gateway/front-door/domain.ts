import type { Checks } from '../../core';

/** A zone of Cloud DNS that exists already. */
export interface ZoneReference {
  /** Name of the zone, not of the domain. */
  readonly name: string;
  /**
   * Project that the zone is in.
   * @default that of the stack
   */
  readonly projectId?: string;
}

export type CertificateSource =
  /** Google issues and renews it. It proves the domain with a record in a public zone, so it is ready before traffic comes. */
  | { readonly kind: 'managed'; readonly zone: ZoneReference }
  /** A private certificate authority issues it: projects/P/locations/L/certificateIssuanceConfigs/NAME. */
  | { readonly kind: 'private-ca'; readonly issuanceConfig: string }
  /** One of your own in Certificate Manager, projects/P/locations/L/certificates/NAME: so its private key reaches no state. */
  | { readonly kind: 'existing'; readonly certificate: string };

export const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
export const DOMAIN_RULE = 'a domain in lower case, e.g. llm.example.com';
const ZONE = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
const PROJECT = '[a-z][a-z0-9.:-]+';

export function checkZone(check: Checks, name: string, zone: ZoneReference | undefined): void {
  check.matches(name, zone?.name, ZONE, 'the name of a zone, of a-z, 0-9 and dash');
}

/** @param location of everything that the load balancer has: `global`, or a region */
export function checkCertificate(check: Checks, domain: string, source: CertificateSource, location: string): void {
  const inLocation = (kind: string) => new RegExp(`^projects/${PROJECT}/locations/${location}/${kind}/[a-zA-Z][\\w-]{0,62}$`);
  if (source.kind === 'managed') checkZone(check, `${domain}: certificate.zone`, source.zone);
  if (source.kind === 'private-ca') {
    const rule = `projects/PROJECT/locations/${location}/certificateIssuanceConfigs/NAME, of the load balancer's location`;
    check.matches(`${domain}: issuanceConfig`, source.issuanceConfig, inLocation('certificateIssuanceConfigs'), rule);
  }
  if (source.kind === 'existing') {
    const rule = `projects/PROJECT/locations/${location}/certificates/NAME, of the load balancer's location`;
    check.matches(`${domain}: certificate`, source.certificate, inLocation('certificates'), rule);
  }
}

/** In DNS a name that is complete ends in a dot. */
export const absolute = (domain: string): string => `${domain}.`;
