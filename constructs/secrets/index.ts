export { GeneratedSecret } from './generated-secret';
export type { Alphabet, GeneratedSecretProps } from './generated-secret';
export { ProvidedSecret } from './provided-secret';
export type { ProvidedSecretProps } from './provided-secret';
export { Replication } from './replication';
export type { Replica } from './replication';
export { Secret } from './secret';
export type { SecretProps } from './secret';
