export { buildEnvironment } from './environment';
export { policyOf, type EnvironmentPolicy } from './policy';
