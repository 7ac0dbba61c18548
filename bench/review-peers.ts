import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { locate } from '../rehearsal/run/engine';
import { type Shown } from '../test/review/fixtures/engine';

/** Another tool that makes a report of a plan. */
export interface Peer {
  readonly name: string;
  /** Everything that it says of the plan, in all its formats. */
  report(plan: Shown): string;
}

interface Module {
  readonly name: string;
  readonly path: string;
  report(program: string, directory: string, plan: Shown): string;
}

const run = (program: string, args: readonly string[], cwd: string): string =>
  spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 28, env: { PATH: process.env['PATH'], HOME: cwd } }).stdout;

const MODULES: readonly Module[] = [
  {
    name: 'tf-summarize',
    path: 'github.com/dineshba/tf-summarize@latest',
    report(program, directory, plan) {
      writeFileSync(join(directory, 'plan.json'), JSON.stringify(plan.json));
      return ['-md', '-tree', '-json-sum'].map((format) => run(program, [format, 'plan.json'], directory)).join('\n');
    },
  },
  {
    name: 'tfcmt',
    path: 'github.com/suzuki-shunsuke/tfcmt/v4/cmd/tfcmt@latest',
    // It reads what `terraform plan` prints, and how it ends.
    report(program, directory, plan) {
      writeFileSync(join(directory, 'plan.txt'), plan.text);
      const options = ['--owner=o', '--repo=r', '--sha=0', '--output=comment.md', 'plan', '--disable-label', '--'];
      const { errored } = plan.json as { errored?: boolean };
      run(program, [...options, 'sh', '-c', `cat plan.txt; exit ${errored ? 1 : 2}`], directory);
      const comment = join(directory, 'comment.md');
      return existsSync(comment) ? readFileSync(comment, 'utf8') : '';
    },
  },
];

export interface Peers {
  readonly peers: readonly Peer[];
  /** Those that are not there, and why. */
  readonly missing: readonly string[];
  close(): void;
}

/** Those on PATH; else, where there is Go, installed into a directory that is removed. */
export function findPeers(): Peers {
  const home = mkdtempSync(join(tmpdir(), 'bench-review-'));
  const missing: string[] = [];
  const peers = MODULES.flatMap(({ name, path, report }): Peer[] => {
    const program = locate(name) ?? install(name, path, home, missing);
    return program === undefined ? [] : [{ name, report: (plan) => report(program, mkdtempSync(join(home, 'run-')), plan) }];
  });
  return { peers, missing, close: () => rmSync(home, { recursive: true, force: true }) };
}

function install(name: string, path: string, home: string, missing: string[]): string | undefined {
  if (locate('go') === undefined) {
    missing.push(`${name}: it is not on PATH, and there is no Go to install it with`);
    return undefined;
  }
  const { status, stderr } = spawnSync('go', ['install', path], { cwd: home, encoding: 'utf8', env: { ...process.env, GOBIN: home } });
  if (status === 0) return join(home, name);
  missing.push(`${name}: it is not on PATH, and \`go install ${path}\` failed: ${stderr.trim().split('\n').at(-1)?.trim() ?? ''}`);
  return undefined;
}
