import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MILLISECONDS = 200;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The holder was killed before it could give the lock back. An empty file has just been made by somebody who is about to write into it. */
function isAbandoned(path: string): boolean {
  try {
    const holder = readFileSync(path, 'utf8');
    return holder !== '' && !isAlive(Number(holder));
  } catch {
    return false;
  }
}

function take(path: string): boolean {
  mkdirSync(dirname(path), { recursive: true });
  if (isAbandoned(path)) rmSync(path, { force: true });
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

/** Runs the body while no other process runs one under the same path. Waits without giving way to other work of this process. */
export function withLock<T>(path: string, body: () => T): T {
  const clock = new Int32Array(new SharedArrayBuffer(4));
  while (!take(path)) Atomics.wait(clock, 0, 0, POLL_MILLISECONDS);
  try {
    return body();
  } finally {
    rmSync(path, { force: true });
  }
}

/** The same for a body that waits for something. */
export async function withLockAsync<T>(path: string, body: () => Promise<T>): Promise<T> {
  while (!take(path)) await sleep(POLL_MILLISECONDS);
  try {
    return await body();
  } finally {
    rmSync(path, { force: true });
  }
}
