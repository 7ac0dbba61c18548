import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, parseDocument } from 'yaml';
import { ROOT } from './pages';

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A copy of this repository as it is on the disk, as its first commit: documentation's commands may write there. */
export class Scratch {
  private readonly parent = mkdtempSync(join(tmpdir(), 'docs-'));
  /** One below, so that what goes to `../` is removed with it. */
  readonly directory = join(this.parent, 'repository');

  constructor() {
    const listed = spawnSync('git', ['ls-files', '-z', '--', ':!test'], { cwd: ROOT, encoding: 'utf8' });
    for (const path of listed.stdout.split('\0').filter((each) => each !== '' && existsSync(join(ROOT, each)))) {
      cpSync(join(ROOT, path), join(this.directory, path));
    }
    const identity = ['-c', 'user.name=docs', '-c', 'user.email=docs@example.com', '-c', 'commit.gpgsign=false'];
    for (const args of [
      ['init', '-q'],
      ['add', '-A'],
      [...identity, 'commit', '-qm', 'as it is'],
    ]) {
      const { status, stderr } = spawnSync('git', args, { cwd: this.directory, encoding: 'utf8' });
      if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    }
    // After the commit: `node_modules/` in .gitignore is a directory, and this is a link.
    symlinkSync(join(ROOT, 'node_modules'), join(this.directory, 'node_modules'));
  }

  /** As a person would type it, into a pipe. */
  run(command: string): Ran {
    const env = { ...process.env, npm_config_loglevel: 'silent', NO_COLOR: '1', FORCE_COLOR: '0', CHECKPOINT_DISABLE: '1' };
    return spawnSync('bash', ['-c', command], { cwd: this.directory, encoding: 'utf8', env, maxBuffer: 64 * 1024 * 1024 });
  }

  /** Writes a part of an environment file into it, as a reader of a guide would. */
  edit(path: string, part: string): void {
    const file = join(this.directory, path);
    const document = parseDocument(readFileSync(file, 'utf8'));
    for (const [at, value] of leaves(parse(part))) document.setIn(at, value);
    writeFileSync(file, document.toString({ lineWidth: 0 }));
  }

  remove(): void {
    rmSync(this.parent, { recursive: true, force: true });
  }
}

function leaves(value: unknown, at: readonly string[] = []): [readonly string[], unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[at, value]];
  return Object.entries(value).flatMap(([key, each]) => leaves(each, [...at, key]));
}
