import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Child } from '../../support/peers/child';
import type { Requirement } from '../../support/requirements';

/** Its own program, not the shell command: nothing of this process's environment is to reach it. */
const PROGRAM = require.resolve('@google/gemini-cli/bundle/gemini.js');
const WRITABLE_BY_OTHERS = 0o022;

function isClosed(directory: string): boolean {
  if ((statSync(directory).mode & WRITABLE_BY_OTHERS) !== 0) return false;
  return directory === dirname(directory) || isClosed(dirname(directory));
}

/** Gemini CLI ignores system settings in a directory that others may write to, or below one: the temporary directory will not do. */
const PLACE = [join(__dirname, '../../..'), homedir()].find(isClosed);

export const placeForSettings = (): Requirement => ({
  met: PLACE !== undefined,
  reason: 'a checkout or a home directory that nobody else may write to, for the system settings of Gemini CLI',
});

export interface GeminiCliProps {
  readonly environment: Readonly<Record<string, string>>;
  /** The system's settings, as an administrator installs them. */
  readonly systemSettings: object;
  /** The user's. Default: none. */
  readonly userSettings?: object;
  readonly args: readonly string[];
}

/** Runs Gemini CLI once, without a terminal, in a home of its own and a directory that holds `hello.txt`. */
export async function runGeminiCli(props: GeminiCliProps): Promise<{ readonly code: number; readonly said: string }> {
  const home = mkdtempSync(join(tmpdir(), 'gemini-'));
  mkdirSync(join(home, '.gemini'));
  if (props.userSettings) writeFileSync(join(home, '.gemini', 'settings.json'), JSON.stringify(props.userSettings));
  const directory = join(home, 'work');
  mkdirSync(directory);
  writeFileSync(join(directory, 'hello.txt'), 'The word is quokka.');
  mkdirSync(join(PLACE!, '.venv'), { recursive: true, mode: 0o755 });
  const system = mkdtempSync(join(PLACE!, '.venv', 'gemini-cli-'));
  const settings = join(system, 'settings.json');
  writeFileSync(settings, JSON.stringify(props.systemSettings));
  try {
    const child = new Child({
      command: process.execPath,
      args: [PROGRAM, ...props.args],
      directory,
      environment: { PATH: '/usr/bin:/bin', HOME: home, GEMINI_CLI_SYSTEM_SETTINGS_PATH: settings, ...props.environment },
    });
    return { code: await child.ended, said: child.log };
  } finally {
    rmSync(system, { recursive: true, force: true });
  }
}
