import { z } from 'zod';

const advisory = z.strictObject({
  id: z.string().regex(/^GHSA(-[0-9a-z]{4}){3}$/, 'an id of GitHub’s advisories: GHSA-xxxx-xxxx-xxxx'),
  package: z.string(),
  /** Where it is installed. The same advisory at another place is a new one. */
  paths: z.array(z.string().startsWith('node_modules/')).min(1),
  why: z.string().min(40, 'why it does no harm here, in a sentence'),
  do: z.string().min(10, 'what we do about it, or wait for'),
  until: z.iso.date(),
});

export type TriagedAdvisory = z.output<typeof advisory>;

export const triageSchema = z.strictObject({ advisories: z.array(advisory) });

/** What `npm audit --json` prints; only what is used here. */
const auditReport = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(
    z.string(),
    z.object({
      name: z.string(),
      nodes: z.array(z.string()),
      // A text is the name of another package that has the fault, which stands in the report itself.
      via: z.array(z.union([z.string(), z.object({ name: z.string(), title: z.string(), url: z.string(), severity: z.string() })])),
    }),
  ),
});

/** An advisory about a package, at one place where it is installed. */
export interface Found {
  readonly id: string;
  readonly package: string;
  readonly path: string;
  readonly severity: string;
  readonly title: string;
}

/** What npm knows of what is installed. Throws where npm has no report but an error. */
export function foundIn(json: string): Found[] {
  const report: unknown = json.trim() === '' ? {} : JSON.parse(json);
  const parsed = auditReport.safeParse(report);
  if (!parsed.success) throw new Error(`npm audit gave no report: ${failureOf(report)}`);
  return Object.values(parsed.data.vulnerabilities).flatMap(({ nodes, via }) =>
    via.flatMap((fault) => {
      if (typeof fault === 'string') return [];
      const id = /GHSA-[0-9a-z-]+$/.exec(fault.url)?.[0] ?? fault.url;
      return nodes.map((path) => ({ id, package: fault.name, path, severity: fault.severity, title: fault.title }));
    }),
  );
}

/** npm's own words, where it has some. */
const failureOf = (report: unknown): string => z.object({ message: z.string() }).safeParse(report).data?.message ?? 'it said nothing';

export interface Triage {
  /** What nobody has looked at, and what somebody wanted to look at again by now. */
  readonly open: readonly string[];
  /** What was looked at, and is gone. */
  readonly gone: readonly string[];
  readonly accepted: number;
}

/** `today` as YYYY-MM-DD. The day of `until` still counts. */
export function triage(found: readonly Found[], triaged: readonly TriagedAdvisory[], today: string): Triage {
  const matches = (each: Found, entry: TriagedAdvisory) =>
    each.id === entry.id && each.package === entry.package && entry.paths.includes(each.path);
  const open = found.flatMap((each) => {
    const entry = triaged.find((one) => matches(each, one));
    const what = `${each.id} ${each.package} (${each.severity}) at ${each.path}: ${each.title}`;
    if (entry === undefined)
      return [
        `${what}\n  Nobody has looked at it yet: update the package, or say in tools/supply-chain/advisories.yaml why it does no harm.`,
      ];
    return entry.until < today ? [`${what}\n  It was to be looked at again by ${entry.until}. Then: ${entry.do}`] : [];
  });
  const gone = triaged.filter((entry) => !found.some((each) => matches(each, entry))).map((entry) => `${entry.id} ${entry.package}`);
  return { open, gone, accepted: found.length - open.length };
}
