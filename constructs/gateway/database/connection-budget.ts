import { defaultMaxConnections, largerTiers } from './database-tier';

/** Every gateway process has a pool of its own, so this is a product. */
export interface ConnectionDemand {
  /** Instances at most, of one revision. */
  readonly instances: number;
  /** Processes of an instance. LiteLLM's rule: as many as vCPUs. */
  readonly workers: number;
  /** Size of a process's pool: `general_settings.database_connection_pool_limit`. */
  readonly connectionsPerWorker: number;
}

export interface ConnectionSupply {
  /** Tier of the instance, e.g. `db-custom-2-7680`. */
  readonly tier: string;
  /**
   * The flag `max_connections`.
   * @default what the tier has without it
   */
  readonly maxConnections?: number;
}

export interface ConnectionBudget {
  /** All revisions together. */
  readonly gateway: number;
  /** With migrations and administration. */
  readonly needed: number;
  /** What the instance takes. */
  readonly maxConnections: number;
  /** What is left for the gateway. */
  readonly available: number;
  /** What is needed is there. */
  readonly fits: boolean;
  /** How both sums come about, for people. */
  readonly arithmetic: string;
  /** Sizes that would fit, each a phrase; empty when it fits. */
  readonly remedies: readonly string[];
}

/** During a rollout the old and the new revision run beside each other, each with as many instances as it may: so they do with a canary. */
const REVISIONS = 2;
/** The schema engine of Prisma has one connection at work and one for its lock; LiteLLM's own start-up check has a few more. */
const MIGRATIONS = 5;
/** Somebody with psql, an export, the console's own look at the database. */
const ADMINISTRATION = 5;
/** `superuser_reserved_connections` of PostgreSQL. Cloud SQL's agents use these. */
const SUPERUSER = 3;
/** A server that is full up to its last connection has no memory left for queries: a fifth stays free. */
const USABLE = 0.8;

/**
 * What the gateway may open at most against what the database takes. Two rules of the field, and the stricter holds: four fifths of
 * `max_connections` for gateway and migrations; and all of it but the superuser's reserve for these and administration.
 * Exhaustion does not show as such: every key gets a 401 (BerriAI/litellm#34479).
 */
export function connectionBudget(demand: ConnectionDemand, supply: ConnectionSupply): ConnectionBudget {
  const { instances, workers, connectionsPerWorker } = demand;
  const maxConnections = supply.maxConnections ?? defaultMaxConnections(supply.tier);
  const available = availableOf(maxConnections);
  const gateway = instances * workers * connectionsPerWorker * REVISIONS;
  const fits = gateway <= available;
  const source = supply.maxConnections === undefined ? `${supply.tier} takes` : `the flag max_connections of ${supply.tier} allows`;
  return {
    gateway,
    needed: gateway + MIGRATIONS + ADMINISTRATION,
    maxConnections,
    available,
    fits,
    arithmetic:
      `${instances} instances × ${workers} workers × ${connectionsPerWorker} connections × ${REVISIONS} revisions (old and new, during a rollout) ` +
      `= ${gateway}; ${source} ${maxConnections}, and ${available} of them are the gateway's, after ${describeReserve(maxConnections)}`,
    remedies: fits ? [] : remedies(demand, supply, available),
  };
}

const byShare = (maxConnections: number): number => Math.floor(maxConnections * USABLE) - MIGRATIONS;
const byReserve = (maxConnections: number): number => maxConnections - SUPERUSER - MIGRATIONS - ADMINISTRATION;
const availableOf = (maxConnections: number): number => Math.max(0, Math.min(byShare(maxConnections), byReserve(maxConnections)));

const describeReserve = (maxConnections: number): string =>
  byShare(maxConnections) <= byReserve(maxConnections)
    ? `a fifth that stays free and ${MIGRATIONS} for migrations`
    : `${SUPERUSER} for the superuser, ${MIGRATIONS} for migrations and ${ADMINISTRATION} for administration`;

function remedies({ instances, workers, connectionsPerWorker }: ConnectionDemand, { tier }: ConnectionSupply, available: number): string[] {
  const gateway = instances * workers * connectionsPerWorker * REVISIONS;
  const pool = Math.floor(available / (instances * workers * REVISIONS));
  const fewer = Math.floor(available / (workers * connectionsPerWorker * REVISIONS));
  const larger = largerTiers(tier).find((candidate) => availableOf(defaultMaxConnections(candidate)) >= gateway);
  return [
    ...(pool >= 1 ? [`at most ${pool} connections a worker`] : []),
    ...(fewer >= 1 ? [`at most ${fewer} ${fewer === 1 ? 'instance' : 'instances'}`] : []),
    ...(larger === undefined ? [] : [`the tier ${larger}, which takes ${defaultMaxConnections(larger)}`]),
  ];
}

/** The sentence of an error: why it does not fit, and what would. */
export function describeShortage({ arithmetic, remedies: sizes, gateway, available }: ConnectionBudget): string {
  const what =
    sizes.length > 0 ? `Any of these fits: ${sizes.join('; ')}.` : 'No tier fits: make the pool and the number of instances smaller.';
  return `the gateway may open ${gateway} connections to its database, ${gateway - available} too many: ${arithmetic}. ${what}`;
}
