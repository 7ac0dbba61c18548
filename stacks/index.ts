export { buildEnvironment } from './environment';
