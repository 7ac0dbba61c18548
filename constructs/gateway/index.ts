export type { Attachment, SecretReference } from './attachment';
export type { GatewayConfiguration } from './configuration';
