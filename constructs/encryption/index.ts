export { EncryptionKey, KeyRing } from './encryption-key';
export type { EncryptionKeyProps, KeyRingProps } from './encryption-key';
