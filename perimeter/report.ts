import type { Environment } from '../configuration';
import { judge } from '../constructs/service-perimeter/evaluation';
import { KNOWN_SERVICES } from '../constructs/service-perimeter/services';
import { KnownLevels } from './access-levels';
import { definePerimeter, fingerprint, type PerimeterDefinition } from './definition';
import { readEntry, type Violation } from './log-entry';
import { type LogReading, readLog } from './log-reader';
import { propose, type Proposal } from './proposal';
import { type ViolationGroup, ViolationGroups } from './violations';

export type Waiver = NonNullable<Environment['perimeter']>['promotion']['waivers'][number];

export interface ReportedGroup extends ViolationGroup {
  /** settled: what is tried now would allow all of it. */
  readonly state: 'open' | 'settled' | 'waived';
  readonly waiver?: Waiver;
  /** Absent where nothing has to be done. */
  readonly proposal?: Proposal;
}

export interface ViolationReport {
  readonly environment: string;
  readonly perimeter: string;
  readonly mode: PerimeterDefinition['mode'];
  /** Undefined: nothing is tried, and there is nothing to promote. */
  readonly tried?: 'config' | 'candidate';
  /** Of what is tried. */
  readonly fingerprint?: string;
  readonly log: LogReading;
  /** RFC 3339, of the first and the last entry that counts; absent without entries. */
  readonly window: { readonly from?: string; readonly to?: string; readonly days: number };
  readonly counts: {
    /** Calls of all kinds, violations among them. */
    readonly requests: number;
    readonly violations: number;
    readonly denials: number;
    readonly unreadable: number;
    /** Entries from before what is tried was deployed. */
    readonly before: number;
    /** Violations of other perimeters. */
    readonly elsewhere: number;
  };
  readonly triedSince?: string;
  /** Of what is tried, most frequent first. */
  readonly groups: readonly ReportedGroup[];
  /** What the enforced configuration denied. */
  readonly denials: readonly ReportedGroup[];
  /** Why entries could not be read, the first few. */
  readonly unreadable: readonly string[];
}

/** Reasons that are kept. */
const EXAMPLES = 5;
const DAY = 86_400_000;

/** Reads a log and holds it against what an environment tries. @param today ISO date at which waivers are judged */
export async function reportViolations(
  environment: Environment,
  chunks: AsyncIterable<Uint8Array>,
  today: string,
): Promise<ViolationReport | undefined> {
  const definition = definePerimeter(environment);
  if (!definition || !environment.perimeter) return undefined;
  const { triedSince, waivers } = environment.perimeter.promotion;
  const tally = new Tally(definition, triedSince);
  const log = await readLog(chunks, (entry, index) => tally.add(entry, index));

  const { tried, evaluated } = definition;
  const accessible = (evaluated.tried ?? evaluated.enforced)?.accessibleServices ?? [];
  const reported = (group: ViolationGroup): ReportedGroup => {
    if (group.denied === 0) return { ...group, state: 'settled' };
    const waiver = waivers.find(({ rule, expires }) => rule === group.id && expires >= today);
    if (waiver && group.pass === 'tried') return { ...group, state: 'waived', waiver };
    return { ...group, state: 'open', proposal: propose(group, tried ?? 'config', accessible) };
  };
  const groups = tally.groups.groups().map(reported);
  return {
    environment: environment.name,
    perimeter: definition.name,
    mode: definition.mode,
    tried,
    fingerprint: tried && fingerprint(definition, tried),
    log,
    window: tally.window,
    counts: tally.counts,
    triedSince,
    groups: groups.filter(({ pass }) => pass === 'tried'),
    denials: groups.filter(({ pass }) => pass === 'enforced'),
    unreadable: tally.examples,
  };
}

class Tally {
  readonly groups = new ViolationGroups();
  readonly counts = { requests: 0, violations: 0, denials: 0, unreadable: 0, before: 0, elsewhere: 0 };
  readonly examples: string[] = [];
  private readonly levels: KnownLevels;
  private from?: string;
  private to?: string;

  constructor(
    private readonly definition: PerimeterDefinition,
    private readonly triedSince: string | undefined,
  ) {
    this.levels = new KnownLevels(definition.accessLevels);
  }

  get window(): ViolationReport['window'] {
    const { from, to } = this;
    return { from, to, days: from === undefined ? 0 : Math.floor((Date.parse(to!) - Date.parse(from)) / DAY) };
  }

  add(value: unknown, index: number): void {
    const entry = readEntry(value);
    if (entry.kind === 'unreadable') {
      this.counts.unreadable += 1;
      if (this.examples.length < EXAMPLES) this.examples.push(`entry ${index + 1}: ${entry.why}`);
      return;
    }
    if (this.triedSince !== undefined && entry.time < this.triedSince) {
      this.counts.before += 1;
      return;
    }
    this.counts.requests += 1;
    if (this.from === undefined || entry.time < this.from) this.from = entry.time;
    if (this.to === undefined || entry.time > this.to) this.to = entry.time;
    if (entry.kind === 'violations') entry.violations.forEach((violation) => this.violation(violation));
  }

  private violation(violation: Violation): void {
    if (violation.perimeter !== undefined && violation.perimeter !== this.definition.name) {
      this.counts.elsewhere += 1;
      return;
    }
    this.counts[violation.pass === 'tried' ? 'violations' : 'denials'] += 1;
    this.groups.add(violation, this.denies(violation));
  }

  /** Whether the configuration as it stands in the file now would deny it again. */
  private denies(violation: Violation): boolean {
    const { evaluated } = this.definition;
    const { direction, pass, principal, service, method, permissions, target, sourceProject, sourceNetwork, callerIp } = violation;
    const configuration = pass === 'tried' ? evaluated.tried : evaluated.enforced;
    // Settled is said of what the evaluation understands only.
    if (!KNOWN_SERVICES.includes(service) || !/^(\d{6,19}|[a-z0-9]+:\/\/.+)$/.test(target)) return configuration !== undefined;
    if (direction === 'accessible') return configuration?.accessibleServices?.includes(service) === false;
    const source = {
      // What leaves comes from inside, also where the log does not say from which project.
      project: sourceProject ?? (direction === 'egress' ? configuration?.projects[0] : undefined),
      accessLevels: this.levels.metBy({ ip: callerIp, principal }),
    };
    const network = direction === 'ingress' ? sourceNetwork : undefined;
    const request = { principal, source: { ...source, network }, service, method, resources: [target] };
    // A selection of permissions allows a call if it has all that the call needs.
    const calls = permissions.length > 0 ? permissions.map((permission) => ({ ...request, permission })) : [request];
    return calls.some((call) => !judge(configuration, call, evaluated.bridges).allowed);
  }
}
