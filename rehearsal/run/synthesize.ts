import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { indent, speaksOfTheDisk } from './diagnostics';
import { inheritedEnvironment } from './environment';
import { RehearsalError } from './exit-codes';
import { stop, throwIfInterrupted } from './interruption';
import { environmentOf, type Configuration, type Stack } from './stacks';

/** Lists what an app has synthesized, in the directory of that. */
export const MANIFEST = 'manifest.json';

interface Manifest {
  readonly stacks: Readonly<Record<string, ManifestStack>>;
}

interface ManifestStack {
  readonly workingDirectory: string;
  readonly synthesizedStackPath: string;
  readonly dependencies?: readonly string[];
  readonly annotations?: readonly { constructPath: string; level: string; message: string }[];
}

/** The app command of `cdktf.json`, as `cdktf synth` would run it. */
export function appCommand(projectDir: string): string {
  const file = join(projectDir, 'cdktf.json');
  if (!existsSync(file))
    throw new RehearsalError('synthesis', `${projectDir} has no cdktf.json; start the rehearsal in the directory of the app`);
  let settings: { app?: unknown };
  try {
    settings = JSON.parse(readFileSync(file, 'utf8')) as { app?: unknown };
  } catch (error) {
    throw new RehearsalError('synthesis', `${file} is not JSON: ${(error as Error).message}`);
  }
  if (typeof settings.app !== 'string' || settings.app === '') {
    throw new RehearsalError('synthesis', `${file} says no "app": the command that synthesizes, e.g. "npx tsx main.ts"`);
  }
  return settings.app;
}

/**
 * Lets the app of a project synthesize into a directory of its own, in a child process: the rehearsal imports no construct, and `cdktf.out`,
 * where `cdktf deploy` keeps its things, stays as it is.
 */
export async function synthesize(projectDir: string, outdir: string, signal: AbortSignal): Promise<Stack[]> {
  const command = appCommand(projectDir);
  throwIfInterrupted(signal);
  const said = await runApp(command, projectDir, outdir, signal);
  throwIfInterrupted(signal);
  if (said.code !== 0) {
    const message = withoutStackTraces(said.text) || `\`${command}\` ended with exit code ${said.code} and said nothing`;
    throw new RehearsalError(speaksOfTheDisk(said.text) ? 'disk' : 'synthesis', `the stacks do not synthesize:\n${indent(message)}`);
  }
  if (!existsSync(join(outdir, MANIFEST))) {
    throw new RehearsalError('synthesis', `\`${command}\` wrote no ${MANIFEST}; does it end with app.synth()?`);
  }
  return readStacks(outdir);
}

/** The stacks that an app has synthesized into a directory. */
export function readStacks(outdir: string): Stack[] {
  const manifest = JSON.parse(readFileSync(join(outdir, MANIFEST), 'utf8')) as Manifest;
  return Object.entries(manifest.stacks).map(([id, stack]) => ({
    id,
    environment: environmentOf(id),
    directory: resolve(outdir, stack.workingDirectory),
    dependencies: stack.dependencies ?? [],
    configuration: JSON.parse(readFileSync(join(outdir, stack.synthesizedStackPath), 'utf8')) as Configuration,
    warnings: (stack.annotations ?? [])
      .filter(({ level }) => level === '@cdktf/warn')
      .map(({ constructPath, message }) => `${constructPath}: ${message}`),
  }));
}

function runApp(command: string, projectDir: string, outdir: string, signal: AbortSignal): Promise<{ code: number | null; text: string }> {
  return new Promise((done, fail) => {
    const path = [join(projectDir, 'node_modules', '.bin'), process.env['PATH'] ?? ''].join(delimiter);
    const child = spawn(command, {
      cwd: projectDir,
      shell: true,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...inheritedEnvironment(), PATH: path, CDKTF_OUTDIR: outdir, CHECKPOINT_DISABLE: '1', NO_COLOR: '1', FORCE_COLOR: '0' },
    });
    const interrupt = () => stop(child, 1000);
    signal.addEventListener('abort', interrupt, { once: true });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', fail);
    child.once('close', (code) => {
      signal.removeEventListener('abort', interrupt);
      done({ code, text: Buffer.concat(chunks).toString('utf8') });
    });
  });
}

const FRAME = /^\s+at .+(:\d+(:\d+)?\)?|<anonymous>\)?|\(native\))( \{)?$/;

const LOCATION = /^(file:\/\/|\/|[A-Za-z]:\\|node:).*:\d+$/;

/** What a failed app said, less what only its author needs: the source line that threw, frames, properties of the error, Node's version. */
export function withoutStackTraces(text: string): string {
  const lines = text.split(/\r?\n/);
  const from = lines.findIndex((line) => LOCATION.test(line.trim()));
  // The line that threw follows, minified ones with line ends in them, and a line with a caret, which is blank where the caret is far out.
  const to = lines.findIndex((line, index) => index > from + 1 && /^\s*\^*\s*$/.test(line));
  const kept: string[] = [];
  let properties = false;
  for (const line of from >= 0 && to >= 0 ? [...lines.slice(0, from), ...lines.slice(to + 1)] : lines) {
    if (properties) properties = line !== '}';
    else if (FRAME.test(line)) properties = line.endsWith(' {');
    else if (!/^Node\.js v\d/.test(line)) kept.push(line);
  }
  return kept
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
