export { GatewayAccount } from './account';
export type { GatewayAccountProps } from './account';
export type { GatewayConfiguration } from './configuration';
