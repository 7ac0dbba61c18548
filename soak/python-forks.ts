import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { python, pythonFlags, pythonFolder } from './language';
import type { KeptScript, ScriptResult, ScriptRun } from './script-run';

type Parent = ChildProcessByStdio<Writable, Readable, null>;

/** Nobody uses them now. They end with this process, as their standard input does, and do not keep it from ending. */
const idle: Parent[] = [];

/** The reconciler in Python, in forks of a process that has loaded it; `kill()` is kill -9 of both. */
export class PythonForks implements KeptScript {
  private parent: Parent | undefined;
  private isRunning = false;

  run(env: Record<string, string>): ScriptRun {
    const parent = (this.parent ??= idle.pop() ?? start());
    hold(parent, 'ref');
    this.isRunning = true;
    const ended = new Promise<ScriptResult>((resolve, reject) => {
      const lines = createInterface({ input: parent.stdout });
      const finish = (result: ScriptResult) => {
        this.isRunning = false;
        lines.close();
        parent.off('error', reject).off('close', die);
        resolve(result);
      };
      const die = () => finish({ code: null, output: '' });
      lines.once('line', (line) => finish(JSON.parse(line) as ScriptResult));
      parent.on('error', reject).on('close', die);
    });
    parent.stdin.write(`${JSON.stringify(env)}\n`);
    return { kill: () => void this.close(), ended };
  }

  async close(): Promise<void> {
    const { parent } = this;
    this.parent = undefined;
    if (parent?.pid === undefined || parent.exitCode !== null || parent.signalCode !== null) return;
    if (!this.isRunning) {
      hold(parent, 'unref');
      idle.push(parent);
      return;
    }
    const gone = new Promise<void>((done) => parent.once('close', () => done()));
    process.kill(-parent.pid, 'SIGKILL');
    await gone;
  }
}

/** A group of its own, so that the fork that runs is killed with it. */
function start(): Parent {
  const args = [...pythonFlags(), join(__dirname, 'forks.py'), pythonFolder(), 'reconcile'];
  return spawn(python(), args, { detached: true, env: {}, stdio: ['pipe', 'pipe', 'inherit'] });
}

function hold(parent: Parent, how: 'ref' | 'unref'): void {
  parent[how]();
  for (const stream of [parent.stdin, parent.stdout]) (stream as unknown as Record<'ref' | 'unref', () => void>)[how]();
}
