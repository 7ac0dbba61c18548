import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Program } from '../constructs/vertex-endpoint/reconciler/script';
import type { Spec } from '../constructs/vertex-endpoint/reconciler/spec';
import { commandOf, language } from './language';
import { PythonForks } from './python-forks';

const FOLDER = join(__dirname, '../constructs/vertex-endpoint/reconciler/script');
const SCRIPT = join(FOLDER, 'reconcile.js');

export interface ScriptResult {
  /** Exit code; null: killed. */
  readonly code: number | null;
  /** Everything it printed. */
  readonly output: string;
}

export interface ScriptRun {
  /** Ends it without a chance to say goodbye; only a process of its own can be asked instead (SIGINT). */
  kill(signal?: 'SIGKILL' | 'SIGINT'): void;
  readonly ended: Promise<ScriptResult>;
}

/** Where a run finds its services. */
export interface Surroundings {
  /** Base of the endpoint API. */
  readonly api: string;
  /** Host and port of the metadata server. */
  readonly metadata: string;
}

/** The environment of a run that waits for nothing longer than it must. */
export function environment(spec: Spec, { api, metadata }: Surroundings): Record<string, string> {
  return {
    VX_SPEC: JSON.stringify(spec),
    VX_POLL_SECONDS: '0',
    GOOGLE_OAUTH_ACCESS_TOKEN: 'soak-token',
    GOOGLE_VERTEX_AI_CUSTOM_ENDPOINT: api,
    GCE_METADATA_HOST: metadata,
  };
}

/** A script as a process of its own: `kill()` is kill -9. */
export function runAsProcess(env: Record<string, string>, args: readonly string[] = [], program: Program = 'reconcile'): ScriptRun {
  const [command, ...first] = commandOf(program);
  const child = spawn(command, [...first, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<ScriptResult>((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve({ code, output }));
  });
  return { kill: (signal = 'SIGKILL') => void child.kill(signal), ended };
}

/** The reconciler, loaded once for many runs. */
export interface KeptScript {
  run(env: Record<string, string>): ScriptRun;
  close(): Promise<void>;
}

/** In the current language. */
export const keepScript = (): KeptScript => (language() === 'python' ? new PythonForks() : new ScriptThread());

/** In a thread that is kept from run to run; `kill()` terminates the thread, as abrupt as kill -9 and many times faster. */
class ScriptThread implements KeptScript {
  private worker: Worker | undefined;

  run(env: Record<string, string>): ScriptRun {
    const worker = (this.worker ??= new Worker(join(__dirname, 'worker.js'), {
      workerData: { script: SCRIPT, folder: FOLDER },
      execArgv: [],
    }));
    let output = '';
    const ended = new Promise<ScriptResult>((resolve, reject) => {
      const hear = ({ text = '', code }: { text?: string; code?: number }) => {
        output += text;
        if (code !== undefined) finish({ code, output });
      };
      const die = () => finish({ code: null, output });
      const finish = (result: ScriptResult) => {
        worker.off('message', hear).off('exit', die).off('error', reject);
        resolve(result);
      };
      worker.on('message', hear).on('exit', die).on('error', reject);
    });
    worker.postMessage(env);
    return { kill: () => void this.close(), ended };
  }

  async close(): Promise<void> {
    const worker = this.worker;
    this.worker = undefined;
    await worker?.terminate();
  }
}
