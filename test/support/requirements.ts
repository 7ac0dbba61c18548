import { spawnSync } from 'node:child_process';

/** A tool that some tests need and a machine may lack. The reason is shown in the last lines of the test run. */
export interface Requirement {
  readonly met: boolean;
  readonly reason: string;
}

function runs(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

export const terraform = (): Requirement => ({ met: runs('terraform', ['version']), reason: 'terraform is not on PATH' });

export const tofu = (): Requirement => ({ met: runs('tofu', ['version']), reason: 'tofu (OpenTofu) is not on PATH' });

export const python = (): Requirement => ({ met: runs('python3', ['--version']), reason: 'python3 is not on PATH' });

/** Title under which the tests of an unmet requirement are listed as skipped: the reporter reads the reason out of it. */
export const skippedTitle = (title: string, reason: string): string => `${title} [needs: ${reason}]`;

/** `describe`, or, where the requirement is not met, a block that is reported as skipped with the reason. */
export function describeWith(requirement: Requirement, title: string, body: () => void): void {
  if (requirement.met) describe(title, body);
  else describe['skip'](skippedTitle(title, requirement.reason), body);
}
