/**
 * Attributes that hold a secret though no schema marks them: keys inside JSON, YAML and maps of environment variables, where a provider
 * sees only text. What merely names a secret (`secret_id`, `password_length`, `token_format`) does not match.
 */
const SECRET_NAME =
  /(^|[_.-])(password|passwd|passphrase|secret_data|secret_string|secret_binary|private_key|private_key_data|client_secret|secret_key|secret_access_key|api_key|apikey|auth_token|access_token|refresh_token|bearer_token|master_key|salt_key|signing_key|webhook_secret|service_account_key)$/i;

const snake = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2');

/** A reference to where the secret is kept, not the secret: `os.environ/NAME`, a resource name, an expression. */
const REFERENCE = /^(os\.environ\/|projects\/|arn:|\$\{|\$\(|\*+$)/;

export const isSecretByName = (name: string, value: string): boolean =>
  value !== '' && SECRET_NAME.test(snake(name)) && !REFERENCE.test(value);
