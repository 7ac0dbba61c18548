import { Command } from 'commander';
import { firstDeploy, needsOf, takeAway } from '../bootstrap';
import { RehearsalError } from '../rehearsal/run/exit-codes';
import { select } from '../rehearsal/run/stacks';
import { runCommand } from './run-command';
import { withStacks } from './with-stacks';

interface Flags {
  readonly person?: string;
  readonly stateProject?: string;
  readonly takeAway?: true;
}

const EXAMPLES = `
Examples:
  npm run --silent bootstrap -- prod > first-deploy.sh          read it, then: bash first-deploy.sh
  npm run --silent bootstrap -- prod --take-away | bash         the roles of the first person away again

Nothing is called and nothing is changed: the script is printed. It is read off the synthesized stacks, so it is true for this environment.
docs/guides/first-deploy.md goes through it.

Exit code: 0, or what a rehearsal ends with: 2 unknown environment, 3 the stacks do not synthesize.
`;

const program = (): Command =>
  new Command('bootstrap')
    .description(
      'Prints the script of a first deploy: APIs, state bucket, service agents, the roles that a person needs, images and secrets that must be there, stacks in their order.',
    )
    .argument('<environment>', 'name of a file in environments/, without .yaml')
    .option('--person <member>', 'who deploys, e.g. user:jane@acme.example (default: whoever is logged in to gcloud)')
    .option('--state-project <id>', 'project of the state bucket (default: that of its key, else that of the environment)')
    .option('--take-away', 'print instead what takes the roles of the person away again')
    .addHelpText('after', EXAMPLES)
    .showSuggestionAfterError()
    .action(print);

async function print(environment: string, { takeAway: away, ...choices }: Flags): Promise<void> {
  const needs = await withStacks(process.cwd(), (stacks) => needsOf(environment, select(stacks, [environment])));
  process.stdout.write((away ? takeAway : firstDeploy)(needs, choices));
}

export const run = (args: readonly string[]): Promise<void> =>
  runCommand(program(), args, (error) => (error instanceof RehearsalError ? error : undefined));
