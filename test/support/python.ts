import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Requirement } from './requirements';

const ROOT = join(__dirname, '../..');

/** A virtual environment in `.venv`, which git ignores: made once for what is asked of it, and then again when that is another. */
export class VirtualEnvironment {
  readonly directory: string;

  constructor(
    name: string,
    /** As pip takes them, with exact versions. */
    private readonly packages: readonly string[],
  ) {
    this.directory = join(ROOT, '.venv', name);
  }

  /** Path of a command that a package has installed. */
  command(name: string): string {
    return join(this.directory, 'bin', name);
  }

  /** Where the packages are: its name has the version of Python in it. */
  get packagesDirectory(): string {
    const library = join(this.directory, 'lib');
    const [python = ''] = readdirSync(library).filter((name) => name.startsWith('python'));
    return join(library, python, 'site-packages');
  }

  /** Makes it, unless it is there. Slow the first time. */
  prepare(): Requirement {
    const reason = `python3, at least 3.10, and a package index with ${this.packages.join(', ')}`;
    const receipt = join(this.directory, 'packages.txt');
    const wanted = this.packages.join('\n');
    if (existsSync(receipt) && readFileSync(receipt, 'utf8') === wanted) return { met: true, reason };
    const steps: readonly (readonly [string, readonly string[]])[] = [
      ['python3', ['-m', 'venv', '--clear', this.directory]],
      [this.command('pip'), ['install', '--quiet', '--disable-pip-version-check', ...this.packages]],
    ];
    for (const [command, args] of steps) {
      if (spawnSync(command, args, { stdio: 'ignore' }).status !== 0) return { met: false, reason };
    }
    writeFileSync(receipt, wanted);
    return { met: true, reason };
  }
}
