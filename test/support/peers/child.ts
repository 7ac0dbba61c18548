import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const GUARD = join(__dirname, 'guard.sh');
const KEPT_CHARACTERS = 200_000;
const GRACE_MILLISECONDS = 10_000;

export interface ChildProps {
  readonly command: string;
  readonly args: readonly string[];
  /** All of it: nothing of this process's own environment is passed on. */
  readonly environment: Readonly<Record<string, string>>;
  readonly directory?: string;
  /** User that it runs as; default: the one of this process. */
  readonly uid?: number;
}

/** A process of a peer. What it says is kept for the message of a failure; it never outlives this process (guard.sh). */
export class Child {
  /** What it has said so far, without the oldest part if that was very much. */
  log = '';
  /** Fulfilled with the exit code as soon as it has ended. */
  readonly ended: Promise<number>;
  private readonly process: ChildProcess;

  constructor(private readonly props: ChildProps) {
    this.process = spawn('/bin/sh', [GUARD, props.command, ...props.args], {
      cwd: props.directory,
      env: { ...props.environment },
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(props.uid === undefined ? {} : { uid: props.uid, gid: props.uid }),
    });
    this.process.stdout?.on('data', (chunk: Buffer) => this.keep(chunk));
    this.process.stderr?.on('data', (chunk: Buffer) => this.keep(chunk));
    this.ended = new Promise((resolve, reject) => {
      this.process.once('error', reject);
      this.process.once('exit', (code) => resolve(code ?? 1));
    });
  }

  get running(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  /** Leader of the group that all its processes are in. */
  get group(): number {
    return this.process.pid ?? 0;
  }

  /** Polls until the check holds. Fails with what the process has said when it ends before, or after `seconds`. */
  async ready(check: () => Promise<boolean>, seconds: number): Promise<void> {
    const end = Date.now() + seconds * 1000;
    while (!(await check().catch(() => false))) {
      if (!this.running) throw new Error(`${this.props.command} ended with ${await this.ended}:\n${this.log.slice(-4000)}`);
      if (Date.now() > end) throw new Error(`${this.props.command} was not ready after ${seconds} s:\n${this.log.slice(-4000)}`);
      await sleep(100);
    }
  }

  /** Asks it to end, and makes it end if it does not within ten seconds. */
  async stop(): Promise<void> {
    if (!this.running) return;
    this.process.kill('SIGTERM');
    const stopped = await Promise.race([this.ended, sleep(GRACE_MILLISECONDS, undefined, { ref: false })]);
    if (stopped !== undefined) return;
    // Closing its standard input makes the guard kill the whole group.
    this.process.stdin?.end();
    await this.ended;
  }

  private keep(chunk: Buffer): void {
    this.log = (this.log + chunk.toString()).slice(-KEPT_CHARACTERS);
  }
}

/** Below those that Linux (from 32768) and others (from 49152) give whoever asks for any: one that starts slowly finds its own still free. */
const PORTS = { from: 10_240, to: 32_768 };

/** A port on loopback that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const port = randomInt(PORTS.from, PORTS.to);
  return (await isFree(port)) ? port : freePort();
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error)));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
