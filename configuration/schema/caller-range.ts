import { z } from 'zod';
import { parseRange } from '../ranges';

/** From /8 on: a list of who is let in that holds more is none. */
const SHORTEST = 8;

function problem(value: string): string | undefined {
  const range = parseRange(value);
  if (!range) return 'an IPv4 range, e.g. 203.0.113.0/24, or 203.0.113.7/32 for one address';
  if (range.bits < SHORTEST) return `a range between /${SHORTEST} and /32: a longer one lets half the internet in`;
  return range.network === value ? undefined : `the start of a range: the /${range.bits} that holds this address is ${range.network}`;
}

/** Where callers come from: public addresses, unlike the ranges of a network of one's own. */
export const callerRange = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/, {
    error: 'an IPv4 range, e.g. 203.0.113.0/24, or 203.0.113.7/32 for one address',
    abort: true,
  })
  .superRefine((value, context) => {
    const message = problem(value);
    if (message) context.addIssue({ code: 'custom', message });
  });
