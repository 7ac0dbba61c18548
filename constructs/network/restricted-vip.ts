/**
 * Addresses behind which only those Google APIs answer that VPC Service Controls can guard. Announced to no one: reachable through the
 * default internet gateway, but never over the internet.
 * https://cloud.google.com/vpc-service-controls/docs/set-up-private-connectivity
 */
export const RESTRICTED_VIP = '199.36.153.4/30';
export const RESTRICTED_VIP_ADDRESSES = ['199.36.153.4', '199.36.153.5', '199.36.153.6', '199.36.153.7'];
/** The same without the guard: for networks that are not in a perimeter. */
export const PRIVATE_VIP = '199.36.153.8/30';
