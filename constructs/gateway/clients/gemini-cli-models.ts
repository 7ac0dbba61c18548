/** How strong a model Gemini CLI asks for. */
export type GeminiCliKind = 'pro' | 'flash' | 'flashLite';

/** Version of @google/gemini-cli that the lists below were compared with, by test/constructs/gateway/clients/gemini-cli-models.test.ts. */
export const GEMINI_CLI_VERSION = '0.61.0';

/**
 * Every model name that Gemini CLI can ask for on the route that the gateway serves. One that the gateway does not know fails in the middle
 * of a conversation: the classifier, the summarizer and the loop check ask for models that nobody has chosen.
 */
export const GEMINI_CLI_MODELS: Readonly<Record<GeminiCliKind, readonly string[]>> = {
  pro: ['gemini-3.1-pro-preview', 'gemini-3.1-pro-preview-customtools', 'gemini-3-pro-preview', 'gemini-2.5-pro'],
  flash: ['gemini-3.8-flash', 'gemini-3.5-flash', 'gemini-3-flash', 'gemini-3-flash-preview', 'gemini-2.5-flash'],
  flashLite: [
    'gemini-3.5-flash-lite',
    'gemini-3.1-flash-lite',
    'gemini-3.1-flash-lite-preview',
    'gemini-2.5-flash-lite',
    'gemma-4-31b-it',
    'gemma-4-26b-a4b-it',
  ],
};

/** Names in its bundle that no alias is made for, each with the reason. */
export const GEMINI_CLI_NOT_ALIASED: Readonly<Record<string, string>> = {
  'gemini-embedding-001': 'embedContent: LiteLLM has no such route',
  'gemini-2.5-computer-use-preview-10-2025': 'the browser agent, off unless it is configured; no other model can do its work',
  'gemini-3.1-flash-live-preview': 'live audio: a web socket to Google that does not go through the base URL',
  'gemini-9001-super-duper': 'a placeholder in a self-test',
};

/** Which group answers for which kind. */
export type GeminiCliGroups = Readonly<Record<GeminiCliKind, string>>;

/**
 * Hidden aliases for every name that Gemini CLI asks for.
 * @param taken names of groups and aliases that are there already: they stay what they are
 */
export function geminiCliAliases(groups: GeminiCliGroups, taken: readonly string[]): Record<string, { group: string; hidden: true }> {
  const names = (Object.keys(GEMINI_CLI_MODELS) as GeminiCliKind[]).flatMap((kind) =>
    GEMINI_CLI_MODELS[kind].map((name) => [name, { group: groups[kind], hidden: true as const }] as const),
  );
  return Object.fromEntries(names.filter(([name]) => !taken.includes(name)));
}
