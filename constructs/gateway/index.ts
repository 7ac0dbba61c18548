export { GatewayAccount } from './account';
export type { GatewayAccountProps } from './account';
export * from './clients';
export * from './config';
export type { GatewayConfiguration } from './configuration';
export * from './database';
export * from './front-door';
export * from './keys';
export * from './service';
