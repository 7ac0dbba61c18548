import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { PROJECT, run, type Ended } from './scripts';

export interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

export interface Job {
  readonly name?: string;
  readonly if?: string;
  readonly needs?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly concurrency?: unknown;
  readonly 'timeout-minutes'?: number;
  readonly strategy?: { readonly matrix: { readonly include?: Record<string, string>[]; readonly environment?: string[] } };
  readonly steps: readonly Step[];
}

export interface Workflow {
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const DIRECTORY = join(PROJECT, '.github', 'workflows');

export const WORKFLOWS = readdirSync(DIRECTORY).sort();

export const textOf = (file: string): string => readFileSync(join(DIRECTORY, file), 'utf8');

export const workflow = (file: string): Workflow => parse(textOf(file)) as Workflow;

/** Runs a step of a workflow as GitHub does, in a shell that stops at the first error. Each of its variables needs a value. */
export function runStep(file: string, job: string, name: string, values: Record<string, string>, cwd = PROJECT): Promise<Ended> {
  const step = workflow(file).jobs[job]?.steps.find((each) => each.name === name);
  if (step?.run === undefined) throw new Error(`${file} has no step ${name} in its job ${job}`);
  const missing = Object.keys(step.env ?? {}).filter((key) => !(key in values));
  if (missing.length > 0) throw new Error(`${file}, ${name}: no value for ${missing.join(', ')}`);
  return run('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], values, cwd);
}

/** What every `uses:` is held to: a full commit, and beside it the version that it is. */
export const PINNED = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;

/** actionlint is older than this runner and than `vars`: both are given to it as what it knows. */
export const asActionlintKnows = (text: string): string =>
  text.replaceAll('ubuntu-24.04', 'ubuntu-22.04').replace(/\bvars\.(?=[A-Z_]+\b)/g, 'env.');
