/**
 * Runs `body` without the stack traces that cdktf takes for every token it makes, and shows nobody: two thirds of the time to build 50
 * environments (2.4 s against 0.7 s, measured). Errors keep their traces; what cdktf captures is not an Error but a plain object.
 */
export function withoutTokenTraces<T>(body: () => T): T {
  const before = Error.prepareStackTrace;
  Error.prepareStackTrace = (target: unknown, frames) => {
    if (!(target instanceof Error)) return '';
    return before ? (before(target, frames) as unknown) : [String(target), ...frames.map((frame) => `    at ${String(frame)}`)].join('\n');
  };
  try {
    return body();
  } finally {
    Error.prepareStackTrace = before;
  }
}
