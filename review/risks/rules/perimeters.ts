import { at, isEmpty, same, type Value } from '../../plan';
import { changesOf, going, goes, place, type Located, type RiskRule, type RuleFinding } from '../rule';
import { added, elements, holdsUnknown, textAt, texts } from '../values';
import { quote, quoteAll } from '../words';

const PERIMETER = 'google_access_context_manager_service_perimeter';

const status = (value: Value): Value | undefined => at(value, 'status', 0);

const leavesDryRun: RiskRule = {
  id: 'perimeter-leaves-dry-run',
  title: 'A perimeter begins to deny',
  level: 'high',
  reason: 'Until now what the perimeter forbids was only logged. After this it is refused, at once and for everybody who is not let in.',
  remedy:
    'Read the report of violations (`npm run perimeter`) for the days since the last change, and let somebody who knows the callers agree.',
  looksAt: `\`status\` and \`spec\` of \`${PERIMETER}\`: a perimeter that gets an enforced configuration, or takes over services, projects or settings from its dry run.`,
  check: (input) =>
    changesOf(input, PERIMETER).flatMap((located) => {
      const { before, after } = located.change;
      if (at(after, 'status') !== undefined && holdsUnknown(at(after, 'status')) && isEmpty(status(before)))
        return [
          { ...place(located), unknown: true, message: 'It gets an enforced configuration, of which a part is known only after apply.' },
        ];
      if (isEmpty(status(after))) return [];
      if (isEmpty(status(before)))
        return [
          {
            ...place(located),
            message: `${before === null ? 'It is made' : 'It was only tried, and is now'} enforced: ${scopeOf(status(after))}.`,
          },
        ];
      const services = added(restricted(status(before)), restricted(status(after)));
      const projects = added(texts(at(status(before), 'resources')), texts(at(status(after), 'resources')));
      return [
        ...(services.length > 0
          ? [{ ...place(located), message: `These services are now denied from outside: ${quoteAll(services)}.` }]
          : []),
        ...(projects.length > 0 ? [{ ...place(located), message: `These projects are now inside: ${quoteAll(projects)}.` }] : []),
      ];
    }),
};

const restricted = (configuration: Value | undefined): string[] => texts(at(configuration, 'restricted_services'));

const scopeOf = (configuration: Value | undefined): string => {
  const services = restricted(configuration).length;
  const projects = texts(at(configuration, 'resources')).length;
  return `${services} service${services === 1 ? '' : 's'} in ${projects} project${projects === 1 ? '' : 's'}`;
};

const opened: RiskRule = {
  id: 'perimeter-opened',
  title: 'A perimeter protects less',
  level: 'high',
  reason:
    'What was inside can be reached, or carried away, from outside once a perimeter, a service, or a project of it is gone, or more callers are let in.',
  remedy: 'Ask whoever owns the data whether it may leave. Narrow new policies to identities, projects and methods.',
  looksAt: `The enforced \`status\` of \`${PERIMETER}\`: a perimeter that goes, or falls back to dry run; services and projects that leave it; new or wider ingress and egress policies (medium).`,
  check: (input) =>
    changesOf(input, PERIMETER).flatMap((located) => {
      const { before, after } = located.change;
      if (isEmpty(status(before))) return [];
      const where = place(located);
      if (goes(located.change))
        return [{ ...where, message: `The perimeter ${going(located.change)}. Until there is one again nothing keeps data inside.` }];
      if (isEmpty(status(after))) return [{ ...where, message: 'It is enforced today, and will only log.' }];
      const services = added(restricted(status(after)), restricted(status(before)));
      const projects = added(texts(at(status(after), 'resources')), texts(at(status(before), 'resources')));
      return [
        ...(services.length > 0 ? [{ ...where, message: `These services are no longer protected: ${quoteAll(services)}.` }] : []),
        ...(projects.length > 0 ? [{ ...where, message: `These projects are no longer inside: ${quoteAll(projects)}.` }] : []),
        ...widerPolicies(located),
      ];
    }),
};

