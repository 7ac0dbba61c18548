export { PrivateNetwork } from './private-network';
export type { PrivateNetworkProps } from './private-network';
export { RESTRICTED_VIP, RESTRICTED_VIP_ADDRESSES } from './restricted-vip';
export type { PrivateServicesAccess } from './private-services-access';
