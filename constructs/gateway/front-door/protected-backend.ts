import { ComputeBackendService } from '@cdktf/provider-google/lib/compute-backend-service';
import { Construct } from 'constructs';
import { boundedName, NAME_LIMITS } from '../../core';
import type { CloudRunEndpoints } from './cloud-run-endpoints';
import { EdgePolicy, type EdgePolicyProps } from './edge-policy';

/** Browsers that have been here never try plain HTTP again, for a year. */
export const STRICT_TRANSPORT = 'Strict-Transport-Security: max-age=31536000';

export interface ProtectedBackendProps {
  readonly name: string;
  readonly description: string;
  readonly endpoints: CloudRunEndpoints;
  /** There is none without. */
  readonly policy: Omit<EdgePolicyProps, 'name' | 'description'>;
  /**
   * Whether Identity-Aware Proxy lets only signed-in people through.
   * @default false
   */
  readonly iap?: boolean;
  /** Share of requests that are logged, 0 to 1. */
  readonly logSampleRate: number;
}

/**
 * A backend service with its Cloud Armor policy. It has no timeout of its own: for serverless backends a load balancer takes none and
 * waits an hour, as long as Cloud Run does at most. Nor does it put out a backend that fails: there is only one.
 */
export class ProtectedBackend extends Construct {
  readonly resource: ComputeBackendService;

  constructor(scope: Construct, id: string, props: ProtectedBackendProps) {
    super(scope, id);
    const name = boundedName([props.name], NAME_LIMITS.rfc1035);
    const policy = new EdgePolicy(this, 'Policy', { ...props.policy, name, description: props.description });
    this.resource = new ComputeBackendService(this, 'Resource', {
      name,
      description: props.description,
      loadBalancingScheme: 'EXTERNAL_MANAGED',
      protocol: 'HTTPS',
      securityPolicy: policy.resource.id,
      backend: [{ group: props.endpoints.resource.id }],
      customResponseHeaders: [STRICT_TRANSPORT],
      // Without a client: Google makes one, so no secret of one is in the state.
      iap: { enabled: props.iap ?? false },
      logConfig: { enable: true, sampleRate: props.logSampleRate },
    });
  }
}
