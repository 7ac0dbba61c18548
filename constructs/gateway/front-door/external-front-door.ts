import { ComputeGlobalAddress } from '@cdktf/provider-google/lib/compute-global-address';
import { ComputeGlobalForwardingRule } from '@cdktf/provider-google/lib/compute-global-forwarding-rule';
import { ComputeSslPolicy } from '@cdktf/provider-google/lib/compute-ssl-policy';
import { ComputeTargetHttpsProxy } from '@cdktf/provider-google/lib/compute-target-https-proxy';
import { ComputeUrlMap } from '@cdktf/provider-google/lib/compute-url-map';
import { Construct } from 'constructs';
import { boundedName, NAME_LIMITS } from '../../core';
import type { Principal } from '../../workload-identity';
import { Administrators } from './administrators';
import { DEFAULT_FAMILIES, openPaths } from './api-paths';
import { CloudRunEndpoints } from './cloud-run-endpoints';
import type { EdgePolicyProps } from './edge-policy';
import { checkFrontDoor, type FrontDoorProps } from './front-door';
import { ProtectedBackend } from './protected-backend';
import { PublicDomain } from './public-domain';
import { DEFAULT_RATE_LIMIT, type RateLimit } from './rate-limit';
import { pathRules, routeTests } from './routes';
import { ServedCertificates } from './served-certificates';

export interface ExternalFrontDoorProps extends FrontDoorProps, Pick<EdgePolicyProps, 'denied' | 'waf' | 'inspectBodies' | 'verboseLog'> {
  /**
   * Addresses that may call the API.
   * @default all
   */
  readonly callers?: EdgePolicyProps['allowed'];
  /**
   * Who reaches administration: from these ranges, signed in with Identity-Aware Proxy, or both where both are given.
   * @default nobody
   */
  readonly administrators?: {
    /** IPv4 ranges, /8 to /32. */
    readonly ranges?: readonly string[];
    /** Who may sign in, by a name for messages and plans; and the number of the project. */
    readonly iap?: {
      /** Number of the project. */
      readonly projectNumber: string;
      /** By a name for messages and plans. */
      readonly members: Readonly<Record<string, Principal>>;
    };
  };
  /**
   * What one caller may send.
   * @default 1200 requests a minute and address
   */
  readonly rateLimit?: RateLimit;
  /**
   * Let `?key=` pass, which some clients of Gemini send. The log of the load balancer then holds keys.
   * @default false
   */
  readonly allowKeysInUrls?: boolean;
}

/**
 * The way in from the internet: a global application load balancer, on port 443 only. The paths of LiteLLM's APIs go to one backend
 * service, everything else to another with a policy of its own. Plain HTTP is not answered at all: keys travel in headers, and a
 * redirect comes after they were sent.
 */
export class ExternalFrontDoor extends Construct {
  /** Address on the internet, for DNS that is kept elsewhere. */
  readonly address: ComputeGlobalAddress;

  constructor(scope: Construct, id: string, props: ExternalFrontDoorProps) {
    super(scope, id);
    checkFrontDoor(this, props, 'global');
    const named = (part: string): string => boundedName([props.name, part], NAME_LIMITS.rfc1035);
    const [api, administration] = this.backends(props);

    const urlMap = this.urlMap(props, api, administration);
    const certificates = new ServedCertificates(this, 'Certificates', { name: props.name, domains: props.domains });
    const proxy = new ComputeTargetHttpsProxy(this, 'Proxy', {
      name: boundedName([props.name], NAME_LIMITS.rfc1035),
      urlMap: urlMap.id,
      certificateMap: certificates.reference,
      sslPolicy: new ComputeSslPolicy(this, 'Tls', {
        name: named('tls'),
        profile: props.tls ?? 'MODERN',
        minTlsVersion: 'TLS_1_2',
      }).id,
    });
    this.address = new ComputeGlobalAddress(this, 'Address', { name: boundedName([props.name], NAME_LIMITS.rfc1035) });
    new ComputeGlobalForwardingRule(this, 'Resource', {
      name: named('https'),
      loadBalancingScheme: 'EXTERNAL_MANAGED',
      ipAddress: this.address.id,
      portRange: '443',
      target: proxy.id,
    });
    for (const [domain, { zone }] of Object.entries(props.domains)) {
      if (zone) new PublicDomain(this, domain, { domain, zone, address: this.address.address });
    }
  }

  private backends(props: ExternalFrontDoorProps): readonly [ProtectedBackend, ProtectedBackend] {
    const { administrators = {}, service, name, logSampleRate = 1 } = props;
    const { denied, waf, inspectBodies, verboseLog, rateLimit = DEFAULT_RATE_LIMIT } = props;
    const endpoints = new CloudRunEndpoints(this, 'Service', { name, service });
    const common = { denied, waf, inspectBodies, verboseLog, rateLimit };
    const api = new ProtectedBackend(this, 'Api', {
      name: `${name}-api`,
      description: 'what the public may call',
      endpoints,
      policy: { ...common, allowed: props.callers, refuseKeysInUrls: !(props.allowKeysInUrls ?? false) },
      logSampleRate,
    });
    const { ranges, iap } = administrators;
    const administration = new ProtectedBackend(this, 'Administration', {
      name: `${name}-administration`,
      description: 'everything that is not the API',
      endpoints,
      policy: { ...common, allowed: ranges !== undefined || iap === undefined ? { ranges: ranges ?? [] } : undefined },
      iap: iap !== undefined,
      logSampleRate,
    });
    if (iap) new Administrators(this, 'Administrators', { ...iap, backend: administration, projectId: props.projectId, service });
    return [api, administration];
  }

  private urlMap(props: ExternalFrontDoorProps, { resource: api }: ProtectedBackend, { resource: administration }: ProtectedBackend) {
    const paths = openPaths(props.open ?? DEFAULT_FAMILIES, props.alsoOpen);
    const hosts = Object.keys(props.domains);
    return new ComputeUrlMap(this, 'Routes', {
      name: boundedName([props.name], NAME_LIMITS.rfc1035),
      defaultService: administration.id,
      hostRule: [{ hosts, pathMatcher: 'gateway' }],
      pathMatcher: [{ name: 'gateway', defaultService: administration.id, pathRule: pathRules(paths, api.id) }],
      test: routeTests(paths, hosts[0]!, api.id, administration.id),
    });
  }
}
