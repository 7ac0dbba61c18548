import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Report } from '../policy';

/** What the app of this directory says of its environments, and what it said of those that it cannot build. */
export interface AppReport {
  readonly reports: Readonly<Record<string, Report>>;
  /** Empty if all could be built. */
  readonly said: string;
}

/** Runs the app of `cdktf.json` in a process of its own: it builds the environments, judges them, and writes no stack. */
export function judgeApp(): AppReport {
  const command = (JSON.parse(readFileSync('cdktf.json', 'utf8')) as { app: string }).app;
  const directory = mkdtempSync(join(tmpdir(), 'policy-'));
  const report = join(directory, 'report.json');
  try {
    const path = [join('node_modules', '.bin'), process.env['PATH'] ?? ''].join(delimiter);
    const env = {
      ...process.env,
      PATH: path,
      POLICY_REPORT: report,
      CDKTF_OUTDIR: join(directory, 'cdktf.out'),
      NO_COLOR: '1',
      FORCE_COLOR: '0',
    };
    const { stdout, stderr, status } = spawnSync(command, { shell: true, encoding: 'utf8', env });
    const reports = existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as AppReport['reports']) : {};
    return {
      reports,
      said: status === 0 ? '' : `${stdout}${stderr}`.trim() || `\`${command}\` ended with exit code ${status} and said nothing`,
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
