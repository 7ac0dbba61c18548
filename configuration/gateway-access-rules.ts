import type { Finding, Sections } from './rules';
import type { EnvironmentSettings } from './schema';
import { nearest } from './suggest';

type Gateway = NonNullable<EnvironmentSettings['gateway']>;
type Rule = (gateway: Gateway, sections: Sections) => Finding[];

/** A rule says nothing where there is no gateway. */
const ofGateway =
  (rule: Rule) =>
  (sections: Sections): Finding[] =>
    sections.gateway === undefined ? [] : rule(sections.gateway, sections);

const help = (given: string, known: readonly string[], where: string): string => {
  const meant = nearest(given, known);
  if (meant !== undefined) return `Did you mean ${meant}?`;
  return known.length > 0 ? `There are: ${known.join(', ')}.` : `Add it under ${where}.`;
};

/** Lists of models, each with where it stands. */
const modelLists = ({ teams, keys }: Gateway): (readonly [readonly string[], readonly string[]])[] => [
  ...Object.entries(teams).map(([name, { models }]) => [['gateway', 'teams', name, 'models'], models] as const),
  ...Object.entries(keys).map(([name, { models }]) => [['gateway', 'keys', name, 'models'], models] as const),
];

/**
 * Whether a list lets a name through. LiteLLM: an alias may be asked for by who has the alias or its target; who has only the alias may
 * not ask for the target.
 */
const allows = (list: readonly string[], name: string, { aliases }: Gateway): boolean =>
  list.includes(name) || (aliases[name] !== undefined && list.includes(aliases[name].group));

