import { ComputeAddress } from '@cdktf/provider-google/lib/compute-address';
import { ComputeForwardingRule } from '@cdktf/provider-google/lib/compute-forwarding-rule';
import { ComputeRegionBackendService } from '@cdktf/provider-google/lib/compute-region-backend-service';
import { ComputeRegionSslPolicy } from '@cdktf/provider-google/lib/compute-region-ssl-policy';
import { ComputeRegionTargetHttpsProxy } from '@cdktf/provider-google/lib/compute-region-target-https-proxy';
import { ComputeRegionUrlMap } from '@cdktf/provider-google/lib/compute-region-url-map';
import { Construct } from 'constructs';
import { boundedName, NAME_LIMITS } from '../../core';
import { DEFAULT_FAMILIES, openPaths } from './api-paths';
import { CloudRunEndpoints } from './cloud-run-endpoints';
import { DomainCertificate } from './domain-certificate';
import { checkFrontDoor, type FrontDoorProps } from './front-door';
import { PrivateDomain } from './private-domain';
import { pathRules } from './routes';

export interface InternalFrontDoorProps extends FrontDoorProps {
  /** Network from which the gateway is called, and the subnet that its address is in. The network has a proxy-only subnet in this region. */
  readonly network: string;
  /** projects/P/regions/R/subnetworks/S, in the region of the service. */
  readonly subnet: string;
  /**
   * Whether clients in other regions of the network may call.
   * @default false
   */
  readonly globalAccess?: boolean;
  /**
   * Whether administration is reached here too, by everybody in the network.
   * @default false
   */
  readonly administration?: boolean;
}

/** Of every request, in per cent: a fault that always happens is a refusal. */
const ALWAYS = 100;
const FORBIDDEN = 403;

/**
 * The way in from a network of one's own, with TLS. Google's provider 6.50 takes no Cloud Armor policy for it, so the routes themselves
 * refuse what is not open.
 */
export class InternalFrontDoor extends Construct {
  /** Address in the subnet. */
  readonly address: ComputeAddress;

  constructor(scope: Construct, id: string, props: InternalFrontDoorProps) {
    super(scope, id);
    const { service, network, subnet, domains } = props;
    const { region } = service;
    checkFrontDoor(this, props, region);
    const name = boundedName([props.name], NAME_LIMITS.rfc1035);
    const backend = this.backend(props, name);
    const certificates = Object.entries(domains).map(
      ([domain, { certificate: source }]) =>
        new DomainCertificate(this, `${domain} Certificate`, { name: props.name, domain, source, location: region }).certificate,
    );
    const proxy = new ComputeRegionTargetHttpsProxy(this, 'Proxy', {
      name,
      region,
      urlMap: this.routes(props, name, backend).id,
      certificateManagerCertificates: certificates,
      sslPolicy: new ComputeRegionSslPolicy(this, 'Tls', {
        name: boundedName([props.name, 'tls'], NAME_LIMITS.rfc1035),
        region,
        profile: props.tls ?? 'MODERN',
        minTlsVersion: 'TLS_1_2',
      }).id,
    });
    this.address = new ComputeAddress(this, 'Address', {
      name,
      region,
      subnetwork: subnet,
      addressType: 'INTERNAL',
      purpose: 'SHARED_LOADBALANCER_VIP',
    });
    new ComputeForwardingRule(this, 'Resource', {
      name: boundedName([props.name, 'https'], NAME_LIMITS.rfc1035),
      region,
      loadBalancingScheme: 'INTERNAL_MANAGED',
      ipAddress: this.address.id,
      portRange: '443',
      network,
      subnetwork: subnet,
      target: proxy.id,
      allowGlobalAccess: props.globalAccess ?? false,
    });
    for (const [domain, { zone }] of Object.entries(domains)) {
      new PrivateDomain(this, domain, { name: props.name, domain, zone, network, address: this.address.address });
    }
  }

  private backend({ name, service, logSampleRate = 1 }: InternalFrontDoorProps, bounded: string): ComputeRegionBackendService {
    // Named apart from those of an external front door: when one follows the other, both are there for a moment.
    const endpoints = new CloudRunEndpoints(this, 'Service', { name: `${name}-internal`, service });
    return new ComputeRegionBackendService(this, 'Backend', {
      name: bounded,
      region: service.region,
      loadBalancingScheme: 'INTERNAL_MANAGED',
      protocol: 'HTTPS',
      // Said, because within a region the provider's own default is no capacity at all.
      backend: [{ group: endpoints.resource.id, balancingMode: 'UTILIZATION', capacityScaler: 1 }],
      logConfig: { enable: true, sampleRate: logSampleRate },
    });
  }

  private routes(props: InternalFrontDoorProps, name: string, { id: backend }: ComputeRegionBackendService): ComputeRegionUrlMap {
    const paths = openPaths(props.open ?? DEFAULT_FAMILIES, props.alsoOpen);
    const refuse = { faultInjectionPolicy: { abort: { httpStatus: FORBIDDEN, percentage: ALWAYS } } };
    return new ComputeRegionUrlMap(this, 'Routes', {
      name,
      region: props.service.region,
      defaultService: backend,
      defaultRouteAction: refuse,
      hostRule: [{ hosts: Object.keys(props.domains), pathMatcher: 'gateway' }],
      pathMatcher: [
        {
          name: 'gateway',
          defaultService: backend,
          defaultRouteAction: props.administration ? undefined : refuse,
          pathRule: pathRules(paths, backend),
        },
      ],
    });
  }
}
