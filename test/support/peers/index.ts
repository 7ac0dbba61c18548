export type { Behaviour } from './upstream/behaviour';
export { TOKENS } from './upstream/model';
export type { AnsweredCall, Upstream } from './upstream/upstream';
export { Google, type GoogleProps } from './google/google';
export { OpenAiServer } from './openai-server';
export { Database } from './postgres';
export { type Ask, Gateway, type GatewayProps, runLitellm } from './gateway';
export { CLIENTS, LITELLM } from './litellm';
export { needsGateway, needsGatewayAndDatabase } from './needs';