/** What must hold for teams and keys; each rule says why, and what to do. */
export const GATEWAY_ACCESS_RULES: readonly ((sections: Sections) => Finding[])[] = [
  ofGateway(function keysHaveADatabase({ database, teams, keys, keysJob }) {
    if (database !== undefined) return [];
    const given = { teams: Object.keys(teams).length > 0, keys: Object.keys(keys).length > 0, keysJob: keysJob !== undefined };
    return Object.entries(given)
      .filter(([, present]) => present)
      .map(([section]) => ({
        path: ['gateway', section],
        message: 'keys, teams and what they spend are kept in a database, and the gateway has none',
        help: 'Add gateway.database, or remove this.',
      }));
  }),

  ofGateway(function modelsOfKeysExist(gateway) {
    const known = [...Object.keys(gateway.models), ...Object.keys(gateway.aliases)];
    return modelLists(gateway).flatMap(([path, models]) =>
      models.flatMap((name, index) =>
        known.includes(name)
          ? []
          : [
              {
                path: [...path, String(index)],
                message: `gateway.models has no group ${name}, and gateway.aliases no alias`,
                help: help(name, known, 'gateway.models'),
              },
            ],
      ),
    );
  }),

  ofGateway(function modelsOfKeysAreNamedOnce(gateway) {
    return modelLists(gateway).flatMap(([path, models]) =>
      models.flatMap((name, index) =>
        models.indexOf(name) === index ? [] : [{ path: [...path, String(index)], message: `${name} is there already`, help: 'Remove it.' }],
      ),
    );
  }),

  ofGateway(function teamsOfKeysExist({ keys, teams }) {
    return Object.entries(keys).flatMap(([name, { team }]) =>
      team === undefined || team in teams
        ? []
        : [
            {
              path: ['gateway', 'keys', name, 'team'],
              message: `gateway.teams has no ${team}`,
              help: help(team, Object.keys(teams), 'gateway.teams'),
            },
          ],
    );
  }),

  ofGateway(function ownersOfKeysExist({ keys }, { identity }) {
    if (identity === undefined) return [];
    return Object.entries(keys).flatMap(([name, { owner }]) => {
      const path = ['gateway', 'keys', name, 'owner'];
      if (owner === undefined) return [];
      const invoker = identity.invokers[owner];
      if (invoker === undefined) {
        return [
          { path, message: `identity.invokers has no ${owner}`, help: help(owner, Object.keys(identity.invokers), 'identity.invokers') },
        ];
      }
      if (invoker.kind !== 'everybody') return [];
      return [{ path, message: `${owner} is everybody, who would then read the key`, help: 'Name people, a group or a workload.' }];
    });
  }),

  ofGateway(function keysSayWhatTheyMayAskFor({ keys }) {
    return Object.entries(keys)
      .filter(([, { models, team }]) => models.length === 0 && team === undefined)
      .map(([name]) => ({
        path: ['gateway', 'keys', name],
        message: 'has neither models nor a team: LiteLLM would let it ask for every model, also for those that come later',
        help: 'List its models, or give it a team.',
      }));
  }),

  ofGateway(function keysAskForNoMoreThanTheirTeam(gateway) {
    return Object.entries(gateway.keys).flatMap(([name, { models, team: teamName }]) => {
      const team = teamName === undefined ? undefined : gateway.teams[teamName];
      if (!team) return [];
      return models.flatMap((model, index) =>
        allows(team.models, model, gateway)
          ? []
          : [
              {
                path: ['gateway', 'keys', name, 'models', String(index)],
                message: `the team ${teamName} may not ask for ${model}, so this key could not either`,
                help: `Add it to gateway.teams.${teamName}.models, or remove it here.`,
              },
            ],
      );
    });
  }),

  ofGateway(function budgetsOfKeysFitTheirTeam({ keys, teams }) {
    return Object.entries(keys).flatMap(([name, { budget, team: teamName }]) => {
      const team = teamName === undefined ? undefined : teams[teamName]?.budget;
      if (!budget || !team || budget.every !== team.every || budget.usd <= team.usd) return [];
      return [
        {
          path: ['gateway', 'keys', name, 'budget', 'usd'],
          message: `${budget.usd} is more than the ${team.usd} of the whole team ${teamName} in the same time: it could never be spent`,
          help: `Write at most ${team.usd}, or raise the budget of the team.`,
        },
      ];
    });
  }),

  ofGateway(function keyOfGeminiCliOpensItsGroups(gateway) {
    const { key: name, ...groups } = gateway.geminiCli ?? {};
    if (name === undefined) return [];
    const path = ['gateway', 'geminiCli', 'key'];
    const key = gateway.keys[name];
    if (!key) return [{ path, message: `gateway.keys has no ${name}`, help: help(name, Object.keys(gateway.keys), 'gateway.keys') }];
    const models = key.models.length > 0 || key.team === undefined ? key.models : (gateway.teams[key.team]?.models ?? []);
    const closed = [...new Set(Object.values(groups))].filter((group) => !models.includes(group));
    if (closed.length === 0) return [];
    return [
      {
        path,
        message: `${name} may not ask for ${closed.join(', ')}, which Gemini CLI would`,
        help: `Add to its models: ${closed.join(', ')}; or name another key.`,
      },
    ];
  }),

  ofGateway(function groupsOfGeminiCliExist({ geminiCli, models }) {
    const { key: _key, ...groups } = geminiCli ?? {};
    return Object.entries(groups).flatMap(([kind, group]) =>
      group in models
        ? []
        : [
            {
              path: ['gateway', 'geminiCli', kind],
              message: `gateway.models has no group ${group}`,
              help: help(group, Object.keys(models), 'gateway.models'),
            },
          ],
    );
  }),

  ofGateway(function imageOfKeysJobExists({ keysJob }, { images }) {
    if (keysJob === undefined || images === undefined) return [];
    const { repository } = keysJob.image;
    const known = [...Object.keys(images.repositories), ...Object.keys(images.remotes)];
    if (known.includes(repository)) return [];
    return [
      {
        path: ['gateway', 'keysJob', 'image', 'repository'],
        message: `images has no repository ${repository}`,
        help: help(repository, known, 'images.repositories'),
      },
    ];
  }),
];
