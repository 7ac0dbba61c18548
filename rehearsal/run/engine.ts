import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { RehearsalError } from './exit-codes';
import { engineEnvironment } from './environment';

export type EngineName = 'terraform' | 'tofu';

export interface Engine {
  readonly name: EngineName;
  /** Absolute path of the binary. */
  readonly path: string;
  readonly version: string;
}

export const ENGINES: readonly EngineName[] = ['terraform', 'tofu'];

/** Write-only arguments, which keep secrets out of the state: Terraform and OpenTofu both have them from 1.11. */
const MINIMUM = [1, 11] as const;

const TITLE: Readonly<Record<EngineName, string>> = { terraform: 'Terraform', tofu: 'OpenTofu' };

/** The engine that was asked for; when none was, Terraform, and OpenTofu where Terraform is not installed. */
export async function findEngine(wanted?: EngineName): Promise<Engine> {
  const names = wanted === undefined ? ENGINES : [wanted];
  for (const name of names) {
    const path = locate(name);
    if (path !== undefined) return { name, path, version: await versionOf(name, path) };
  }
  const missing = names.map((name) => `${name} is not on PATH`).join(', ');
  throw new RehearsalError(
    'engine',
    `${missing}.\nInstall Terraform >= 1.11 (https://developer.hashicorp.com/terraform/install) or OpenTofu >= 1.11 (https://opentofu.org/docs/intro/install).`,
  );
}

async function versionOf(name: EngineName, path: string): Promise<string> {
  const { stdout } = await promisify(execFile)(path, ['version', '-json'], { env: engineEnvironment() }).catch((error: Error) => {
    throw new RehearsalError('engine', `${path} does not start: ${error.message.split('\n')[0]}`);
  });
  const version = /"terraform_version":\s*"([^"]+)"/.exec(stdout)?.[1];
  const [major, minor] = (version ?? '').split('.').map(Number);
  if (version === undefined || major === undefined || minor === undefined || Number.isNaN(major) || Number.isNaN(minor)) {
    throw new RehearsalError('engine', `${path} does not tell its version; is it ${TITLE[name]}?`);
  }
  if (major < MINIMUM[0] || (major === MINIMUM[0] && minor < MINIMUM[1])) {
    throw new RehearsalError(
      'engine',
      `${path} is ${TITLE[name]} ${version}; at least ${MINIMUM.join('.')} is needed (write-only arguments keep secrets out of the state).`,
    );
  }
  return version;
}

/** Where PATH finds a program. */
export function locate(program: string, path = process.env['PATH'] ?? ''): string | undefined {
  const names = process.platform === 'win32' ? [`${program}.exe`] : [program];
  return path
    .split(delimiter)
    .filter((directory) => directory !== '')
    .flatMap((directory) => names.map((name) => join(directory, name)))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
