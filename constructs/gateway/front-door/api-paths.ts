/**
 * What the public may call, as a closed world: a path that is not here belongs to administration, also one that the next release of
 * LiteLLM adds. Paths as in a URL map: `*` stands only at the end, after a slash.
 *
 * Source of paths and prefixes: `LiteLLMRoutes` in litellm/proxy/_types.py of BerriAI/litellm, read on 2026-11-21.
 */
export const API_PATHS = {
  /** Chat, completions, embeddings, responses, moderation and the list of models, as OpenAI's SDKs ask for them. */
  openai: [
    '/chat/completions',
    '/v1/chat/completions',
    '/completions',
    '/v1/completions',
    '/embeddings',
    '/v1/embeddings',
    '/responses',
    '/responses/*',
    '/v1/responses',
    '/v1/responses/*',
    '/moderations',
    '/v1/moderations',
    '/models',
    '/v1/models',
    '/v1/models/*',
  ],
  /** Gemini's own API: Gemini CLI and the Google Gen AI SDKs. */
  gemini: ['/v1beta/models/*', '/models/*'],
  /** Anthropic's messages. */
  anthropic: ['/v1/messages', '/v1/messages/count_tokens'],
  /** The pass-through to Vertex AI. */
  vertex: ['/vertex_ai/*', '/vertex-ai/*'],
  images: ['/images/generations', '/v1/images/generations', '/images/edits', '/v1/images/edits'],
  audio: ['/audio/transcriptions', '/v1/audio/transcriptions', '/audio/speech', '/v1/audio/speech'],
  realtime: ['/realtime', '/v1/realtime'],
  rerank: ['/rerank', '/v1/rerank', '/v2/rerank'],
  /** Files, and batches made of them. */
  batches: ['/files', '/files/*', '/v1/files', '/v1/files/*', '/batches', '/batches/*', '/v1/batches', '/v1/batches/*'],
  /** Whether the process is alive, without a key and without details: for probes from outside. */
  liveness: ['/health/liveliness', '/health/liveness'],
} as const;

export type ApiFamily = keyof typeof API_PATHS;
export const API_FAMILIES = Object.keys(API_PATHS) as ApiFamily[];
export const DEFAULT_FAMILIES: readonly ApiFamily[] = ['openai', 'gemini'];

/** Where LiteLLM is administered, or tells about itself. Some of it answers without a key: /routes, /openapi.json, /ui, /health. */
export const ADMINISTRATION_PREFIXES = [
  '/.well-known',
  '/audit',
  '/budget',
  '/cache',
  '/config',
  '/cost',
  '/credentials',
  '/customer',
  '/debug',
  '/docs',
  '/end_user',
  '/fallback',
  '/gateway',
  '/global',
  '/guardrails',
  '/health',
  '/invitation',
  '/jwt',
  '/key',
  '/login',
  '/management',
  '/memory-usage-in-mem-cache',
  '/metrics',
  '/model',
  '/model_group',
  '/openapi.json',
  '/organization',
  '/public',
  '/redoc',
  '/routes',
  '/spend',
  '/sso',
  '/tag',
  '/team',
  '/test',
  '/ui',
  '/user',
  '/v1/agents',
  '/v1/mcp/server',
  '/v1/model',
  '/v2/key',
  '/v2/model',
  '/v2/team',
  '/v2/user',
] as const;

/** Among these, what tells a key about itself only. */
const OWN_INFORMATION: readonly string[] = ['/key/info', '/user/info', '/team/info', '/model/info', '/v1/model/info', '/model_group/info'];

/** No segment begins with a dot, so that none leads elsewhere. */
const PATH = /^(\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+(\/\*)?$/;

/** What is wrong with a path that somebody wants to open besides, as a noun phrase that says what is allowed; undefined: nothing. */
export function furtherPathProblem(path: string): string | undefined {
  if (!PATH.test(path)) return 'a path: segments of letters, digits, dots, dashes and underscores, with /* at most at its end';
  if (OWN_INFORMATION.includes(path)) return undefined;
  const reserved = ADMINISTRATION_PREFIXES.find((prefix) => meets(path, prefix));
  return reserved === undefined ? undefined : `a path of the API: ${reserved} is administration, which only administrators reach`;
}

/** Whether a path, with or without a wildcard, opens something at or below the prefix. */
function meets(path: string, prefix: string): boolean {
  const wildcard = path.endsWith('/*');
  const given = wildcard ? path.slice(0, -2) : path;
  return given === prefix || given.startsWith(`${prefix}/`) || (wildcard && prefix.startsWith(`${given}/`));
}

/** Every path that is open, without doubles, in the order of the families. */
export const openPaths = (families: readonly ApiFamily[], further: readonly string[] = []): string[] => [
  ...new Set([...API_FAMILIES.filter((family) => families.includes(family)).flatMap((family) => API_PATHS[family]), ...further]),
];

/** Whether a URL map that opens these paths lets a request to this path through. */
export const opens = (paths: readonly string[], request: string): boolean =>
  paths.some((path) => (path.endsWith('/*') ? request.startsWith(path.slice(0, -1)) : request === path));
