export { PrivateNetwork } from './private-network';
export type { PrivateNetworkProps } from './private-network';
export type { PrivateServicesAccess } from './private-services-access';
