import type { Finding, Sections } from './rules';

type Perimeter = NonNullable<Sections['perimeter']>;
type Settings = Perimeter['config'];

const at = (...path: readonly string[]): string[] => ['perimeter', ...path];

/** What must hold within a perimeter; each rule says why, and what to do. Lock-outs are checked where the stacks are built. */
export const PERIMETER_RULES: readonly ((sections: Sections) => Finding[])[] = [
  function candidatesNeedTheirMode({ perimeter }) {
    if (!perimeter || (perimeter.mode === 'enforced-with-candidate') === (perimeter.candidate !== undefined)) return [];
    if (perimeter.candidate) {
      return [
        {
          path: at('candidate'),
          message: `has no effect with mode: ${perimeter.mode}`,
          help: 'Write mode: enforced-with-candidate, or remove it.',
        },
      ];
    }
    return [
      {
        path: at('mode'),
        message: 'enforced-with-candidate needs a candidate',
        help: 'Add perimeter.candidate, with the settings to try.',
      },
    ];
  },

  function namesAreDefined({ perimeter }) {
    return perimeter ? configurations(perimeter).flatMap(([where, settings]) => undefinedNames(perimeter, where, settings)) : [];
  },

  function titlesAreUnique({ perimeter }) {
    return Object.keys(perimeter?.egressPolicies ?? {})
      .filter((name) => Object.hasOwn(perimeter!.ingressPolicies, name))
      .map((name) => ({
        path: at('egressPolicies', name),
        message: `${name} is also an ingress policy: titles are unique within a perimeter`,
        help: 'Rename one of them.',
      }));
  },

  function listsBelongToTheirSetting({ perimeter }) {
    if (!perimeter) return [];
    return configurations(perimeter).flatMap(([where, { services, serviceList, vpcAccessible, vpcAccessibleServices }]) => [
      ...(services === 'listed' && serviceList.length === 0
        ? [{ path: at(where, 'services'), message: 'listed needs a list', help: 'Add serviceList, or write minimal.' }]
        : []),
      ...((vpcAccessible === 'listed') !== vpcAccessibleServices.length > 0
        ? [
            {
              path: at(where, vpcAccessible === 'listed' ? 'vpcAccessible' : 'vpcAccessibleServices'),
              message: vpcAccessible === 'listed' ? 'listed needs a list' : `has no effect with vpcAccessible: ${vpcAccessible}`,
              help:
                vpcAccessible === 'listed'
                  ? 'Add vpcAccessibleServices, or write restricted.'
                  : 'Remove it, or write vpcAccessible: listed.',
            },
          ]
        : []),
    ]);
  },

  function policiesNameTheirCallers({ perimeter }) {
    const all = [
      ...Object.entries(perimeter?.ingressPolicies ?? {}).map(([name, policy]) => ['ingressPolicies', name, policy] as const),
      ...Object.entries(perimeter?.egressPolicies ?? {}).map(([name, policy]) => ['egressPolicies', name, policy] as const),
    ];
    return all.flatMap(([kind, name, { from, to }]) => [
      ...((from.identities ?? []).length > 0 === (from.identityType !== undefined)
        ? [{ path: at(kind, name, 'from'), message: 'needs identities or an identityType, and not both', help: 'Write one of the two.' }]
        : []),
      ...((to.operations !== undefined) === (to.roles !== undefined)
        ? [
            {
              path: at(kind, name, 'to'),
              message: 'needs operations or roles, and not both',
              help: 'Everything is operations: { "*": {} }.',
            },
          ]
        : []),
    ]);
  },

  function ingressHasASource({ perimeter }) {
    return Object.entries(perimeter?.ingressPolicies ?? {})
      .filter(([, { from }]) => {
        const sources = [from.accessLevels, from.projects, from.networks].some((given) => given && given.length > 0);
        return sources === (from.anywhere === true);
      })
      .map(([name]) => ({
        path: at('ingressPolicies', name, 'from'),
        message: 'needs sources (accessLevels, projects, networks) or anywhere: true, and not both',
        help: 'Say from where, or anywhere: true if it really is everywhere.',
      }));
  },
];

const configurations = ({ config, candidate }: Perimeter): (readonly ['config' | 'candidate', Settings])[] => [
  ['config', config],
  ...(candidate ? ([['candidate', candidate]] as const) : []),
];

function undefinedNames(perimeter: Perimeter, where: string, settings: Settings): Finding[] {
  const kinds = [
    ['ingress', settings.ingress, perimeter.ingressPolicies, 'ingressPolicies'],
    ['egress', settings.egress, perimeter.egressPolicies, 'egressPolicies'],
    ['accessLevels', settings.accessLevels, perimeter.accessLevels, 'accessLevels'],
  ] as const;
  return kinds.flatMap(([key, names, defined, section]) =>
    names
      .filter((name) => !Object.hasOwn(defined, name))
      .map((name) => ({
        path: at(where, key, String(names.indexOf(name))),
        message: `${name} is not under perimeter.${section}`,
        help: `Defined there: ${Object.keys(defined).join(', ') || 'nothing'}.`,
      })),
  );
}
