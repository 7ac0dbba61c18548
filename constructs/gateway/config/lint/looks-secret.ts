/** What keys of well-known issuers begin with; each from the documentation or the secret scanning patterns of its issuer. */
const PREFIXES: readonly (readonly [RegExp, string])[] = [
  [/^AIza[\w-]{30,}/, 'an API key of Google'],
  [/^ya29\./, 'an access token of Google'],
  [/^sk-ant-/, 'an API key of Anthropic'],
  [/^sk-[\w-]{16,}/, 'an API key of OpenAI or LiteLLM'],
  [/^(sk|pk)-lf-/, 'a key of Langfuse'],
  [/^xox[abprs]-/, 'a token of Slack'],
  [/^https:\/\/hooks\.slack\.com\/services\//, 'a webhook of Slack'],
  [/^gh[pousr]_\w{30,}/, 'a token of GitHub'],
  [/^hf_\w{20,}/, 'a token of Hugging Face'],
  [/^(AKIA|ASIA)[A-Z0-9]{16}$/, 'an access key of AWS'],
  [/^eyJ[\w-]+\.eyJ[\w-]+\./, 'a JSON Web Token'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
  [/^[a-z]+:\/\/[^/\s:@]+:[^/\s@]+@/, 'a URL with a password'],
];

/** Names under which a value is secret, whatever it looks like. */
const SECRET_NAME = /(api_?key|password|passwd|secret|token|authorization|credentials?)$/i;

/** Bits a character: random base64 has nearly 6, English words and ids with a meaning under 4. */
const RANDOM_BITS = 4.2;
const RANDOM_LENGTH = 24;

/**
 * What a text seems to be, if it seems to be a secret. Names of models, hosts and resources are long, too: only what has no structure counts.
 * @param path where it stands; its last part is its name
 */
export function looksSecret(path: string, value: string): string | undefined {
  if (value.startsWith('os.environ/')) return undefined;
  const known = PREFIXES.find(([pattern]) => pattern.test(value));
  if (known) return known[1];
  const name = path.split('.').at(-1)!;
  if (SECRET_NAME.test(name) && value !== '' && value !== 'none') return `the value of a secret (${name})`;
  const word = /^[\w+/=-]+$/.test(value) && value.length >= RANDOM_LENGTH;
  if (word && /\d/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value) && entropy(value) >= RANDOM_BITS) return 'a random key';
  return undefined;
}

/** Shannon's, bits a character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
