/** What is known of a range of versions of LiteLLM. */
export interface VersionFact {
  /** First version that it is true of. */
  readonly from: string;
  /** First version that it is not true of any more. */
  readonly before: string;
  /** error: is not run. warning: is run, and somebody should know. */
  readonly level: 'error' | 'warning';
  /** Completes "LiteLLM 1.82.0 …". */
  readonly what: string;
  readonly source: string;
  /** Day on which the source was read. */
  readonly asOf: string;
}

/** The lowest that is run, for the messages: the first release after those with known holes. */
export const FLOOR = '1.83.10';

/** Where the advice of a warning leads: older ones have one of the faults below. */
export const ADVISED = '1.99.0';

const READ = '2026-11-21';

export const VERSION_FACTS: readonly VersionFact[] = [
  {
    from: '1.82.7',
    before: '1.82.9',
    level: 'error',
    what: 'was published with code that steals credentials (the Python package; official images were not affected)',
    source: 'docs.litellm.ai/blog/security-update-march-2026',
    asOf: READ,
  },
  {
    from: '1.81.16',
    before: '1.83.7',
    level: 'error',
    what: 'lets anybody without a key run SQL in its database (CVE-2026-42208)',
    source: 'docs.litellm.ai/blog, litellm_proxy_sql_injection_april_2026',
    asOf: READ,
  },
  {
    from: '0.0.0',
    before: FLOOR,
    level: 'error',
    what: `is older than ${FLOOR}, the first release after the holes of spring 2026 (CVE-2026-42208 and the stolen release)`,
    source: 'docs.litellm.ai/blog',
    asOf: READ,
  },
  {
    from: FLOOR,
    before: '1.86.3',
    level: 'warning',
    what: 'does not read InternalServerErrorRetries: a 500, 502 or 503 is retried only as num_retries says',
    source: 'github.com/BerriAI/litellm/issues/37805, fixed by #35853',
    asOf: READ,
  },
  {
    from: FLOOR,
    before: '1.95.0',
    level: 'warning',
    what: 'can lose its database client for good: then every virtual key is refused until the instance restarts',
    source: 'github.com/BerriAI/litellm/issues/28322, fixed by #32323, merged after 2026-07-07; seen in 1.83.14',
    asOf: READ,
  },
  {
    from: '1.95.0',
    before: '1.99.0',
    level: 'warning',
    what: 'says it is ready although it never reached its database, and refuses every virtual key from then on',
    source: 'github.com/BerriAI/litellm/issues/38121, seen in 1.95.0, still there in 1.98.0',
    asOf: READ,
  },
];
