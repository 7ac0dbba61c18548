import type { Action, Change, Part } from './action';
import { changesOf } from './changes';
import type { RawKey } from './gateway-api';
import { type Marker, markerOf } from './marker';
import type { Observed } from './observe';
import type { PlanOptions } from './plan';
import { aliasOf, type Desired, type KeySettings } from './settings';
import { keyWire, OF_THE_TEAM } from './wire';

/** A key of ours in the gateway. */
interface Ours {
  readonly raw: RawKey;
  readonly marker: Marker;
  readonly version: number;
}

const refused = (problem: string): Part => ({ actions: [], problems: [problem] });

export function planKey(name: string, settings: KeySettings, desired: Desired, observed: Observed, options: PlanOptions): Part {
  const alias = aliasOf(name, settings.version);
  const ours = keysOf(observed, desired).filter(({ marker }) => marker.name === name);
  const current = ours.find(({ version }) => version === settings.version);
  const newest = Math.max(...ours.map(({ version }) => version), 0);
  if (newest > settings.version) {
    return refused(
      `key ${name}: version ${newest} is in the gateway already, and the file says ${settings.version}. Versions only go up: write ${newest}, or ${newest + 1} for a new one.`,
    );
  }
  if (!current && observed.keys.some((key) => key.key_alias === alias)) {
    return refused(
      `key ${name}: the gateway has a key with the alias ${alias} that was not made from this file. Rename yours under gateway.keys, or delete that one.`,
    );
  }
  const problem = current ? secretProblem(name, settings, current, observed) : expiryProblem(name, settings, options);
  if (problem !== undefined) return refused(problem);
  const actions = current ? changeKey(alias, settings, current, desired) : [makeKey(name, settings, desired, observed)];
  const older = ours.filter(({ version }) => version < settings.version);
  const byHand = current?.raw.blocked === true && !current.marker.removed;
  return {
    actions: [...actions, ...older.flatMap((key) => retire(name, key, settings, options))],
    problems: [],
    notices: byHand ? [`key ${alias}: it was blocked by hand, and stays so until somebody unblocks it.`] : [],
  };
}

/** Keys that were made from this file, and are not in it any more. */
export function planRemovedKeys(desired: Desired, observed: Observed, options: PlanOptions): Part {
  const removed = keysOf(observed, desired).filter(({ marker }) => !(marker.name in desired.keys));
  const actions = removed.flatMap(({ raw, marker, version }): Action[] => {
    const target = { key: aliasOf(marker.name, version), token: raw.token };
    if (options.delete) return [{ do: 'delete-key', ...target }];
    return raw.blocked ? [] : [{ do: 'block-key', ...target, marker: { ...marker, removed: true } }];
  });
  return { actions, problems: [] };
}

const keysOf = ({ keys }: Observed, { environment }: Desired): Ours[] =>
  keys.flatMap((raw) => {
    const marker = markerOf(raw, environment);
    return marker?.version === undefined ? [] : [{ raw, marker, version: marker.version }];
  });

/** A key of which nobody has the value is of no use, and a value that is none lets nobody in. */
function secretProblem(name: string, { secret, version }: KeySettings, { raw }: Ours, { secrets }: Observed): string | undefined {
  const found = secrets[name];
  if (found?.hash === raw.token) return undefined;
  const what = found ? 'the newest version of its secret holds something else' : 'its secret holds nothing';
  return `key ${name}: ${what} (${secret}), and nobody else knows its value. Write version: ${version + 1} to get a new key, or bring the value back.`;
}

function expiryProblem(name: string, settings: KeySettings, { now }: PlanOptions): string | undefined {
  const { expires } = keyWire(settings);
  if (typeof expires !== 'string' || Date.parse(expires) > now) return undefined;
  return `key ${name}: it would have ended on ${settings.expires} before it was made. Write a later day, or remove the key.`;
}

function makeKey(name: string, settings: KeySettings, { environment }: Desired, { secrets, keys }: Observed): Action {
  const { secret, version } = settings;
  const fields = keyWire(settings);
  const found = secrets[name];
  const valueIsThere = found?.version === version && !keys.some(({ token }) => token === found.hash);
  return {
    do: 'make-key',
    key: aliasOf(name, version),
    secret,
    version,
    valueIsThere,
    fields,
    marker: { environment, name, version, applied: fields },
  };
}

function changeKey(key: string, settings: KeySettings, { raw, marker: before }: Ours, desired: Desired): Action[] {
  const fields = keyWire(settings);
  const { token } = raw;
  const changes = changesOf(raw, fields, before);
  const marker: Marker = { environment: desired.environment, name: before.name, version: before.version, applied: fields };
  // It stays marked as removed until it is unblocked.
  const marked: Marker = before.removed ? { ...marker, removed: true } : marker;
  const onTheWay = modelsOnTheWay(settings, changes, desired);
  return [
    ...(changes.length > 0
      ? [{ do: 'change-key' as const, key, token, fields, marker: marked, changes, ...(onTheWay && { onTheWay }) }]
      : []),
    ...(before.removed ? [{ do: 'unblock-key' as const, key, token, marker }] : []),
  ];
}

/** Never more than it had, or is going to have: without a team, `all-team-models` is every model. */
function modelsOnTheWay({ team, models }: KeySettings, changes: readonly Change[], { teams }: Desired): readonly string[] | undefined {
  const change = changes.find(({ field }) => field === 'team_id');
  if (!change || team === undefined) return undefined;
  if (change.from !== null) return OF_THE_TEAM;
  return models.length > 0 ? models : teams[team]?.models;
}

/** By which two clocks may differ. */
const CLOCKS_MS = 5 * 60_000;

/** An older version gets its end, unless it ends sooner anyway; when it is over it is deleted on request. */
function retire(name: string, { raw, marker, version }: Ours, { overlapHours }: KeySettings, options: PlanOptions): Action[] {
  const target = { key: aliasOf(name, version), token: raw.token };
  const over = raw.blocked === true || (typeof raw.expires === 'string' && Date.parse(raw.expires) <= options.now);
  if (over) return options.delete ? [{ do: 'delete-key', ...target }] : [];
  if (overlapHours === 0) return [{ do: 'block-key', ...target, marker }];
  const soon = options.now + overlapHours * 3_600_000 + CLOCKS_MS;
  return typeof raw.expires === 'string' && Date.parse(raw.expires) <= soon ? [] : [{ do: 'retire-key', ...target, overlapHours }];
}
