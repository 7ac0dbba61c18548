export { serveGatewayApi } from './server';
export type { GatewayApi, GatewayApiOptions, GatewayCall, GatewayFault } from './server';
export type { Execution } from './job-runs';
