import { BlockList, isIP } from 'node:net';
import type { PerimeterSection } from './definition';

type Level = PerimeterSection['accessLevels'][string];

/** A caller as an audit log knows it. */
export interface Caller {
  readonly ip?: string;
  readonly principal?: string;
}

/**
 * Access levels that a caller surely meets. The log has the address and the caller, no device and no region: a level that looks at more
 * counts as not met, so that a violation is never called settled on a guess.
 */
export class KnownLevels {
  private readonly ranges = new Map<string, BlockList>();

  constructor(private readonly levels: PerimeterSection['accessLevels']) {}

  metBy(caller: Caller): string[] {
    return Object.keys(this.levels).filter((name) => this.meets(caller, this.levels[name]!));
  }

  private meets(caller: Caller, level: Level): boolean {
    if (level.kind === 'expression') return false;
    const met = level.conditions.map(({ ipRanges, members, negate, regions, networks, device, levels }) => {
      if (negate || [regions, networks, device, levels].some((other) => other !== undefined)) return false;
      if (ipRanges && !this.inside(caller.ip, ipRanges)) return false;
      return members === undefined || (caller.principal !== undefined && members.includes(caller.principal));
    });
    return level.combine === 'any' ? met.includes(true) : !met.includes(false);
  }

  private inside(ip: string | undefined, ranges: readonly string[]): boolean {
    const family = isIP(ip ?? '');
    return family !== 0 && this.blockList(ranges).check(ip!, family === 4 ? 'ipv4' : 'ipv6');
  }

  private blockList(ranges: readonly string[]): BlockList {
    const key = ranges.join();
    const known = this.ranges.get(key);
    if (known) return known;
    const list = new BlockList();
    for (const range of ranges) {
      const [address, bits] = range.split('/') as [string, string];
      const family = isIP(address);
      if (family !== 0 && Number(bits) <= (family === 4 ? 32 : 128)) list.addSubnet(address, Number(bits), family === 4 ? 'ipv4' : 'ipv6');
    }
    this.ranges.set(key, list);
    return list;
  }
}
