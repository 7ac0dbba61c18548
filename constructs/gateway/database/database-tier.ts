import type { Checks } from '../../core';

/**
 * `max_connections` of PostgreSQL by memory in GB, where no flag says otherwise: https://cloud.google.com/sql/docs/postgres/flags
 * (read in November 2026). From this much memory on.
 */
const CONNECTIONS_BY_MEMORY: readonly (readonly [number, number])[] = [
  [120, 1000],
  [60, 800],
  [30, 600],
  [15, 500],
  [7.5, 400],
  [6, 200],
  [3.75, 100],
  [1.7, 50],
  [0.6, 25],
];

const SHARED: Readonly<Record<string, number>> = { 'db-f1-micro': 0.6, 'db-g1-small': 1.7 };
const CUSTOM = /^db-custom-(\d+)-(\d+)$/;
/** vCPUs; 8 GB each: https://cloud.google.com/sql/docs/postgres/machine-series-overview */
const PERFORMANCE = /^db-(?:perf-optimized-N|c4a-highmem)-(\d+)$/;
const GB_A_VCPU = 8;

/** From small to large, what is suggested where a tier is too small. */
const LADDER = {
  ENTERPRISE: [
    'db-custom-1-3840',
    'db-custom-2-7680',
    'db-custom-4-15360',
    'db-custom-8-30720',
    'db-custom-16-61440',
    'db-custom-32-122880',
  ],
  ENTERPRISE_PLUS: ['db-perf-optimized-N-2', 'db-perf-optimized-N-4', 'db-perf-optimized-N-8', 'db-perf-optimized-N-16'],
} as const;

export type DatabaseEdition = keyof typeof LADDER;

export const TIER_RULE =
  'a tier of Cloud SQL: db-f1-micro, db-g1-small, db-custom-VCPUS-MEGABYTES, db-perf-optimized-N-VCPUS or db-c4a-highmem-VCPUS';

/** The edition that has this tier. */
export const editionOf = (tier: string): DatabaseEdition => (PERFORMANCE.test(tier) ? 'ENTERPRISE_PLUS' : 'ENTERPRISE');

/** A tier without a service level: development only. */
export const isShared = (tier: string): boolean => tier in SHARED;

/** Memory in GB; undefined: not the name of a tier. */
export function memoryOf(tier: string): number | undefined {
  const custom = CUSTOM.exec(tier);
  if (custom) return Number(custom[2]) / 1024;
  const performance = PERFORMANCE.exec(tier);
  if (performance) return Number(performance[1]) * GB_A_VCPU;
  return SHARED[tier];
}

/** Connections that PostgreSQL takes on this tier when no flag says otherwise. Throws for what is no tier. */
export function defaultMaxConnections(tier: string): number {
  const memory = memoryOf(tier);
  if (memory === undefined) throw new RangeError(`${tier} is not ${TIER_RULE}`);
  return CONNECTIONS_BY_MEMORY.find(([from]) => memory >= from)?.[1] ?? 25;
}

/** The next tiers of the same edition with more memory, small to large. */
export function largerTiers(tier: string): readonly string[] {
  const memory = memoryOf(tier) ?? 0;
  return LADDER[editionOf(tier)].filter((candidate) => memoryOf(candidate)! > memory);
}

/** https://cloud.google.com/sql/docs/postgres/create-instance#machine-types */
export function checkTier(check: Checks, tier: string): void {
  const memory = memoryOf(tier);
  if (memory === undefined) return check.matches('tier', tier, /^$/, TIER_RULE);
  const custom = CUSTOM.exec(tier);
  if (!custom) return;
  const [vcpus, megabytes] = [Number(custom[1]), Number(custom[2])];
  check.that(() => vcpus === 1 || (vcpus % 2 === 0 && vcpus >= 2 && vcpus <= 96), `\`tier\` ${tier}: 1 vCPU, or an even number up to 96.`);
  check.that(
    () => megabytes % 256 === 0 && megabytes >= 3840 && memory >= vcpus * 0.9 && memory <= vcpus * 6.5,
    `\`tier\` ${tier}: memory is a multiple of 256 MB, at least 3840, and 0.9 to 6.5 GB a vCPU.`,
  );
}
