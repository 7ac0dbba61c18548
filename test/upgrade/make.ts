import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { appCommand } from '../../rehearsal/run/synthesize';
import { concernOf, environmentOf, pack, RELEASES, stacksOf } from './releases';

/**
 * Keeps what a release synthesizes: `npm run release:fixture`, in the commit of the release; or with the directory of another checkout, for
 * a release that was forgotten.
 */
function main(projectDir: string): void {
  const { version } = JSON.parse(readFileSync(join(projectDir, 'package.json'), 'utf8')) as { version: string };
  const directory = join(RELEASES, version);
  const outdir = mkdtempSync(join(tmpdir(), 'release-'));
  try {
    const { status } = spawnSync(appCommand(projectDir), {
      cwd: projectDir,
      shell: true,
      stdio: 'inherit',
      env: { ...process.env, CDKTF_OUTDIR: outdir, CHECKPOINT_DISABLE: '1' },
    });
    if (status !== 0) throw new Error(`${projectDir} does not synthesize.`);
    mkdirSync(directory, { recursive: true });
    rmSync(join(directory, 'environments'), { recursive: true, force: true });
    // Editors find the schemas in the working tree's own folder.
    const withoutSchemas = (source: string) => !source.endsWith('.schema.json');
    cpSync(join(projectDir, 'environments'), join(directory, 'environments'), { recursive: true, filter: withoutSchemas });
    writeFileSync(join(directory, 'stacks.zip'), pack(outdir));
    const upgrade = join(directory, 'upgrade.yaml');
    if (!existsSync(upgrade)) writeFileSync(upgrade, firstUpgrade(version, Object.keys(stacksOf(outdir))));
    process.stdout.write(`wrote ${directory}\n`);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** Nothing is edited or lost from one day to the next: whoever changes that says so. */
function firstUpgrade(version: string, stacks: readonly string[]): string {
  const environments = fewest(stacks).join(', ');
  return `# From ${version}. docs/upgrades.md says the same to people.\n\n# Between them they have every kind of stack.\nenvironments: [${environments}]\n`;
}

/** Environments that have every kind of stack between them: those with the most first. */
function fewest(stacks: readonly string[]): string[] {
  const environments = [...new Set(stacks.map(environmentOf))].sort();
  const concerns = (environment: string) => stacks.filter((id) => environmentOf(id) === environment).map(concernOf);
  const chosen: string[] = [];
  const missing = () => new Set(stacks.map(concernOf).filter((concern) => !chosen.flatMap(concerns).includes(concern)));
  while (missing().size > 0) {
    const gain = (environment: string) => concerns(environment).filter((concern) => missing().has(concern)).length;
    chosen.push(environments.reduce((best, each) => (gain(each) > gain(best) ? each : best)));
  }
  return chosen.sort();
}

main(resolve(process.argv[2] ?? '.'));
