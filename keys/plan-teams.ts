import type { Action, Part } from './action';
import { changesOf } from './changes';
import { type Marker, markerOf } from './marker';
import type { Observed } from './observe';
import type { PlanOptions } from './plan';
import type { Desired, TeamSettings } from './settings';
import { teamWire } from './wire';

export function planTeam(team: string, settings: TeamSettings, { environment }: Desired, { teams }: Observed): Part {
  const fields = teamWire(settings);
  const marker: Marker = { environment, name: team, applied: fields };
  const found = teams.find(({ team_id: id }) => id === team);
  if (!found) return { actions: [{ do: 'make-team', team, fields, marker }], problems: [] };
  const before = markerOf(found, environment);
  if (!before) {
    return {
      actions: [],
      problems: [
        `team ${team}: the gateway has one of this name that was not made from this file. Rename yours under gateway.teams, or delete that one.`,
      ],
    };
  }
  const changes = changesOf(found, fields, before);
  const actions: Action[] =
    changes.length > 0
      ? [{ do: 'change-team', team, fields, marker: { ...marker, ...(before.removed && { removed: true }) }, changes }]
      : [];
  if (before.removed) actions.push({ do: 'unblock-team', team, marker });
  const byHand = found.blocked === true && !before.removed;
  return {
    actions,
    problems: [],
    notices: byHand ? [`team ${team}: it was blocked by hand, and stays so until somebody unblocks it.`] : [],
  };
}

/** Teams that were made from this file, and are not in it any more. */
export function planRemovedTeams(desired: Desired, { teams, keys }: Observed, options: PlanOptions): Part {
  const actions: Action[] = [];
  const problems: string[] = [];
  for (const found of teams) {
    const team = found.team_id;
    const before = markerOf(found, desired.environment);
    if (team in desired.teams || !before) continue;
    if (!options.delete) {
      if (!found.blocked) actions.push({ do: 'block-team', team, marker: { ...before, removed: true } });
      continue;
    }
    // LiteLLM deletes a team with all its keys.
    const others = keys.filter((key) => key.team_id === team && !markerOf(key, desired.environment));
    if (others.length === 0) actions.push({ do: 'delete-team', team });
    else {
      const names = others.map((key) => key.key_alias ?? key.token.slice(0, 8)).join(', ');
      problems.push(
        `team ${team}: it is not deleted, for keys would go with it that were not made from this file: ${names}. Move or delete them.`,
      );
    }
  }
  return { actions, problems };
}