const DIRECTIONS = ['ingress', 'egress'] as const;

const policies = (configuration: Value | undefined, direction: string): readonly Value[] =>
  elements(at(configuration, `${direction}_policies`));

/** Policies go by their title; one without goes by all that is in it. */
const titleOf = (policy: Value): string => textAt(policy, 'title') ?? JSON.stringify(policy);

function widerPolicies(located: Located): RuleFinding[] {
  const [before, after] = [status(located.change.before), status(located.change.after)];
  return DIRECTIONS.flatMap((direction) => {
    const known = new Map(policies(before, direction).map((policy) => [titleOf(policy), policy]));
    return policies(after, direction).flatMap((policy): RuleFinding[] => {
      const old = known.get(titleOf(policy));
      const name = textAt(policy, 'title') === undefined ? '' : ` ${quote(textAt(policy, 'title'))}`;
      if (old === undefined)
        return [
          { ...place(located), level: 'medium', message: `A new ${direction} policy${name} lets ${who(policy, direction)} through.` },
        ];
      if (same(old, policy)) return [];
      const more = added([...leaves(old)], [...leaves(policy)]);
      return more.length === 0
        ? []
        : [{ ...place(located), level: 'medium', message: `The ${direction} policy${name} now also names ${quoteAll(more)}.` }];
    });
  });
}

function who(policy: Value, direction: string): string {
  const from = at(policy, `${direction}_from`, 0);
  const identities = texts(at(from, 'identities'));
  const kind = textAt(from, 'identity_type');
  return identities.length > 0 ? quoteAll(identities) : kind === undefined ? 'callers that it does not name' : quote(kind);
}

function* leaves(value: Value | undefined): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) yield* leaves(inner as Value);
}

const ruleRemoved: RiskRule = {
  id: 'perimeter-rule-removed',
  title: 'Somebody who was let into a perimeter no longer is',
  level: 'high',
  reason: 'Calls that an ingress or egress policy, or an access level, allowed until now are refused from the moment this is applied.',
  remedy: 'Look in the audit log for who still uses the policy, and tell them before it goes.',
  looksAt: `Ingress and egress policies, their members, and access levels in \`status\` of \`${PERIMETER}\`; access levels that go.`,
  check: (input) => [
    ...changesOf(input, PERIMETER)
      .filter(({ change }) => !isEmpty(status(change.before)) && !isEmpty(status(change.after)) && !goes(change))
      .flatMap(narrowerPolicies),
    ...changesOf(input, 'google_access_context_manager_access_level')
      .filter(({ change }) => goes(change))
      .map((located) => ({
        ...place(located),
        message: `The access level ${going(located.change)}: ingress that asks for it is refused.`,
      })),
  ],
};

function narrowerPolicies(located: Located): RuleFinding[] {
  const [before, after] = [status(located.change.before), status(located.change.after)];
  const levels = added(texts(at(after, 'access_levels')), texts(at(before, 'access_levels')));
  return [
    ...(levels.length > 0 ? [{ ...place(located), message: `These access levels no longer let anybody in: ${quoteAll(levels)}.` }] : []),
    ...DIRECTIONS.flatMap((direction) => {
      const young = new Map(policies(after, direction).map((policy) => [titleOf(policy), policy]));
      return policies(before, direction).flatMap((policy): RuleFinding[] => {
        const now = young.get(titleOf(policy));
        const name = textAt(policy, 'title') === undefined ? '' : ` ${quote(textAt(policy, 'title'))}`;
        if (now === undefined)
          return [{ ...place(located), message: `The ${direction} policy${name} goes: ${who(policy, direction)} is refused.` }];
        const fewer = added([...leaves(now)], [...leaves(policy)]);
        return fewer.length === 0
          ? []
          : [{ ...place(located), message: `The ${direction} policy${name} no longer names ${quoteAll(fewer)}.` }];
      });
    }),
  ];
}

export const PERIMETER_RULES: readonly RiskRule[] = [leavesDryRun, opened, ruleRemoved];
