import { createHash } from 'node:crypto';
import type { Direction, Violation } from './log-entry';

/** Different values that a group keeps of each kind; a port scan has thousands of addresses, and nobody reads them. */
const KEPT = 20;

/** Values of one kind, the first few of them. */
export interface Sample {
  readonly values: readonly string[];
  readonly more: boolean;
}

/** All violations of one caller, service, method and direction. */
export interface ViolationGroup {
  /** Stays the same from log to log: waivers name it. */
  readonly id: string;
  readonly direction: Direction;
  readonly pass: Violation['pass'];
  readonly principal?: string;
  readonly service: string;
  readonly method: string;
  readonly count: number;
  /** How many of them the configuration as it is now would still deny. */
  readonly denied: number;
  readonly first: string;
  readonly last: string;
  readonly reasons: Sample;
  readonly targets: Sample;
  readonly permissions: Sample;
  readonly sourceProjects: Sample;
  readonly sourceNetworks: Sample;
  readonly callerIps: Sample;
  /** Some came from no project or network that is known. */
  readonly fromElsewhere: boolean;
}

class Kept {
  private readonly values = new Set<string>();
  private more = false;

  add(value: string | undefined): void {
    if (value === undefined || this.values.has(value)) return;
    if (this.values.size < KEPT) this.values.add(value);
    else this.more = true;
  }

  get sample(): Sample {
    return { values: [...this.values].sort(), more: this.more };
  }
}

type Mutable = { -readonly [Key in keyof ViolationGroup]: ViolationGroup[Key] extends Sample ? Kept : ViolationGroup[Key] };

export class ViolationGroups {
  private readonly byKey = new Map<string, Mutable>();

  add(violation: Violation, denied: boolean): void {
    const group = this.groupOf(violation);
    group.count += 1;
    group.denied += denied ? 1 : 0;
    if (violation.time < group.first) group.first = violation.time;
    if (violation.time > group.last) group.last = violation.time;
    group.reasons.add(violation.reason);
    group.targets.add(violation.target);
    for (const permission of violation.permissions) group.permissions.add(permission);
    group.sourceProjects.add(violation.sourceProject);
    group.sourceNetworks.add(violation.sourceNetwork);
    if (violation.sourceProject !== undefined || violation.sourceNetwork !== undefined) return;
    group.fromElsewhere = true;
    group.callerIps.add(violation.callerIp);
  }

  /** Most frequent first. */
  groups(): ViolationGroup[] {
    return [...this.byKey.values()]
      .map((group): ViolationGroup => ({
        ...group,
        reasons: group.reasons.sample,
        targets: group.targets.sample,
        permissions: group.permissions.sample,
        sourceProjects: group.sourceProjects.sample,
        sourceNetworks: group.sourceNetworks.sample,
        callerIps: group.callerIps.sample,
      }))
      .sort((one, other) => other.count - one.count || (one.id < other.id ? -1 : 1));
  }

  private groupOf({ direction, pass, principal, service, method, time }: Violation): Mutable {
    const key = JSON.stringify([direction, principal ?? null, service, method]);
    const known = this.byKey.get(`${pass}${key}`);
    if (known) return known;
    const group: Mutable = {
      id: `${direction}-${createHash('sha256').update(key).digest('hex').slice(0, 8)}`,
      direction,
      pass,
      principal,
      service,
      method,
      count: 0,
      denied: 0,
      first: time,
      last: time,
      reasons: new Kept(),
      targets: new Kept(),
      permissions: new Kept(),
      sourceProjects: new Kept(),
      sourceNetworks: new Kept(),
      callerIps: new Kept(),
      fromElsewhere: false,
    };
    this.byKey.set(`${pass}${key}`, group);
    return group;
  }
}
