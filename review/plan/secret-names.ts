/**
 * Names that say "secret" though no schema marks them: keys inside JSON, YAML and maps of environment variables, where a provider sees only
 * text. What merely names a secret (`secret_id`, `password_length`, `token_format`) does not match.
 */
const NAMES =
  'password|passwd|passphrase|secret_?data|secret_?string|secret_?binary|private_?key(?:_?data)?|client_?secret|secret_?key|secret_?access_?key|' +
  'api_?key|auth_?token|access_?token|refresh_?token|bearer_?token|master_?key|salt_?key|signing_?key|webhook_?secret|service_?account_?key';

const SECRET_NAME = new RegExp(`(?:^|[_.-]|[a-z0-9](?=[A-Z]))(?:${NAMES})$`, 'i');

/** A reference to where the secret is kept, not the secret: `os.environ/NAME`, a resource name, an expression; or a mask. */
const REFERENCE = /^(os\.environ\/|projects\/|arn:|\$\{|\$\(|\*+$|\(sensitive value|null$|true$|false$)/;

export const isSecretByName = (name: string, value: string): boolean => value !== '' && SECRET_NAME.test(name) && !REFERENCE.test(value);

/** A name that says "secret", and what it is given: in JSON (also inside a JSON text), YAML, variables of a shell. */
const NAMED = new RegExp(
  `((?:${NAMES})\\\\{0,8}["']?\\s{0,4}[:=]\\s{0,4})` +
    `(?:(\\\\{0,8}")([^]{0,20000}?)(?<!\\\\)\\2|(')([^']{0,20000})|([^\\s"',;&{}\\[\\]\\\\]+))`,
  'gi',
);

const HINT = /pass|secret|key|token/i;

/** Masks in a text whatever stands behind such a name. */
export function maskNamed(text: string, mask: (secret: string) => string): string {
  if (!HINT.test(text)) return text;
  return text.replace(NAMED, (whole: string, start: string, ...groups: (string | undefined)[]) => {
    const [double, inDouble, single, inSingle, bare] = groups;
    const value = inDouble ?? inSingle ?? bare ?? '';
    return value === '' || REFERENCE.test(value) ? whole : start + (double ?? single ?? '') + mask(value) + (double ?? '');
  });
}
