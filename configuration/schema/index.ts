export { environmentSchema, OWN_KEYS, type Environment, type EnvironmentSettings } from './environment';
