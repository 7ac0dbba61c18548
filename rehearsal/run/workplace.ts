import { existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fromSystemError, RehearsalError } from './exit-codes';

/** Marks a directory as one that rehearsals may use, and says whose process uses it now. */
const MARKER = 'rehearsal.json';
const LOCK = 'rehearsal.lock';

/** The directory of a rehearsal: synthesized stacks, states, plans, logs, and what the embedded providers hold. */
export class Workplace {
  private constructor(
    readonly directory: string,
    /** False: it is removed at the end. */
    readonly kept: boolean,
  ) {}

  /** A directory of its own under the system's temporary directory, or the given one, which a later rehearsal goes on from. */
  static open(keep: string | undefined): Workplace {
    try {
      if (keep === undefined) return new Workplace(mkdtempSync(join(tmpdir(), 'rehearsal-')), false);
      const place = new Workplace(resolve(keep), true);
      place.occupy();
      return place;
    } catch (error) {
      throw fromSystemError(error) ?? error;
    }
  }

  path(...parts: string[]): string {
    return join(this.directory, ...parts);
  }

  /** A workplace inside this one, empty, that goes when this one goes. */
  within(name: string): Workplace {
    return new Workplace(this.fresh(name), false);
  }

  /** A directory in it, empty. */
  fresh(...parts: string[]): string {
    const directory = this.path(...parts);
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true });
    return directory;
  }

  /**
   * Settings that stand in for a person's own (mirrors, tokens, plugin caches). Nothing is installed in a rehearsal: a provider that is not
   * embedded is missed at once, and no registry is asked for it.
   */
  engineSettings(): string {
    const file = this.path('engine.tfrc');
    const none = 'provider_installation {\n  direct {\n    exclude = ["*/*/*"]\n  }\n}\ndisable_checkpoint = true\n';
    if (!existsSync(file)) writeFileSync(file, none);
    return file;
  }

  close(): void {
    const gone = this.kept ? this.path(LOCK) : this.directory;
    rmSync(gone, { recursive: true, force: true, maxRetries: 3 });
  }

  private occupy(): void {
    makeDirectory(this.directory);
    const foreign = readdirSync(this.directory).length > 0 && !existsSync(this.path(MARKER)) && !existsSync(this.path(LOCK));
    if (foreign) {
      throw new RehearsalError('usage', `${this.directory} is not empty and not from a rehearsal; name a new or an empty directory`);
    }
    this.lock();
    try {
      writeFileSync(this.path(MARKER), `${JSON.stringify({ made: 'by `npm run rehearse`; delete the directory to begin anew' })}\n`);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  private lock(): void {
    // Linked into its place, so that nobody ever sees a lock without an owner in it.
    const mine = this.path(`${LOCK}.${process.pid}`);
    try {
      writeFileSync(mine, `${process.pid}\n`);
      for (let attempt = 1; !linked(mine, this.path(LOCK)); attempt++) {
        const owner = Number(readFileSync(this.path(LOCK), 'utf8'));
        if (attempt > 1 || isAlive(owner)) {
          throw new RehearsalError(
            'busy',
            `${this.directory} is in use by another rehearsal (process ${owner}); wait for it, or use another directory`,
          );
        }
        // Its owner was killed before it could tidy up.
        rmSync(this.path(LOCK));
      }
    } finally {
      rmSync(mine, { force: true });
    }
  }
}

/** False: there is such a file already. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Node's own recursive mkdir calls a read-only file system "no such file", and never ends under /proc. */
function makeDirectory(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && statSync(path).isDirectory()) return;
    if (code === 'EEXIST') throw new RehearsalError('usage', `${path} is a file; name a directory`);
    if (code !== 'ENOENT') throw error;
    if (existsSync(dirname(path))) throw new RehearsalError('disk', `${path}: no directory can be made there`);
    makeDirectory(dirname(path));
    mkdirSync(path);
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Where a stack's state is kept, whoever runs the engine on it. */
export const stateFileOf = (place: Workplace, stackId: string): string => place.path('state', `${stackId}.tfstate`);
