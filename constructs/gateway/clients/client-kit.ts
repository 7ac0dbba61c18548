import { GEMINI_CLI_VERSION } from './gemini-cli-models';
import { WAYS_AROUND } from './ways-around';

export interface ClientKitProps {
  /** Without a path, e.g. https://llm.example.com. */
  readonly url: string;
  /** Of the ID token that Cloud Run asks callers for. */
  readonly audience: string;
  /** Project whose secrets hold the keys. */
  readonly projectId: string;
  /** What clients ask for, and what they ask for when it does not answer. */
  readonly models: { readonly first: string; readonly next?: string };
  /** Short names of the secrets that hold keys, by the name of the key. */
  readonly keySecrets: Readonly<Record<string, string>>;
  /**
   * Gemini CLI is served; `keySecret`: short name of the secret with the key that people use with it.
   * @default it has no files
   */
  readonly geminiCli?: { readonly keySecret?: string };
}

/** An administrator's settings of Gemini CLI: they win over a user's, and leave one way in. */
export const GEMINI_CLI_SETTINGS = {
  // Both: the first alone could be changed by a user, the second alone refuses to start.
  security: { auth: { selectedType: 'gemini-api-key', enforcedType: 'gemini-api-key' } },
  privacy: { usageStatisticsEnabled: false },
  telemetry: { enabled: false, logPrompts: false },
} as const;

/** What clients of a gateway need, as files by path. They hold no secret. */
export function clientKit(props: ClientKitProps): Record<string, string> {
  return {
    'clients/gateway.env': environmentFile(props),
    'clients/blocked-hosts.txt': blockedHosts(),
    ...(props.geminiCli && {
      'clients/gemini-cli/settings.json': `${JSON.stringify(GEMINI_CLI_SETTINGS, undefined, 2)}\n`,
      'clients/gemini-cli/gemini-gateway': geminiWrapper(props),
    }),
  };
}

/** Variables of SDKs, and of the snippets in docs/clients.md. */
function environmentFile({ url, audience, models, keySecrets, projectId }: ClientKitProps): string {
  const keys = Object.entries(keySecrets).map(([name, secret]) => `#   ${name}: ${readSecret(projectId, secret)}`);
  return [
    '# The key is not here. It is in Secret Manager, for who may read it:',
    ...(keys.length > 0 ? keys : ['#   the environment file has no keys: gateway.keys']),
    '# Set it as GATEWAY_API_KEY, and as what your SDK reads: OPENAI_API_KEY or GEMINI_API_KEY.',
    '',
    `GATEWAY_URL=${url}`,
    '# Cloud Run asks who calls: an ID token for this audience, in the header X-Serverless-Authorization.',
    `GATEWAY_AUDIENCE=${audience}`,
    `GATEWAY_MODEL=${models.first}`,
    ...(models.next === undefined ? [] : [`GATEWAY_NEXT_MODEL=${models.next}`]),
    '',
    '# openai (Python, Node); LangChain, old and new.',
    `OPENAI_BASE_URL=${url}/v1`,
    `OPENAI_API_BASE=${url}/v1`,
    '# google-genai (Python, Node), Gemini CLI.',
    `GOOGLE_GEMINI_BASE_URL=${url}`,
    'GOOGLE_GENAI_USE_VERTEXAI=false',
    '',
  ].join('\n');
}

function blockedHosts(): string {
  const width = Math.max(...WAYS_AROUND.map(({ host }) => host.length));
  return [
    '# Ways to models that do not lead through the gateway. Close them where clients are, in the proxy, the firewall (FQDN rules) or DNS.',
    '# Not in the network of the gateway: it calls them. And give people no role of Vertex AI: then theirs is closed at the other end, too.',
    ...WAYS_AROUND.map(({ host, reason }) => `${host.padEnd(width)}  # ${reason}`),
    '',
  ].join('\n');
}

const readSecret = (projectId: string, secret: string): string =>
  `gcloud secrets versions access latest --project=${projectId} --secret=${secret}`;

/** Gemini CLI's documents advise a wrapper: whoever starts it by hand can point it to other settings. */
function geminiWrapper({ url, projectId, geminiCli }: ClientKitProps): string {
  const secret = geminiCli?.keySecret;
  const key = secret === undefined ? '' : `$(${readSecret(projectId, secret)})`;
  return `#!/bin/sh
# Gemini CLI (${GEMINI_CLI_VERSION}) through the gateway. Install it as /usr/local/bin/gemini-gateway, and settings.json as
# /etc/gemini-cli/settings.json: below a directory that only root may write to, for others are ignored.
set -eu
unset GOOGLE_API_KEY GOOGLE_GENAI_USE_VERTEXAI GOOGLE_GENAI_USE_GCA GOOGLE_VERTEX_BASE_URL GEMINI_CLI_SYSTEM_DEFAULTS_PATH
export GEMINI_CLI_SYSTEM_SETTINGS_PATH="\${GATEWAY_GEMINI_SETTINGS:-/etc/gemini-cli/settings.json}"
export GOOGLE_GEMINI_BASE_URL='${url}'
GEMINI_API_KEY="\${GATEWAY_API_KEY:-${key}}"
[ -n "$GEMINI_API_KEY" ] || { echo 'gemini-gateway: no key. Set GATEWAY_API_KEY.' >&2; exit 1; }
token="\${GATEWAY_ID_TOKEN:-$(gcloud auth print-identity-token)}"
export GEMINI_API_KEY GEMINI_CLI_CUSTOM_HEADERS="X-Serverless-Authorization: Bearer $token"
# Its sandbox gets these by name only.
export SANDBOX_ENV="GEMINI_CLI_CUSTOM_HEADERS=$GEMINI_CLI_CUSTOM_HEADERS"
exec gemini "$@"
`;
}
