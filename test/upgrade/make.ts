import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { appCommand } from '../../rehearsal/run/synthesize';
import { pack, RELEASES } from './releases';

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
    process.stdout.write(`wrote ${directory}\n`);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

main(resolve(process.argv[2] ?? '.'));
