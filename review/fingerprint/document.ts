import { z } from 'zod';
import { PlanError } from '../plan';
import { compareText, type StackFingerprint } from './fingerprint';

const SCHEMA = 'plan-fingerprint';

const documentSchema = z.object({
  schema: z.literal(SCHEMA),
  version: z.literal(1),
  stacks: z.array(
    z.object({
      stack: z.string(),
      hash: z.string().regex(/^[0-9a-f]{64}$/),
      changes: z.array(z.object({ address: z.string(), action: z.string(), attributes: z.record(z.string(), z.string()) })),
    }),
  ),
});

/** The fingerprints of several stacks as one JSON document, the same whatever order they were given in. */
export const fingerprintDocument = (stacks: readonly StackFingerprint[]): string =>
  `${JSON.stringify({ schema: SCHEMA, version: 1, stacks: [...stacks].sort((one, other) => compareText(one.stack, other.stack)) })}\n`;

/** Reads such a document. Throws a PlanError. */
export function parseFingerprints(text: string, source: string): StackFingerprint[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new PlanError(source, 'this is not JSON. Give what `npm run review -- fingerprint` has written.');
  }
  const parsed = documentSchema.safeParse(json);
  if (!parsed.success) throw new PlanError(source, 'these are no fingerprints. Give what `npm run review -- fingerprint` has written.');
  return parsed.data.stacks;
}
