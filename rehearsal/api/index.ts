export { serveVertexApi, type VertexApi, type VertexApiOptions } from './server';
export type { ApiCall, CallFault, FaultSource } from './faults';
export type { QuotaLimit } from './quota';
