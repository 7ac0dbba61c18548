export type { GatewayConfiguration } from './configuration';
