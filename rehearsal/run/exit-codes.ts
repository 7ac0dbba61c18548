/** How a rehearsal ends. One table: `--help` prints it, the tests hold it, nothing else chooses a number. */
export const EXIT = {
  ok: { code: 0, meaning: 'every stack deployed, the second plan was empty, no secret was found in a file' },
  bug: { code: 1, meaning: 'a bug in the rehearsal itself (DEBUG=1 shows where)' },
  usage: { code: 2, meaning: 'unknown option, environment, revision or fault' },
  synthesis: { code: 3, meaning: 'the stacks do not synthesize: a broken environment file, or an error in a stack' },
  engine: { code: 4, meaning: 'no terraform 1.11 or newer and no OpenTofu 1.11 or newer' },
  types: { code: 5, meaning: 'a stack uses a type, or a provider, that the rehearsal knows nothing of' },
  deploy: { code: 6, meaning: 'init, plan or apply of a stack failed' },
  notEmpty: { code: 7, meaning: 'the second plan was not empty' },
  leak: { code: 8, meaning: 'a secret value was found in a file' },
  destroy: { code: 9, meaning: '--destroy failed, or left something behind' },
  diverged: { code: 10, meaning: 'after a fault the next run did not come to the same end' },
  busy: { code: 11, meaning: 'the directory, a state or a socket is in use by another process' },
  disk: { code: 12, meaning: 'the disk is full, or a directory cannot be written' },
  interrupted: { code: 130, meaning: 'interrupted (Ctrl-C)' },
} as const;

export type Outcome = keyof typeof EXIT;

/** Something a person can put right. The message is all that is shown: what is wrong, where, what is allowed, what to do. */
export class RehearsalError extends Error {
  constructor(
    readonly outcome: Outcome,
    message: string,
  ) {
    super(message);
    this.name = 'RehearsalError';
  }

  get exitCode(): number {
    return EXIT[this.outcome].code;
  }
}

/**
 * Several failures as one error with all their messages. The one that explains most decides the exit code: an interrupt, the disk and locks
 * come before what they lead to. A bug is thrown as it is.
 */
export function throwAll(errors: readonly unknown[], notes: readonly string[] = []): void {
  if (errors.length === 0) return;
  const bug = errors.find((error) => !(error instanceof RehearsalError));
  if (bug !== undefined) throw fromSystemError(bug) ?? bug;
  const known = errors as RehearsalError[];
  const first = FIRST.map((outcome) => known.find((error) => error.outcome === outcome)).find((error) => error !== undefined) ?? known[0]!;
  if (first.outcome === 'interrupted') throw first;
  throw new RehearsalError(first.outcome, [...known.map((error) => error.message), ...notes].join('\n'));
}

const FIRST: readonly Outcome[] = ['interrupted', 'disk', 'busy'];

const DISK: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; make room, or choose a directory on another disk (a rehearsal has --keep and TMPDIR for that)',
  EDQUOT: 'the disk quota is used up; make room, or choose a directory on another disk (a rehearsal has --keep and TMPDIR for that)',
  EROFS: 'it is on a read-only file system; choose another directory (a rehearsal has --keep and TMPDIR for that)',
  EACCES: 'this user may not write there; choose another directory (a rehearsal has --keep and TMPDIR for that)',
  EPERM: 'this user may not write there; choose another directory (a rehearsal has --keep and TMPDIR for that)',
  ENOTDIR: 'part of the path is a file, not a directory; choose another directory',
};

const BUSY: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the socket is in use by another process',
  EMFILE: 'this process has too many files open; raise the limit with `ulimit -n`',
  ENFILE: 'the machine has too many files open',
  EAGAIN: 'the machine lets this user start no more processes',
};

/** What the operating system refused, in a person's words; undefined for everything that is not its doing. */
export function fromSystemError(error: unknown): RehearsalError | undefined {
  const { code, path, address, syscall } = error as { code?: string; path?: string; address?: string; syscall?: string };
  if (code === undefined) return undefined;
  const where = path ?? address;
  const prefix = where === undefined ? '' : `${where}: `;
  if (code === 'EEXIST' && syscall === 'mkdir')
    return new RehearsalError('disk', `${prefix}a file is where a directory would have to be; choose another directory (${code})`);
  if (DISK[code] !== undefined) return new RehearsalError('disk', `${prefix}${DISK[code]} (${code})`);
  if (BUSY[code] !== undefined) return new RehearsalError('busy', `${prefix}${BUSY[code]} (${code})`);
  return undefined;
}
