import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { ACCEPTED, type Difference, SECOND_PLAN } from './compare';
import { LEAF_DIFFERENCES } from './leaves';

const entry = z.strictObject({
  /** Name of a case, `*` for any text. */
  case: z.string(),
  what: z.enum([...LEAF_DIFFERENCES, SECOND_PLAN, ACCEPTED]),
  /** Address and path as the comparison names them, `*` for any text; for a verdict the argument concerned. */
  where: z.string(),
  why: z.string().min(20),
});

export type KnownDifference = z.infer<typeof entry>;

/** The differences that we know and accept, each with the reason. */
export function readKnownDifferences(file = join(__dirname, 'known-differences.yaml')): KnownDifference[] {
  const parsed = z.array(entry).safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

const pattern = (glob: string): RegExp => new RegExp(`^${glob.split('*').map((text) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`); // prettier-ignore

const matches = (known: KnownDifference, found: Difference): boolean =>
  known.what === found.what && pattern(known.case).test(found.case) && pattern(known.where).test(found.where);

/** Differences that no entry explains. */
export const unlisted = (found: readonly Difference[], known: readonly KnownDifference[]): Difference[] =>
  found.filter((each) => !known.some((entry) => matches(entry, each)));

/** Entries that explain nothing any more. */
export const outdated = (found: readonly Difference[], known: readonly KnownDifference[]): KnownDifference[] =>
  known.filter((entry) => !found.some((each) => matches(entry, each)));
