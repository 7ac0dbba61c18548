import { execFile, spawnSync } from 'node:child_process';
import { existsSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { RehearsalError } from './exit-codes';

const execute = promisify(execFile);

/** A revision as git knows it. */
export interface Revision {
  readonly name: string;
  readonly commit: string;
}

/** Asks git for the revision, so that a typing error is told before anything starts. */
export function findRevision(projectDir: string, name: string, option = '--from'): Revision {
  const git = spawnSync('git', ['-C', projectDir, 'rev-parse', '--verify', '--quiet', `${name}^{commit}`], { encoding: 'utf8' });
  if (git.error !== undefined) throw new RehearsalError('usage', `${option} needs git: ${git.error.message}`);
  const commit = git.stdout.trim();
  if (git.status === 0 && /^[0-9a-f]{40,64}$/.test(commit)) return { name, commit };
  const inside = spawnSync('git', ['-C', projectDir, 'rev-parse', '--git-dir']).status === 0;
  if (!inside) throw new RehearsalError('usage', `${option} ${name}: ${projectDir} is not in a git repository`);
  const shallow =
    spawnSync('git', ['-C', projectDir, 'rev-parse', '--is-shallow-repository'], { encoding: 'utf8' }).stdout.trim() === 'true';
  const hint = shallow
    ? ' This clone is shallow: fetch the revision first (git fetch --unshallow).'
    : existsSync(resolve(projectDir, name)) && name !== ''
      ? ` ${name} is a directory or file, and no manifest.json of synthesized stacks is in it.`
      : ' Look for it with `git log --oneline` or `git branch -a`.';
  throw new RehearsalError('usage', `${option} ${name}: git knows no such revision.${hint}`);
}

/**
 * Lays the repository out as it was then, in a directory of its own: the working tree and git's own files stay as they are. It runs with the
 * packages that are installed now. Gives back where in it the project is: that may be a folder, and use what is beside it.
 */
export async function layOut(projectDir: string, revision: Revision, directory: string): Promise<string> {
  const [top = projectDir, folder = ''] = placeInRepository(projectDir);
  // A file between the two, and no pipe: tar may stop reading at the end of the archive, before git has written its padding.
  const archive = `${directory}.tar`;
  try {
    await execute('git', ['-C', top, 'archive', '--format=tar', `--output=${archive}`, revision.commit]);
    await execute('tar', ['-x', '-f', archive, '-C', directory]);
  } catch (error) {
    const said = ((error as { stderr?: string }).stderr || (error as Error).message).trim();
    throw new RehearsalError('disk', `${revision.name} could not be laid out in ${directory}: ${said}`);
  } finally {
    rmSync(archive, { force: true });
  }
  const app = join(directory, folder);
  if (!existsSync(app)) throw new RehearsalError('usage', `${folder} is not in ${revision.name} (${revision.commit.slice(0, 10)})`);
  linkPackages(top, folder, directory);
  return app;
}

/** The top directory of the repository, and the way from there to the project: `infra/gateway/`. */
function placeInRepository(projectDir: string): string[] {
  const git = spawnSync('git', ['-C', projectDir, 'rev-parse', '--show-toplevel', '--show-prefix'], { encoding: 'utf8' });
  return git.status === 0 ? git.stdout.split('\n') : [];
}

/** The packages of the project, and those of the folders around it: one of them may hold them for all. What was committed is there already. */
function linkPackages(top: string, folder: string, directory: string): void {
  const steps = folder.split('/').filter((step) => step !== '');
  for (let depth = 0; depth <= steps.length; depth++) {
    const modules = join(...steps.slice(0, depth), 'node_modules');
    const [installed, place] = [join(top, modules), join(directory, modules)];
    if (!existsSync(installed) || existsSync(place)) continue;
    // A link that was committed: from here it leads nowhere.
    rmSync(place, { force: true });
    symlinkSync(installed, place, 'dir');
  }
}
