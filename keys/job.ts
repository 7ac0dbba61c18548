import { MetadataCredentials } from './credentials';
import { GatewayApi } from './gateway-api';
import { KeysError } from './http';
import { run } from './run';
import { SecretManager } from './secret-manager';
import type { Desired } from './settings';

/**
 * What the Cloud Run job runs (program.ts makes one file of it). Arguments: `plan`, or `apply ID` with the id of the plan that is wanted; and
 * `--delete`. From the environment: GATEWAY_KEYS (what is wanted, JSON), GATEWAY_URL, LITELLM_MASTER_KEY.
 */
const USAGE = 'Arguments: plan [--delete], or apply ID [--delete], where ID is that of the plan.';

async function main(args: readonly string[]): Promise<number> {
  const words = args.filter((arg) => !arg.startsWith('--'));
  const [mode = 'plan', expected] = words;
  const unknown = args.filter((arg) => arg.startsWith('--') && arg !== '--delete');
  const wanted = (mode === 'plan' && words.length <= 1) || (mode === 'apply' && words.length === 2);
  if (!wanted || unknown.length > 0) throw new KeysError(USAGE);
  const credentials = new MetadataCredentials();
  const gateway = new GatewayApi({ url: variable('GATEWAY_URL'), masterKey: variable('LITELLM_MASTER_KEY'), credentials });
  const desired = JSON.parse(variable('GATEWAY_KEYS')) as Desired;
  const outcome = await run(
    desired,
    { gateway, secrets: new SecretManager(credentials), now: Date.now },
    { mode: mode as 'plan' | 'apply', delete: args.includes('--delete'), expected, json: false, confirm: async () => false, print },
  );
  return outcome === 'problems' ? 1 : 0;
}

function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new KeysError(`${name} is not set`);
  return value;
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
