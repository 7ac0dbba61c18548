import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock';
import type { Requirement } from './requirements';

const ROOT = join(__dirname, '../..');

/** Installs 180 packages in a fifth of the time that pip takes. */
const INSTALLER = 'uv==0.13.9';

/** A command with its arguments and what it needs in its environment. */
export interface Step {
  readonly command: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

export interface VirtualEnvironmentOptions {
  /** What people call the packages; default: their list. */
  readonly title?: string;
  /** Oldest version of Python that the packages take; default: 3.10. */
  readonly python?: string;
  /** What has to run once the packages are there. */
  readonly finish?: (environment: VirtualEnvironment) => readonly Step[];
}

/** The packages of a lock file that `uv pip compile` has made; its first lines say how it is renewed. */
export function lockedPackages(path: string): string[] {
  const lines = readFileSync(join(ROOT, path), 'utf8').split('\n');
  return lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
}

/** A virtual environment in `.venv`, which git ignores: made once for what is asked of it, and then again when that is another. */
export class VirtualEnvironment {
  readonly directory: string;

  constructor(
    private readonly name: string,
    /** As pip takes them, with exact versions. */
    private readonly packages: readonly string[],
    private readonly options: VirtualEnvironmentOptions = {},
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

  /** Makes it, unless it is there. Slow the first time; of two test files that want it at once, one waits for the other. */
  prepare(): Requirement {
    const reason = `python3, at least ${this.options.python ?? '3.10'}, and a package index with ${this.options.title ?? this.packages.join(', ')}`;
    return withLock(join(ROOT, '.venv', `${this.name}.lock`), () => this.make(reason));
  }

  private make(reason: string): Requirement {
    const receipt = join(this.directory, 'packages.txt');
    const wanted = this.packages.join('\n');
    if (existsSync(receipt) && readFileSync(receipt, 'utf8') === wanted) return { met: true, reason };
    const install: readonly Step[] = [
      { command: 'python3', args: ['-m', 'venv', '--clear', this.directory] },
      { command: this.command('pip'), args: ['install', '--quiet', '--disable-pip-version-check', INSTALLER] },
      { command: this.command('uv'), args: ['pip', 'install', '--quiet', '--python', this.command('python'), ...this.packages] },
    ];
    for (const step of install) if (!runs(step).done) return { met: false, reason };
    for (const step of this.options.finish?.(this) ?? []) {
      const { done, said } = runs(step);
      if (!done) return { met: false, reason: `${reason}; ${step.command} ended with: ${said.trim().split('\n').pop()}` };
    }
    writeFileSync(receipt, wanted);
    return { met: true, reason };
  }
}

function runs({ command, args, environment = {} }: Step): { readonly done: boolean; readonly said: string } {
  const child = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, ...environment } });
  return { done: child.status === 0, said: child.error?.message ?? `${child.stdout}${child.stderr}` };
}
