import type { Finding } from '../judge';
import type { Level } from '../rule';
import type { Report } from '../suppression';

/** What was judged, as reports show it. */
export interface Subject {
  /** Name of an environment, or of a stack. */
  readonly name: string;
  /** File that people open to put right what is found, relative to the repository. */
  readonly artifact: string;
  readonly report: Report;
}

/** From bad to harmless. */
export const SEVERITIES = ['error', 'warning', 'note', 'unknown'] as const;

export type Severity = Level | 'unknown';

export const severityOf = ({ outcome, level }: Finding): Severity => (outcome === 'unknown' ? 'unknown' : level);

export const counts = ({ findings }: Report): Record<Severity, number> =>
  Object.fromEntries(SEVERITIES.map((each) => [each, findings.filter((finding) => severityOf(finding) === each).length])) as Record<
    Severity,
    number
  >;

/** True if something is found that is as bad as `limit`, or worse. */
export const reaches = (report: Report, limit: Severity): boolean =>
  report.findings.some((finding) => SEVERITIES.indexOf(severityOf(finding)) <= SEVERITIES.indexOf(limit));
