export { assessVersion } from './assess-version';
export type { Assessment } from './assess-version';
export { GatewayService } from './gateway-service';
export type { GatewayServiceProps } from './gateway-service';
export { MAX_TIMEOUT, serviceTimeout } from './service-checks';
export type { Canary } from './traffic';
