import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Environment } from '../configuration';
import { definePerimeter, fingerprint, type PerimeterDefinition } from './definition';
import type { ViolationReport } from './report';

const wholeNumber = z.number().int().min(0);
const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** What a report leaves behind: enough to judge, and to check against the log, what was promoted. Nothing of who did what. */
const evidenceSchema = z.strictObject({
  environment: z.string(),
  perimeter: z.string(),
  /** Fingerprint of what was tried. */
  configuration: digest,
  triedSince: z.iso.date().optional(),
  window: z.strictObject({ from: z.iso.datetime().optional(), to: z.iso.datetime().optional(), days: wholeNumber }),
  counts: z.strictObject({
    requests: wholeNumber,
    violations: wholeNumber,
    unreadable: wholeNumber,
    open: wholeNumber,
    settled: wholeNumber,
    waived: wholeNumber,
  }),
  waivers: z.array(z.strictObject({ rule: z.string(), owner: z.string(), reason: z.string(), expires: z.iso.date() })),
  log: z.strictObject({ entries: wholeNumber, bytes: wholeNumber, sha256: digest, broken: z.string().optional() }),
});

export type Evidence = z.output<typeof evidenceSchema>;

/** A file that is no evidence. The message is for people. */
export class EvidenceError extends Error {}

export const evidenceFile = (directory: string, environment: string): string => join(directory, `${environment}.perimeter.json`);

/** Undefined: nothing is tried. Counts are of groups, but for requests and violations, which are calls. */
export function evidenceOf(report: ViolationReport): Evidence | undefined {
  if (report.fingerprint === undefined) return undefined;
  const { environment, perimeter, fingerprint: configuration, triedSince, window, counts, groups, log } = report;
  const of = (state: string): number => groups.filter((group) => group.state === state).length;
  return {
    environment,
    perimeter,
    configuration,
    triedSince,
    window,
    counts: {
      requests: counts.requests,
      violations: counts.violations,
      unreadable: counts.unreadable,
      open: of('open'),
      settled: of('settled'),
      waived: of('waived'),
    },
    waivers: groups.flatMap(({ waiver }) => (waiver ? [{ ...waiver }] : [])),
    log,
  };
}

export function writeEvidence(directory: string, evidence: Evidence): string {
  const file = evidenceFile(directory, evidence.environment);
  writeFileSync(file, `${JSON.stringify(evidence, undefined, 2)}\n`);
  return file;
}

/** Undefined if there is none. Throws an `EvidenceError` for a file that is something else. */
export function readEvidence(directory: string, environment: string): Evidence | undefined {
  const file = evidenceFile(directory, environment);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new EvidenceError(`${file}: cannot be read: ${(error as Error).message}`);
  }
  const parsed = evidenceSchema.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  const where = path.length > 0 ? ` at ${path.map(String).join('.')}` : '';
  throw new EvidenceError(
    `${file}: is not what \`npm run perimeter -- report ${environment} --save\` writes${where}: ${message}. Write it anew; nobody edits it.`,
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * What is missing until a configuration may be enforced: one sentence each, none if it may. It does not depend on the day, so that what was
 * promoted synthesizes for ever.
 */
export function shortcomings(
  environment: Environment,
  definition: PerimeterDefinition,
  which: 'config' | 'candidate',
  evidence: Evidence | undefined,
): string[] {
  const report = `npm run perimeter -- report ${environment.name} --log FILE --save`;
  if (!evidence) return [`There is no evidence that nothing breaks. Write it with \`${report}\`.`];
  const { windowDays, minimumRequests } = environment.perimeter!.promotion;
  const { counts, window, log } = evidence;
  const belongs = evidence.environment === environment.name && evidence.perimeter === definition.name;
  const missing: [boolean, string][] = [
    [!belongs, `The evidence is of ${evidence.environment}, perimeter ${evidence.perimeter}, not of ${environment.name}.`],
    [
      belongs && evidence.configuration !== fingerprint(definition, which),
      `The evidence is of another configuration than perimeter.${which} is now: try this one, and write the report anew with \`${report}\`.`,
    ],
    [log.broken !== undefined, `The log was not read to its end: ${log.broken}.`],
    [counts.unreadable > 0, `${counts.unreadable} entries of the log could not be read, and may be violations.`],
    [
      evidence.triedSince === undefined,
      'It is not known since when this is tried: set perimeter.promotion.triedSince to the day on which it was deployed.',
    ],
    [
      window.days < windowDays,
      `The log spans ${window.days} days, and ${windowDays} are needed: jobs that run once a month break once a month.`,
    ],
    [
      counts.requests < minimumRequests,
      `The log shows ${counts.requests} calls, and ${minimumRequests} are needed: silence proves nothing. Read audit logs beside the violations.`,
    ],
    [counts.open > 0, `${counts.open} rules would be broken that are neither allowed nor waived: see the report.`],
  ];
  return missing.filter(([isMissing]) => isMissing).map(([, sentence]) => sentence);
}

/** What stands between an environment of the production tier and its stacks. Empty: nothing does. */
export function withoutEvidence(environment: Environment, evidence: Evidence | undefined): string[] {
  const definition = definePerimeter(environment);
  if (!definition || definition.mode === 'dry-run') return [];
  return shortcomings(environment, definition, 'config', evidence);
}
