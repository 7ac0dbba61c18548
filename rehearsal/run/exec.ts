import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { SecretLedger } from '../ledger';
import { findEngine, locate, type EngineName } from './engine';
import { writeWrapper } from './engine-wrapper';
import { EXIT, fromSystemError, RehearsalError } from './exit-codes';
import { together } from './interruption';
import { searchForSecrets, type Search } from './leaks';
import { late } from './late';
import { silent } from './progress';
import { select, type Stack } from './stacks';
import { synthesize } from './synthesize';
import { variableValues } from './variables';
import { Workplace } from './workplace';

export interface ExecOptions {
  /** Directory of the app: where `cdktf.json` is. */
  readonly projectDir: string;
  readonly environments: readonly string[];
  /** The command and its arguments. */
  readonly command: readonly string[];
  /** Directory that keeps states and cloud from one command to the next. Default: `.rehearsal/<environments>` in the project. */
  readonly keep?: string;
  readonly engine?: EngineName;
}

export interface ExecReport {
  /** As the command ended, or 8 where it left a secret in a file. */
  readonly exitCode: number;
  readonly secrets: Search;
  readonly directory: string;
}

/**
 * Runs any command with the embedded providers in the place of the real ones: `cdktf deploy`, `diff` and `destroy`, a shell, or the engine
 * itself in the directory of a stack. States and cloud are kept, so the next command goes on from there.
 */
export async function exec(options: ExecOptions, signal: AbortSignal): Promise<ExecReport> {
  const [program = '', ...args] = options.command;
  if (!program.includes('/') && locate(program) === undefined) throw new RehearsalError('usage', `${program} is not on PATH`);
  const place = Workplace.open(options.keep ?? join(options.projectDir, '.rehearsal', options.environments.join('+')));
  try {
    const [engine, app, { openStage }] = await together(signal, [
      () => findEngine(options.engine),
      (either) => synthesize(options.projectDir, place.fresh('synth'), either),
      late.stage,
    ]);
    const stacks = select(app, options.environments);
    const ledger = new SecretLedger();
    const stage = await openStage({ projectDir: options.projectDir, place, engine, stacks, ledger, signal, listener: silent });
    try {
      const wrapper = writeWrapper(place, engine, stacks);
      const environment = { ...stage.environment, ...secretVariables(stacks, ledger), ...environmentOf(wrapper) };
      const code = await runInForeground(program, args, environment, signal);
      await stage.store.saved();
      const secrets = searchForSecrets(place.directory, ledger);
      return { exitCode: code === 0 && secrets.leaks.length > 0 ? EXIT.leak.code : code, secrets, directory: place.directory };
    } finally {
      await stage.close();
    }
  } catch (error) {
    throw fromSystemError(error) ?? error;
  } finally {
    place.close();
  }
}

const secretVariables = (stacks: readonly Stack[], ledger: SecretLedger): NodeJS.ProcessEnv =>
  Object.assign({}, ...stacks.map((stack) => variableValues(stack, ledger))) as NodeJS.ProcessEnv;

/** Whoever starts the engine by name, or as cdktf-cli does, starts the wrapper. A person may be asked: this is not automation. */
const environmentOf = (wrapper: string): NodeJS.ProcessEnv => ({
  PATH: [dirname(wrapper), process.env['PATH'] ?? ''].join(delimiter),
  TERRAFORM_BINARY_NAME: wrapper,
  CDKTF_DISABLE_PLUGIN_CACHE_ENV: '1',
  TF_INPUT: undefined,
  TF_IN_AUTOMATION: undefined,
});

/** In the terminal's foreground: a Ctrl-C reaches the command by itself, any other signal is handed on; the command has the time it takes. */
function runInForeground(program: string, args: readonly string[], environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<number> {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { stdio: 'inherit', env: environment });
    const handOn = () => {
      const name = signal.reason as NodeJS.Signals;
      if (name !== 'SIGINT' || !process.stdin.isTTY) child.kill(name);
    };
    signal.addEventListener('abort', handOn, { once: true });
    child.once('error', (error) => fail(new RehearsalError('usage', `${program} does not start: ${error.message}`)));
    child.once('close', (code, ended) => done(code ?? 128 + constants.signals[ended ?? 'SIGTERM']));
  });
}
