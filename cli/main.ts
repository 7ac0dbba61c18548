#!/usr/bin/env node
import { Command } from 'commander';
import { COMMANDS } from './commands';
import { runCommand } from './run-command';
import { version } from './version';

const HELP = `
Where the package is installed, a command is called as:
  npx cdktf-vertex-gateway rehearse --help
In a repository with a script of its name, as the ones that \`init\` makes:
  npm run rehearse -- --help`;

/** What is said when no command is called: the list of them, the version, or which one may have been meant. */
function overview(): Command {
  const program = new Command('cdktf-vertex-gateway')
    .description('Gemini and self-hosted models on Google Cloud: environments as files, checked, rehearsed, reviewed and deployed.')
    .version(version(), '-V, --version')
    .addHelpText('after', HELP)
    .showSuggestionAfterError()
    .configureHelp({ subcommandTerm: (command) => command.name() });
  for (const [name, { summary }] of Object.entries(COMMANDS)) program.command(name).description(summary);
  return program;
}

/** Calls the command that is named first with all that follows, as it stands. */
async function main([name = '', ...args]: readonly string[]): Promise<void> {
  const asked = name === 'help' ? args[0] : name;
  const command = asked !== undefined && Object.hasOwn(COMMANDS, asked) ? COMMANDS[asked] : undefined;
  if (command) await command.load().run(name === 'help' ? ['--help'] : args);
  else await runCommand(overview(), name === '' ? [] : [name, ...args]);
}

void main(process.argv.slice(2));
