import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { parse } from 'yaml';
import { foundIn, triage, triageSchema } from './advisories';
import { billOfMaterials } from './bill-of-materials';
import { licensesOf, licenseTables, withTables } from './licenses';
import { PROJECT, readLockFile } from './lock-file';

const PAGE = join(PROJECT, 'docs/supply-chain.md');

function licenses(): void {
  const found = licensesOf(readLockFile());
  writeFileSync(PAGE, withTables(readFileSync(PAGE, 'utf8'), licenseTables(found)));
  spawnSync(join(PROJECT, 'node_modules/.bin/prettier'), ['--write', PAGE]);
  console.log(`${found.own.length} packages come with this one, ${found.peers.length} are installed beside it.`);
  fail(found.problems);
}

function sbom(file: string): void {
  const bill = billOfMaterials();
  writeFileSync(file, `${JSON.stringify(bill, undefined, 2)}\n`);
  console.log(`${file}: ${bill.components.length} components`);
}

function audit(): void {
  // Its exit code says that there is something, which is what its report is for.
  const { stdout } = spawnSync('npm', ['audit', '--json', '--loglevel', 'silent'], { cwd: PROJECT, encoding: 'utf8' });
  const { advisories } = triageSchema.parse(parse(readFileSync(join(__dirname, 'advisories.yaml'), 'utf8')));
  const { open, gone, accepted } = triage(foundIn(stdout), advisories, new Date().toISOString().slice(0, 10));
  for (const each of gone) console.log(`${each} is gone: take it out of tools/supply-chain/advisories.yaml.`);
  console.log(`${accepted} known and triaged, ${open.length} open`);
  fail(open);
}

function fail(problems: readonly string[]): void {
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}

const program = new Command('supply-chain').description('What this package is made of.');
program
  .command('licenses')
  .description('Write the licences into docs/supply-chain.md; those that are not allowed are errors.')
  .action(licenses);
program.command('sbom <file>').description('Write a software bill of materials (CycloneDX).').action(sbom);
program.command('audit').description('Hold what npm knows to be wrong against tools/supply-chain/advisories.yaml.').action(audit);

try {
  program.parse();
} catch (error) {
  fail([(error as Error).message]);
}
