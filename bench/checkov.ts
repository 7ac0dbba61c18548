import { spawnSync } from 'node:child_process';
import { VirtualEnvironment } from '../test/support/python';

const environment = new VirtualEnvironment('checkov', ['checkov==3.3.30']);

/** One check on one resource. */
export interface CheckovResult {
  readonly check: string;
  readonly title: string;
  readonly file: string;
  readonly resource: string;
  readonly failed: boolean;
}

export interface CheckovRun {
  readonly results: readonly CheckovResult[];
  /** Files that it gave up on. */
  readonly unreadable: number;
}

interface Summary {
  readonly results: { readonly failed_checks: readonly Check[]; readonly passed_checks?: readonly Check[] };
  readonly summary: { readonly parsing_errors: number };
}

interface Check {
  readonly check_id: string;
  readonly check_name: string;
  readonly file_path: string;
  readonly resource: string;
}

/** Makes it available; the first time it is installed. */
export function prepareCheckov(): void {
  const { met, reason } = environment.prepare();
  if (!met) throw new Error(`checkov is not available: it needs ${reason}`);
}

/** What checkov says of a folder of `*.tf.json` files, without the network: no update check, no guidelines, no severities. */
export function checkov(directory: string): CheckovRun {
  const args = ['-d', directory, '--framework', 'terraform_json', '-o', 'json', '--skip-download', '--compact'];
  const env = { ...process.env, CKV_SKIP_PACKAGE_UPDATE_CHECK: 'True', BC_SKIP_MAPPING: 'TRUE' };
  const { stdout, stderr } = spawnSync(environment.command('checkov'), args, { encoding: 'utf8', env, maxBuffer: 2 ** 28 });
  const start = stdout.indexOf('{');
  if (start < 0) throw new Error(`checkov printed no report:\n${stderr.slice(-2000)}`);
  const { results, summary } = JSON.parse(stdout.slice(start)) as Summary;
  const read = (checks: readonly Check[], failed: boolean): CheckovResult[] =>
    checks.map(({ check_id: check, check_name: title, file_path: file, resource }) => ({ check, title, file, resource, failed }));
  return {
    results: [...read(results.failed_checks, true), ...read(results.passed_checks ?? [], false)],
    unreadable: summary.parsing_errors,
  };
}
