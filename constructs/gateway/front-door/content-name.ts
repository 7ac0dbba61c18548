import { createHash } from 'node:crypto';
import { boundedName, NAME_LIMITS } from '../../core';

/** A readable name that also says, in a hash, what is in it: what replaces something else stands beside it for a moment. */
export function contentName(parts: readonly string[], content: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 8);
  return boundedName([...parts.map((part) => part.replaceAll('.', '-')), hash], NAME_LIMITS.rfc1035);
}
