export type { ContainerAdditions, DatabaseLogin, SecretVersionReference, Sidecar } from './container-additions';
