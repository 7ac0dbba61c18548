import type { Construct } from 'constructs';
import { Checks } from '../../core';
import { furtherPathProblem } from './api-paths';
import type { ServedService } from './cloud-run-endpoints';
import { type CertificateSource, checkCertificate, checkZone, DOMAIN, DOMAIN_RULE, type ZoneReference } from './domain';
import type { RouteProps } from './routes';

export interface DomainProps {
  /**
   * Zone that gets the domain's address. It exists already.
   * @default none here; somebody else says where the domain is
   */
  readonly zone?: ZoneReference;
  /** Where its certificate comes from. */
  readonly certificate: CertificateSource;
}

/** What both kinds of front door take. */
export interface FrontDoorProps extends RouteProps {
  /** Beginning of the names: 1 to 63 of a-z, 0-9 and dash. */
  readonly name: string;
  /** Project ID. */
  readonly projectId: string;
  /** The service behind it. */
  readonly service: ServedService;
  /** By domain; the first is the one that tests of the routes use. */
  readonly domains: Readonly<Record<string, DomainProps>>;
  /**
   * Ciphers: `MODERN`, or `RESTRICTED` for compliance. TLS 1.2 is the least in both.
   * @default `MODERN`
   */
  readonly tls?: 'MODERN' | 'RESTRICTED';
  /**
   * Share of requests that are logged, 0 to 1.
   * @default 1
   */
  readonly logSampleRate?: number;
}

/** A certificate map, and a proxy within a region, take more; nobody has so many names for one gateway. */
const MAX_DOMAINS = 15;

/** @param location of everything that the load balancer has: `global`, or a region */
export function checkFrontDoor(scope: Construct, props: FrontDoorProps, location: string): void {
  const check = new Checks(scope);
  const { name, domains, service, logSampleRate } = props;
  check.matches('name', name, /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, '1 to 63 of a-z, 0-9 and dash, starting with a letter');
  check.between('domains.length', Object.keys(domains).length, 1, MAX_DOMAINS);
  for (const [domain, { zone, certificate }] of Object.entries(domains)) {
    check.matches('domains', domain, DOMAIN, DOMAIN_RULE);
    checkZone(check, `${domain}: zone`, zone);
    checkCertificate(check, domain, certificate, location);
  }
  check.matches('service.name', service.name, /^[a-z]([a-z0-9-]{0,47}[a-z0-9])?$/, 'the name of a Cloud Run service');
  for (const path of props.alsoOpen ?? []) {
    const problem = furtherPathProblem(path);
    if (problem !== undefined) check.add(`\`alsoOpen\`: ${JSON.stringify(path)} is not ${problem}.`);
  }
  check.that(
    () => logSampleRate === undefined || (logSampleRate >= 0 && logSampleRate <= 1),
    `\`logSampleRate\` must be between 0 and 1, got: ${logSampleRate}.`,
    logSampleRate,
  );
  check.that(
    () => props.open === undefined || props.open.length > 0,
    '`open` must have at least one API: a door that nobody passes is none.',
  );
  check.done();
}
