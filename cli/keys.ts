import { createInterface } from 'node:readline/promises';
import { Command, Option } from 'commander';
import { ConfigurationError, type Environment, loadEnvironments, reportConfigurationError } from '../configuration';
import { desiredOf, GatewayApi, KeysError, type Outcome, run as carryOut, SecretManager } from '../keys';
import { ApplicationDefaultCredentials } from './keys-credentials';

interface Flags {
  readonly directory: string;
  readonly url?: string;
  readonly audience?: string;
  readonly delete?: true;
  readonly json?: true;
  readonly plan?: string;
  readonly yes?: true;
}

const EXIT: Readonly<Record<Outcome | 'failed', number>> = { 'as-written': 0, applied: 0, declined: 1, problems: 1, failed: 1, drift: 2 };

const HELP = `
Examples:
  npm run keys -- plan dev                         what differs between the file and the gateway
  npm run keys -- apply dev                        shows it, asks, does it
  npm run keys -- apply dev --plan 3f9a01c2d4e5    does it if it is still the plan of this id; asks nothing
  npm run keys -- plan prod --delete               keys that are not in the file would be deleted, not only blocked

New keys go straight to Secret Manager, and are never shown. The master key is read from there, or from LITELLM_MASTER_KEY.
Where only the network of the environment leads to administration, the job of the stack does the same (gateway.keysJob).

Exit codes:
  0  the gateway is as the file says, or was made so
  1  something could not be done (the message says what), or was declined
  2  plan only: there is something to do`;

export async function run(args: readonly string[]): Promise<void> {
  const program = new Command('keys')
    .description('Teams, virtual keys and budgets of a gateway, as the environment file has them.')
    .addHelpText('after', HELP);

  for (const mode of ['plan', 'apply'] as const) {
    const command = program
      .command(mode)
      .description(mode === 'plan' ? 'Shows what would be done.' : 'Shows what is going to be done, asks, and does it.')
      .argument('<environment>', 'name of a file in environments/, without .yaml')
      .option('-d, --directory <directory>', 'directory of the environment files', 'environments')
      .option('--url <url>', "the gateway's URL. Default: the first domain of its front door")
      .option('--audience <url>', 'audience of the ID token for Cloud Run. Default: the URL')
      .option('--delete', 'delete what is not in the file any more, instead of blocking it')
      .option('--json', 'print the plan as JSON');
    if (mode === 'apply') {
      command.option('--plan <id>', 'do only what the plan of this id has');
      command.addOption(new Option('--yes', 'do not ask').conflicts('plan'));
    }
    command.action((name: string, flags: Flags) => execute(mode, name, flags));
  }

  await program.parseAsync(args, { from: 'user' });
}

async function execute(mode: 'plan' | 'apply', name: string, flags: Flags): Promise<void> {
  try {
    process.exitCode = EXIT[await keys(mode, name, flags)];
  } catch (error) {
    if (error instanceof ConfigurationError) console.error(reportConfigurationError(error));
    else if (error instanceof KeysError) console.error([error.message, ...hintOf(error)].join('\n'));
    else throw error;
    process.exitCode = EXIT.failed;
  }
}

async function keys(mode: 'plan' | 'apply', name: string, flags: Flags): Promise<Outcome> {
  const environments = loadEnvironments(flags.directory);
  const environment = environments.find((each) => each.name === name);
  if (!environment) throw new KeysError(`there is no environment ${name}. There are: ${environments.map((each) => each.name).join(', ')}`);
  const desired = desiredOf(environment);
  if (!desired) throw new KeysError(`the environment ${name} has no gateway`);
  const url = flags.url ?? urlOf(environment);
  const credentials = new ApplicationDefaultCredentials();
  const secrets = new SecretManager(credentials);
  const gateway = new GatewayApi({
    url,
    masterKey: process.env.LITELLM_MASTER_KEY ?? (await masterKeyFrom(secrets, desired.masterKeySecret)),
    // On this machine there is no Cloud Run that asks.
    credentials: url.startsWith('https:') ? credentials : undefined,
    audience: flags.audience,
  });
  return carryOut(
    desired,
    { gateway, secrets, now: Date.now },
    {
      mode,
      delete: flags.delete === true,
      expected: flags.plan,
      json: flags.json === true,
      confirm: async () => flags.yes === true || asked(),
      print: (text) => console.log(text),
    },
  );
}

/** What front doors answer where administration is closed. */
const hintOf = ({ status, message }: KeysError): string[] =>
  [302, 403, 404].includes(status) && /\/(key|team)\/list/.test(message)
    ? ['Administration may be closed at this address. Use one from which it is reached (--url), or the job (gateway.keysJob).']
    : [];

function urlOf({ name, gateway }: Environment): string {
  const [domain] = Object.keys(gateway?.frontDoor?.domains ?? {});
  if (domain === undefined) throw new KeysError(`the gateway of ${name} has no domain. Say where it is with --url`);
  return `https://${domain}`;
}

async function masterKeyFrom(secrets: SecretManager, secret: string): Promise<string> {
  const value = await secrets.newest(secret);
  if (value === undefined) throw new KeysError(`${secret} has no version: deploy the stack of the gateway first`);
  return value;
}

async function asked(): Promise<boolean> {
  if (!process.stdin.isTTY) throw new KeysError('nobody is there to be asked. Name the plan that you have read: --plan ID');
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await lines.question('\nDo this? Only yes is taken for it: ');
  lines.close();
  return answer === 'yes';
}
