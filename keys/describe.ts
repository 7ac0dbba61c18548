import type { Action, Change, Plan } from './action';

/** Fields in the words of the environment file. */
const WORDS: Readonly<Record<string, string>> = {
  team_id: 'team',
  models: 'models',
  max_budget: 'budget, US dollars',
  budget_duration: 'budget every',
  rpm_limit: 'requests a minute',
  tpm_limit: 'tokens a minute',
  max_parallel_requests: 'parallel requests',
  allowed_routes: 'routes',
  expires: 'ends',
};

const shown = (value: Change['from']): string => {
  if (value === null) return 'none';
  if (Array.isArray(value)) return value.length > 0 ? value.join(' ') : 'none';
  return String(value);
};

const changeOf = ({ field, from, to, byHand }: Change): string =>
  `      ${WORDS[field] ?? field}: ${shown(from)} → ${shown(to)}${byHand ? '   (changed by hand in the gateway)' : ''}`;

/** An action in one line, and a line more for each change. */
export function describeAction(action: Action): string {
  switch (action.do) {
    case 'make-team':
      return `  + team ${action.team}`;
    case 'change-team':
      return [`  ~ team ${action.team}`, ...action.changes.map(changeOf)].join('\n');
    case 'make-key':
      return `  + key ${action.key}, ${action.valueIsThere ? 'with the value that is in' : 'a new value goes to'} ${action.secret}`;
    case 'change-key':
      return [`  ~ key ${action.key}`, ...action.changes.map(changeOf)].join('\n');
    case 'retire-key':
      return `  ~ key ${action.key}: ends in ${action.overlapHours} hours, a newer version is there`;
    case 'block-team':
      return `  - team ${action.team}: blocked, it is not in the file`;
    case 'block-key':
      return `  - key ${action.key}: blocked, ${action.marker.removed ? 'it is not in the file' : 'a newer version is there'}`;
    case 'unblock-team':
      return `  + team ${action.team}: unblocked, it is in the file again`;
    case 'unblock-key':
      return `  + key ${action.key}: unblocked, it is in the file again`;
    case 'delete-team':
      return `  - team ${action.team}: DELETED, with what it has spent`;
    case 'delete-key':
      return `  - key ${action.key}: DELETED`;
  }
}

/** A plan as people read it. */
export function describePlan({ id, actions, problems, notices, foreign }: Plan): string {
  const lines: string[] = [];
  if (actions.length > 0) lines.push(`Plan ${id}:`, ...actions.map(describeAction));
  else lines.push(problems.length > 0 ? 'Nothing can be done.' : 'The gateway is as the file says.');
  const left = [...foreign.teams.map((name) => `team ${name}`), ...foreign.keys.map((name) => `key ${name}`)];
  if (left.length > 0) lines.push('', 'Not made from this file, and left alone:', ...left.map((name) => `    ${name}`));
  if (notices.length > 0) lines.push('', ...notices.map((notice) => `  ! ${notice}`));
  if (problems.length > 0) lines.push('', 'Not possible:', ...problems.map((problem) => `  ✗ ${problem}`));
  return lines.join('\n');
}
