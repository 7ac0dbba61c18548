/**
 * Flags that every instance has. Those of the log are what CIS Google Cloud Benchmark 3.0, section 6.2, asks for, and checkov with it
 * (CKV_GCP_51 to 57, 108 to 111).
 */
const FLAGS: Readonly<Record<string, string>> = {
  'cloudsql.enable_pgaudit': 'on',
  // Harmless where nobody logs in so, and no restart on the day when somebody does.
  'cloudsql.iam_authentication': 'on',
  log_checkpoints: 'on',
  log_connections: 'on',
  log_disconnections: 'on',
  log_error_verbosity: 'default',
  log_hostname: 'on',
  log_lock_waits: 'on',
  // Statements hold prompts and keys' hashes: only those that change the schema are logged, never data.
  log_min_duration_statement: '-1',
  log_min_error_statement: 'error',
  log_min_messages: 'warning',
  log_statement: 'ddl',
  log_temp_files: '0',
};

/** All flags of an instance, sorted: the service gives them back so. */
export function databaseFlags(maxConnections: number | undefined, own: Readonly<Record<string, string>> = {}) {
  const all = { ...FLAGS, ...(maxConnections !== undefined && { max_connections: String(maxConnections) }), ...own };
  return Object.entries(all)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => ({ name, value }));
}

/** Flags with a prop of their own, or that no other value may have. */
export const FIXED_FLAGS: Readonly<Record<string, string>> = {
  max_connections: 'use the prop `maxConnections`: the connection budget counts with it',
  'cloudsql.iam_authentication': 'it is always on',
};
