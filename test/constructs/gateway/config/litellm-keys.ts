/** `npm run litellm-keys -- --version X`: what another version of LiteLLM reads and the pinned one does not, and the other way round. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { VirtualEnvironment } from '../../../support/python';
import { differences, extractKeys, FOLDER, type KnownKeys } from './extract-keys';

const FILE = join(FOLDER, 'known-keys.json');

interface Flags {
  readonly version: string;
  readonly write?: true;
}

const pinned = (): KnownKeys => JSON.parse(readFileSync(FILE, 'utf8')) as KnownKeys;

function versionNumber(text: string): string {
  if (!/^\d+\.\d+\.\d+$/.test(text)) throw new InvalidArgumentError('Allowed is a version such as 1.106.2.');
  return text;
}

new Command('litellm-keys')
  .description(
    'Compares the keys and prices of a version of LiteLLM with those of the pinned one. Its packages are installed under .venv/.',
  )
  .option('--version <version>', 'version on the package index', versionNumber, pinned().version)
  .option('--write', 'make it the pinned version: writes known-keys.json')
  .addHelpText('after', '\nExit code: 0, or 1 if the version cannot be installed.')
  .action(({ version, write }: Flags) => {
    const environment = new VirtualEnvironment(`litellm-${version}`, [`litellm[proxy,extra_proxy,proxy-runtime]==${version}`]);
    const { met, reason } = environment.prepare();
    if (!met) {
      process.stderr.write(`LiteLLM ${version} cannot be installed. Needed is: ${reason}\n`);
      process.exitCode = 1;
      return;
    }
    const [before, after] = [pinned(), extractKeys(environment)];
    const lines = differences(before, after);
    process.stdout.write(
      `${[`LiteLLM ${before.version} → ${after.version}`, ...(lines.length > 0 ? lines : ['no difference'])].join('\n')}\n`,
    );
    if (write) writeFileSync(FILE, `${JSON.stringify(after, undefined, 2)}\n`);
  })
  .parse();
