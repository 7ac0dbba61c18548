import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { python, pythonFolder } from './language';
import type { KeptScript, ScriptResult, ScriptRun } from './script-run';

/** The reconciler in Python, in forks of one process that has loaded it; `kill()` is kill -9 of both. */
export class PythonForks implements KeptScript {
  private parent: ChildProcess | undefined;

  run(env: Record<string, string>): ScriptRun {
    const parent = (this.parent ??= this.start());
    const ended = new Promise<ScriptResult>((resolve, reject) => {
      const lines = createInterface({ input: parent.stdout! });
      const finish = (result: ScriptResult) => {
        lines.close();
        parent.off('error', reject).off('close', die);
        resolve(result);
      };
      const die = () => finish({ code: null, output: '' });
      lines.once('line', (line) => finish(JSON.parse(line) as ScriptResult));
      parent.on('error', reject).on('close', die);
    });
    parent.stdin!.write(`${JSON.stringify(env)}\n`);
    return { kill: () => void this.close(), ended };
  }

  close(): Promise<void> {
    const { parent } = this;
    this.parent = undefined;
    if (parent?.pid === undefined || parent.exitCode !== null) return Promise.resolve();
    const gone = new Promise<void>((done) => parent.once('close', () => done()));
    process.kill(-parent.pid, 'SIGKILL');
    return gone;
  }

  /** A group of its own, so that the fork that runs is killed with it. */
  private start(): ChildProcess {
    const args = ['-B', join(__dirname, 'forks.py'), pythonFolder(), 'reconcile'];
    return spawn(python(), args, { detached: true, env: {}, stdio: ['pipe', 'pipe', 'inherit'] });
  }
}
