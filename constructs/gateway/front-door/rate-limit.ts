import type { Checks } from '../../core';
import type { RateLimitOptions } from './edge-rules';

/** https://cloud.google.com/armor/docs/rate-limiting-overview: the service takes no other intervals, in seconds. */
export const RATE_LIMIT_INTERVALS = [10, 30, 60, 120, 180, 240, 270, 300, 600, 900, 1200, 1800, 2700, 3600] as const;

/** What is counted: an address, or a key wherever it stands. A key is a header that LiteLLM reads; nobody has checked it yet. */
export type RateLimitKey = 'address' | 'key' | 'address-and-key';

export interface RateLimit {
  /** Requests within the interval, 1 to 10,000,000. */
  readonly requests: number;
  /**
   * Interval in seconds: 10, 30, 60, 120, 180, 240, 270, 300, 600, 900, 1200, 1800, 2700 or 3600.
   * @default 60
   */
  readonly seconds?: number;
  /**
   * What has a limit of its own.
   * @default the address, which also slows down who guesses keys: each guess is a key of its own
   */
  readonly by?: RateLimitKey;
  /**
   * Who exceeds it is kept out for so long, 60 to 3600 seconds.
   * @default only what exceeds it is refused
   */
  readonly banSeconds?: number;
  /**
   * Only log what would be refused.
   * @default false
   */
  readonly preview?: boolean;
}

/** Headers in which LiteLLM takes a key: OpenAI's SDKs and Google's. */
const KEY_HEADERS = ['authorization', 'x-goog-api-key'];
const header = (name: string) => ({ enforceOnKeyType: 'HTTP_HEADER', enforceOnKeyName: name });
const ADDRESS = { enforceOnKeyType: 'IP' };

export const DEFAULT_RATE_LIMIT: RateLimit = { requests: 1200 };

export function rateLimitOptions({ requests, seconds = 60, by = 'address', banSeconds }: RateLimit): RateLimitOptions {
  const keys = KEY_HEADERS.map(header);
  const on = { address: [ADDRESS], key: keys, 'address-and-key': [ADDRESS, ...keys] }[by];
  return {
    conformAction: 'allow',
    exceedAction: 'deny(429)',
    // Combined, so that a key counts whichever header it stands in.
    enforceOnKeyConfigs: on,
    enforceOnKey: '',
    rateLimitThreshold: { count: requests, intervalSec: seconds },
    banDurationSec: banSeconds,
  };
}

export function checkRateLimit(check: Checks, name: string, { requests, seconds, banSeconds }: RateLimit): void {
  check.between(`${name}.requests`, requests, 1, 10_000_000);
  check.between(`${name}.banSeconds`, banSeconds, 60, 3600);
  check.that(
    () => seconds === undefined || RATE_LIMIT_INTERVALS.some((allowed) => allowed === seconds),
    `\`${name}.seconds\` must be one of ${RATE_LIMIT_INTERVALS.join(', ')}, got: ${seconds}.`,
    seconds,
  );
}
