import { createHash } from 'node:crypto';
import type { Action, Plan } from './action';
import type { Observed } from './observe';
import { planKey, planRemovedKeys } from './plan-keys';
import { planRemovedTeams, planTeam } from './plan-teams';
import type { Desired } from './settings';
import { markerOf } from './marker';

export interface PlanOptions {
  /** Delete what is not in the file any more, instead of blocking it. */
  readonly delete: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * What has to be done, in the order in which it is done: teams before their keys, new before old, blocking before deleting. Pure: the same
 * state gives the same plan, and the same id.
 */
export function plan(desired: Desired, observed: Observed, options: PlanOptions): Plan {
  const parts = [
    ...Object.entries(desired.teams).map(([name, team]) => planTeam(name, team, desired, observed)),
    ...Object.entries(desired.keys).map(([name, key]) => planKey(name, key, desired, observed, options)),
    planRemovedKeys(desired, observed, options),
    planRemovedTeams(desired, observed, options),
  ];
  const actions = parts.flatMap((part) => part.actions);
  const foreign = {
    keys: observed.keys.filter((key) => !markerOf(key, desired.environment)).map((key) => key.key_alias ?? `${key.token.slice(0, 8)}…`),
    teams: observed.teams.filter((team) => !markerOf(team, desired.environment)).map((team) => team.team_id),
  };
  return {
    id: idOf(actions),
    actions,
    problems: parts.flatMap((part) => part.problems),
    notices: parts.flatMap((part) => part.notices ?? []),
    foreign,
  };
}

/** Of what would be done, so that exactly this can be asked for. */
const idOf = (actions: readonly Action[]): string => createHash('sha256').update(JSON.stringify(actions)).digest('hex').slice(0, 12);
