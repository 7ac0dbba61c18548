import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import type { Report } from '../policy';
import { readStacks, type ReadStack, UnreadableStack } from '../policy/read';
import { appCommand, MANIFEST } from '../rehearsal/run/synthesize';

/** Where `cdktf synth` writes, if `cdktf.json` does not say otherwise. */
const OUT = 'cdktf.out';

/** What the app of this directory says of its environments, and what it said of those that it cannot build. */
export interface AppReport {
  readonly reports: Readonly<Record<string, Report>>;
  /** Of an app that knows no environments: the stacks that it synthesizes. */
  readonly stacks: readonly ReadStack[];
  /** Empty if all could be built. */
  readonly said: string;
}

/**
 * Runs the app of `cdktf.json` in a process of its own: it builds the environments, judges them, and writes no stack. An app that is no
 * collection of environments synthesizes, into a directory that goes again.
 */
export function judgeApp(): AppReport {
  if (!existsSync('cdktf.json')) {
    throw new UnreadableStack('There is no cdktf.json here. Start this in the directory of the app, or name stacks with --stack.');
  }
  const command = appCommand('.');
  const directory = mkdtempSync(join(tmpdir(), 'policy-'));
  const report = join(directory, 'report.json');
  const out = join(directory, OUT);
  try {
    const path = [join('node_modules', '.bin'), process.env['PATH'] ?? ''].join(delimiter);
    const env = {
      ...process.env,
      PATH: path,
      POLICY_REPORT: report,
      CDKTF_OUTDIR: out,
      NO_COLOR: '1',
      FORCE_COLOR: '0',
    };
    const { stdout, stderr, status } = spawnSync(command, { shell: true, encoding: 'utf8', env });
    const reports = existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as AppReport['reports']) : undefined;
    const stacks = reports === undefined && existsSync(join(out, MANIFEST)) ? readStacks(out) : [];
    const silent = status === 0 ? 'told of no environment and synthesized no stack' : `ended with exit code ${status} and said nothing`;
    const fine = status === 0 && (reports !== undefined || stacks.length > 0);
    return {
      reports: reports ?? {},
      stacks: stacks.map((stack) => ({ ...stack, artifact: join(OUT, relative(out, stack.artifact)) })),
      said: fine ? '' : `${stdout}${stderr}`.trim() || `\`${command}\` ${silent}`,
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
