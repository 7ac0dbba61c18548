import { at, isUnknown, type PathStep, same, type Value } from '../../plan';
import { connectionShortage } from '../connections';
import { changesOf, going, goes, place, type Located, type RiskRule, type RuleFinding } from '../rule';
import { elements, textAt } from '../values';
import { quote } from '../words';

const INSTANCE = 'google_sql_database_instance';

const HOLD_DATA = [
  INSTANCE,
  'google_sql_database',
  'google_bigquery_dataset',
  'google_redis_instance',
  'google_memorystore_instance',
  'google_storage_bucket',
];

/** What they hold can be made again from elsewhere. */
const CACHES = ['google_redis_instance', 'google_memorystore_instance'];

const replaced: RiskRule = {
  id: 'database-replaced',
  title: 'A database, and what is in it, goes',
  level: 'high',
  reason:
    'A replacement deletes the database and makes an empty one. For LiteLLM that is every team, virtual key, budget and spend record.',
  remedy: 'Export it, or move it with a replica or a restore, and plan the day. If the change is not needed, take it back.',
  looksAt: `${HOLD_DATA.map((type) => `\`${type}\``).join(', ')}: deleted or replaced. Caches, and what an earlier replacement left behind: medium.`,
  check: (input) =>
    changesOf(input, ...HOLD_DATA)
      .filter(({ change }) => goes(change) && change.order !== 'forgotten')
      .map((located) => ({
        ...place(located),
        level: CACHES.includes(located.change.type) || located.change.deposed !== undefined ? 'medium' : 'high',
        message: `${nameOf(located.change.before)} ${going(located.change)}, with everything in it.`,
      })),
};

const nameOf = (value: Value): string => quote(textAt(value, 'name') ?? textAt(value, 'dataset_id') ?? '?');

/** A guard, and the values of it that protect. */
interface Guard {
  readonly path: readonly PathStep[];
  readonly what: string;
  readonly on: (value: Value | undefined) => boolean;
}

const isTrue = (value: Value | undefined) => value === true;

const GUARDS: readonly Guard[] = [
  { path: ['deletion_protection'], what: 'Terraform’s protection from deletion', on: isTrue },
  { path: ['settings', 0, 'deletion_protection_enabled'], what: 'the protection from deletion by anybody', on: isTrue },
  { path: ['settings', 0, 'backup_configuration', 0, 'enabled'], what: 'backups', on: isTrue },
  { path: ['settings', 0, 'backup_configuration', 0, 'point_in_time_recovery_enabled'], what: 'recovery to a point in time', on: isTrue },
  { path: ['settings', 0, 'retain_backups_on_delete'], what: 'keeping backups after a deletion', on: isTrue },
  { path: ['settings', 0, 'availability_type'], what: 'the standby in another zone', on: (value) => value === 'REGIONAL' },
];

const unprotected: RiskRule = {
  id: 'database-unprotected',
  title: 'A database loses a protection',
  level: 'high',
  reason: 'Without it one wrong apply, one bad statement or one zone’s outage costs data that nothing brings back.',
  remedy: 'Leave it on. If the database shall be deleted, do that in a second change that says so.',
  looksAt: `Protection from deletion, backups, recovery to a point in time and the standby of \`${INSTANCE}\`: on today, and off afterwards.`,
  check: (input) =>
    changesOf(input, INSTANCE)
      .filter(({ change }) => change.before !== null && change.action !== 'delete')
      .flatMap((located) => GUARDS.flatMap((guard) => lost(located, guard))),
};

function lost(located: Located, { path, what, on }: Guard): RuleFinding[] {
  const { before, after } = located.change;
  if (!on(at(before, ...path))) return [];
  const now = at(after, ...path);
  if (isUnknown(now)) return [{ ...place(located), unknown: true, message: `Whether ${what} stays on is known only after apply.` }];
  return on(now) ? [] : [{ ...place(located), message: `It loses ${what}: ${quote(at(before, ...path))} → ${quote(now)}.` }];
}

/** Settings whose change restarts the instance, by Cloud SQL's page "About instance settings". */
const RESTARTING: readonly (readonly [readonly PathStep[], string])[] = [
  [['settings', 0, 'tier'], 'tier'],
  [['settings', 0, 'edition'], 'edition'],
  [['settings', 0, 'availability_type'], 'availability type'],
  [['settings', 0, 'ip_configuration', 0, 'private_network'], 'private network'],
  [['settings', 0, 'location_preference'], 'zone'],
];

/** Flags of PostgreSQL that take effect only at a start (context `postmaster`), as far as they are set in practice. */
const RESTARTING_FLAG =
  /^(max_connections|max_wal_senders|max_worker_processes|max_replication_slots|shared_buffers|huge_pages|wal_level|autovacuum_max_workers|autovacuum_freeze_max_age|max_locks_per_transaction|max_prepared_transactions|track_commit_timestamp|track_activity_query_size|shared_preload_libraries|cloudsql\..*|pg_stat_statements\.max)$/;

const restarted: RiskRule = {
  id: 'database-restarts',
  title: 'A database restarts',
  level: 'medium',
  reason: 'It answers nothing for one to some minutes. LiteLLM then refuses keys with 401, as if they were wrong.',
  remedy: 'Apply it in the quiet hours, and tell those who are on call.',
  looksAt: `Tier, edition, availability, network, zone and flags of \`${INSTANCE}\`.`,
  check: (input) =>
    changesOf(input, INSTANCE)
      .filter(({ change }) => change.action === 'update')
      .flatMap((located) => {
        const { before, after } = located.change;
        const settings = RESTARTING.filter(([path]) => at(before, ...path) !== undefined && !same(at(before, ...path), at(after, ...path)));
        const flags = changedFlags(before, after).filter((flag) => RESTARTING_FLAG.test(flag));
        const changed = settings.map(([path, what]) => `${what} ${quote(at(before, ...path))} → ${quote(at(after, ...path))}`);
        const all = [...changed, ...flags.map((flag) => `flag ${quote(flag)}`)];
        return all.length === 0 ? [] : [{ ...place(located), message: `It restarts for: ${all.join(', ')}.` }];
      }),
};

function changedFlags(before: Value, after: Value): string[] {
  const flags = (value: Value) =>
    new Map(elements(at(value, 'settings', 0, 'database_flags')).map((flag) => [textAt(flag, 'name') ?? '?', at(flag, 'value')]));
  const [old, young] = [flags(before), flags(after)];
  return [...new Set([...old.keys(), ...young.keys()])].filter((flag) => !same(old.get(flag), young.get(flag)));
}

const connections: RiskRule = {
  id: 'connection-budget-exceeded',
  title: 'The gateway may open more connections than the database takes',
  level: 'high',
  reason:
    'Each process of each instance has a pool of its own, and during a rollout two revisions run. A database without free connections shows as 401 for every key.',
  remedy: 'Fewer instances, workers or connections a worker, or a larger tier.',
  looksAt:
    'Instances and workers of the Cloud Run service that has a LiteLLM configuration or database variables, the pool in that configuration, and `max_connections` (flag, or what the tier has). Only where one of them changes.',
  check: connectionShortage,
};

export const DATABASE_RULES: readonly RiskRule[] = [replaced, unprotected, restarted, connections];
