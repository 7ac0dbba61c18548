import { Construct } from 'constructs';
import type { Environment } from '../configuration';
import {
  type CertificateSource,
  type DomainProps,
  ExternalFrontDoor,
  InternalFrontDoor,
  type RateLimit,
  type ServedService,
  type WafRule,
  type ZoneReference,
} from '../constructs/gateway/front-door';
import { Principal } from '../constructs/workload-identity';
import { frontDoorName, networkId, subnetId } from './names';

/** The section `gateway.frontDoor` of an environment file. */
export type FrontDoorSection = NonNullable<NonNullable<Environment['gateway']>['frontDoor']>;
type External = Extract<FrontDoorSection, { kind: 'external' }>;
type Internal = Extract<FrontDoorSection, { kind: 'internal' }>;
type Administrators = NonNullable<External['administrators']>;
type Zone = NonNullable<FrontDoorSection['domains'][string]['zone']>;

/** APIs that a front door takes. */
export const frontDoorApis = (frontDoor: FrontDoorSection): string[] => [
  'compute.googleapis.com',
  'dns.googleapis.com',
  'certificatemanager.googleapis.com',
  ...(frontDoor.kind === 'external' && frontDoor.administrators?.signIn ? ['iap.googleapis.com'] : []),
];

/** Audiences of the ID tokens with which callers of a domain pass Cloud Run, beside the service's own address. */
export const frontDoorAudiences = ({ domains }: FrontDoorSection): string[] => Object.keys(domains).map((domain) => `https://${domain}`);

/** The front door of an environment's gateway. */
export class EnvironmentFrontDoor extends Construct {
  /** @param service what it leads to: it must be there before, for the grants on it */
  constructor(scope: Construct, id: string, environment: Environment, frontDoor: FrontDoorSection, service: ServedService) {
    super(scope, id);
    const { open, alsoOpen, logSampleRate, tls } = frontDoor;
    const common = {
      name: frontDoorName(environment),
      projectId: environment.project.id,
      service,
      tls: ({ modern: 'MODERN', restricted: 'RESTRICTED' } as const)[tls],
      open,
      alsoOpen,
      logSampleRate,
    };
    if (frontDoor.kind === 'external') new ExternalFrontDoor(this, 'External', { ...common, ...externalProps(environment, frontDoor) });
    else new InternalFrontDoor(this, 'Internal', { ...common, ...internalProps(environment, frontDoor) });
  }
}

const externalProps = (environment: Environment, frontDoor: External) => ({
  domains: domainsOf(frontDoor.domains),
  callers: frontDoor.callers,
  denied: frontDoor.denied && { ...frontDoor.denied, regions: frontDoor.denied.countries },
  administrators: frontDoor.administrators && administratorsOf(environment, frontDoor.administrators),
  rateLimit: frontDoor.rateLimit satisfies RateLimit,
  waf: frontDoor.waf satisfies Partial<Record<string, WafRule>>,
  inspectBodies: frontDoor.inspectBodies,
  verboseLog: frontDoor.verboseLog,
  allowKeysInUrls: frontDoor.keysInUrls === 'allowed',
});

const internalProps = (environment: Environment, frontDoor: Internal) => ({
  domains: domainsOf(frontDoor.domains),
  network: networkId(environment),
  subnet: subnetId(environment),
  globalAccess: frontDoor.otherRegions,
  administration: frontDoor.administration === 'open',
});

const administratorsOf = ({ project }: Environment, { ranges, signIn }: Administrators) => ({
  ranges,
  iap: signIn && {
    projectNumber: project.number,
    members: Object.fromEntries(Object.entries(signIn).map(([name, { kind, email }]) => [name, Principal[kind](email)])),
  },
});

const zoneOf = ({ name, project }: Zone): ZoneReference => ({ name, projectId: project });

function domainsOf(domains: FrontDoorSection['domains']): Record<string, DomainProps> {
  return Object.fromEntries(
    Object.entries(domains).map(([domain, { zone, certificate }]) => [
      domain,
      { zone: zone && zoneOf(zone), certificate: certificateOf(certificate, zone) },
    ]),
  );
}

/** The configuration has made sure that a managed certificate has a zone. */
function certificateOf(certificate: FrontDoorSection['domains'][string]['certificate'], zone: Zone | undefined): CertificateSource {
  return certificate.kind === 'managed' ? { kind: 'managed', zone: zoneOf((certificate.zone ?? zone)!) } : certificate;
}
