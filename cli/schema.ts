import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { jsonSchemaFiles } from '../configuration/json-schema';

/** A test fails while the files in `environments/` differ from what this writes. */
export function run(args: readonly string[]): void {
  new Command('schema')
    .description('Write the JSON Schemas that editors use for environment files, from configuration/schema/.')
    .option('-d, --directory <directory>', 'where to write them', 'environments')
    .action(({ directory }: { readonly directory: string }) => {
      for (const [name, text] of Object.entries(jsonSchemaFiles())) {
        writeFileSync(join(directory, name), text);
        console.log(`wrote ${join(directory, name)}`);
      }
    })
    .parse(args, { from: 'user' });
}
