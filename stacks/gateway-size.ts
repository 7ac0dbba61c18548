import type { Environment } from '../configuration';
import type { GatewaySection } from './gateway';

/** How large the gateway is, and how many of it there are. */
export interface GatewaySize {
  /** vCPUs, and workers, of an instance. */
  readonly cpu: number;
  readonly memoryGiB: number;
  /** Instances that always run. */
  readonly min: number;
  /** Instances of one revision at most. */
  readonly max: number;
  /** Requests at a time in an instance; undefined: as the construct does. */
  readonly concurrency?: number;
}

/**
 * Defaults of each tier. A worker needs 1 GiB at least and runs with 2, so that long streams have room; production has the 4 vCPU that
 * docs.litellm.ai/docs/proxy/prod asks for, and a second instance for when the first is replaced.
 */
const SIZES: Readonly<Record<Environment['tier'], GatewaySize>> = {
  development: { cpu: 1, memoryGiB: 2, min: 1, max: 2 },
  staging: { cpu: 2, memoryGiB: 4, min: 1, max: 3 },
  production: { cpu: 4, memoryGiB: 8, min: 2, max: 6 },
};

export const gatewaySize = ({ tier }: Environment, { size, scale }: GatewaySection): GatewaySize => ({
  ...SIZES[tier],
  ...size,
  ...scale,
});
