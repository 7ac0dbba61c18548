import { ComputeRegionNetworkEndpointGroup } from '@cdktf/provider-google/lib/compute-region-network-endpoint-group';
import { Construct } from 'constructs';
import { contentName } from './content-name';

/** The Cloud Run service behind a front door. It may be made after it. */
export interface ServedService {
  /** Of the Cloud Run service. */
  readonly name: string;
  /** Region, e.g. europe-west4. */
  readonly region: string;
}

export interface CloudRunEndpointsProps {
  /** Beginning of the name. */
  readonly name: string;
  readonly service: ServedService;
}

/** How a load balancer reaches a Cloud Run service. What the service is called cannot change in it: another one stands beside it first. */
export class CloudRunEndpoints extends Construct {
  readonly resource: ComputeRegionNetworkEndpointGroup;

  constructor(scope: Construct, id: string, { name, service }: CloudRunEndpointsProps) {
    super(scope, id);
    this.resource = new ComputeRegionNetworkEndpointGroup(this, 'Resource', {
      name: contentName([name], service),
      region: service.region,
      networkEndpointType: 'SERVERLESS',
      cloudRun: { service: service.name },
      lifecycle: { createBeforeDestroy: true },
    });
  }
}
