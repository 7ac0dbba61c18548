import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { jsonSchemaFiles } from '../configuration/json-schema';
import { fromSystemError } from '../rehearsal/run/exit-codes';
import { runCommand, Told } from './run-command';

/** A test fails while the files in `environments/` differ from what this writes. */
const program = (): Command =>
  new Command('schema')
    .description('Write the JSON Schemas that editors use for environment files, from configuration/schema/.')
    .option('-d, --directory <directory>', 'where to write them', 'environments')
    .action(({ directory }: { readonly directory: string }) => {
      if (!existsSync(directory))
        throw new Told(`${directory} does not exist: start this beside the environment files, or name their directory with --directory.`);
      for (const [name, text] of Object.entries(jsonSchemaFiles())) {
        writeFileSync(join(directory, name), text);
        console.log(`wrote ${join(directory, name)}`);
      }
    });

function explain(error: unknown) {
  const known = fromSystemError(error);
  return known && { message: known.message, exitCode: 1 };
}

export const run = (args: readonly string[]): Promise<void> => runCommand(program(), args, explain);
