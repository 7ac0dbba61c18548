import { createHash } from 'node:crypto';

/**
 * The id of an endpoint: 1 to 9 digits, the first not 0, made from everything that cannot change in place. So another network mode or
 * key is another id: the old and the new endpoint never contend for one, and an id that Vertex AI still holds back after a deletion
 * (up to 7 days) is not asked for again.
 */
export function endpointId(fixed: readonly unknown[]): string {
  const digest = createHash('sha256').update(JSON.stringify(fixed)).digest();
  return String(100_000_000n + (digest.readBigUInt64BE() % 900_000_000n));
}
