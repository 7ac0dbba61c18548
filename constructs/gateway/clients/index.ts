export { clientKit, GEMINI_CLI_SETTINGS } from './client-kit';
export type { ClientKitProps } from './client-kit';
export { GEMINI_CLI_MODELS, GEMINI_CLI_NOT_ALIASED, GEMINI_CLI_VERSION, geminiCliAliases } from './gemini-cli-models';
export type { GeminiCliGroups, GeminiCliKind } from './gemini-cli-models';
export { WAYS_AROUND } from './ways-around';
