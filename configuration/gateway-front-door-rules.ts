import { overlap, rangeOf } from './ranges';
import type { Finding, Sections } from './rules';
import type { EnvironmentSettings } from './schema';

type FrontDoor = NonNullable<NonNullable<EnvironmentSettings['gateway']>['frontDoor']>;
type Rule = (frontDoor: FrontDoor, sections: Sections) => Finding[];

const at = (...path: readonly string[]): string[] => ['gateway', 'frontDoor', ...path];

/** A rule says nothing where there is no front door. */
const ofFrontDoor =
  (rule: Rule) =>
  (sections: Sections): Finding[] =>
    sections.gateway?.frontDoor === undefined ? [] : rule(sections.gateway.frontDoor, sections);

/** Whether every address of `inner` is in `outer`. */
function holds(outer: string, inner: string): boolean {
  const [one, other] = [rangeOf(outer), rangeOf(inner)];
  return one.first <= other.first && other.last <= one.last;
}

/** What must hold for the front door; each rule says why, and what to do. */
export const GATEWAY_FRONT_DOOR_RULES: readonly ((sections: Sections) => Finding[])[] = [
  ofFrontDoor(function managedCertificatesProveTheirDomain({ kind, domains }) {
    return Object.entries(domains)
      .filter(([, { zone, certificate }]) => {
        return certificate.kind === 'managed' && certificate.zone === undefined && (kind === 'internal' || zone === undefined);
      })
      .map(([domain]) => ({
        path: at('domains', domain, 'certificate'),
        message: 'Google issues no certificate for a domain that nobody proves, and there is no public zone to prove it in',
        help:
          kind === 'internal'
            ? 'Write certificate: { kind: managed, zone: { name: … } } with a public zone, or kind: existing or private-ca.'
            : 'Add the zone of the domain, or write certificate: { kind: existing, certificate: … }.',
      }));
  }),

  ofFrontDoor(function certificatesAreInTheLocation({ kind, domains }, { region }) {
    const location = kind === 'external' ? 'global' : region;
    if (location === undefined) return [];
    return Object.entries(domains).flatMap(([domain, { certificate }]) => {
      if (certificate.kind === 'managed') return [];
      const [key, name] =
        certificate.kind === 'existing' ? ['certificate', certificate.certificate] : ['issuanceConfig', certificate.issuanceConfig];
      const given = name.split('/')[3];
      if (given === location) return [];
      return [
        {
          path: at('domains', domain, 'certificate', key),
          message: `is in ${given}, but an ${kind} front door takes certificates of ${location} only`,
          help: `Make one there, and name it.`,
        },
      ];
    });
  }),

  ofFrontDoor(function internalNeedsProxies({ kind }, { network }) {
    if (kind === 'external' || network === undefined || network.proxySubnet !== undefined) return [];
    return [
      {
        path: at('kind'),
        message: 'an internal load balancer calls from addresses of its own, and the network has none for it',
        help: 'Add network.proxySubnet, e.g. a /23 beside the subnet.',
      },
    ];
  }),

  ofFrontDoor(function administratorsAreSomebody(frontDoor) {
    if (frontDoor.kind === 'internal' || frontDoor.administrators === undefined) return [];
    const { ranges, signIn } = frontDoor.administrators;
    if (signIn !== undefined && Object.keys(signIn).length === 0) {
      const path = at('administrators', 'signIn');
      return [{ path, message: 'lets nobody sign in', help: 'Name people or groups, or remove it.' }];
    }
    if (ranges !== undefined || signIn !== undefined) return [];
    return [{ path: at('administrators'), message: 'names nobody', help: 'Add ranges, signIn or both, or remove it.' }];
  }),

  ofFrontDoor(function rangesAreNotRepeated(frontDoor) {
    if (frontDoor.kind === 'internal') return [];
    const { callers, denied, administrators } = frontDoor;
    const lists = [
      [['callers', 'ranges'], callers?.ranges],
      [['denied', 'ranges'], denied?.ranges],
      [['administrators', 'ranges'], administrators?.ranges],
    ] as const;
    return lists.flatMap(([path, ranges = []]) =>
      ranges.flatMap((range, index) => {
        const other = ranges.find((each, place) => place !== index && holds(each, range) && (each !== range || place < index));
        if (other === undefined) return [];
        const message = other === range ? `${range} stands twice` : `${range} is a part of ${other}, which stands beside it`;
        return [{ path: at(...path, String(index)), message, help: 'Remove it.' }];
      }),
    );
  }),

  ofFrontDoor(function nobodyIsLetInAndDenied(frontDoor) {
    if (frontDoor.kind === 'internal') return [];
    const { callers, denied, administrators } = frontDoor;
    const lists = [
      [['callers', 'ranges'], callers?.ranges],
      [['administrators', 'ranges'], administrators?.ranges],
    ] as const;
    return lists.flatMap(([path, ranges = []]) =>
      ranges.flatMap((range, index) => {
        const other = denied?.ranges.find((each) => holds(each, range));
        if (other === undefined) return [];
        return [
          {
            path: at(...path, String(index)),
            message: `${range} is let in, but ${other} under denied holds it, and is denied first`,
            help: 'Remove one of the two.',
          },
        ];
      }),
    );
  }),

  ofFrontDoor(function wafOptionsNeedRules(frontDoor) {
    if (frontDoor.kind === 'internal' || !frontDoor.inspectBodies || Object.keys(frontDoor.waf).length > 0) return [];
    return [{ path: at('inspectBodies'), message: 'has no effect without rules', help: 'Add gateway.frontDoor.waf, or remove it.' }];
  }),

  function proxiesHaveARangeOfTheirOwn({ network }) {
    const { proxySubnet, subnet, privateServicesAccess } = network ?? {};
    if (proxySubnet === undefined) return [];
    return [subnet, privateServicesAccess].flatMap((other) =>
      other === undefined || !overlap(rangeOf(proxySubnet), rangeOf(other))
        ? []
        : [
            {
              path: ['network', 'proxySubnet'],
              message: `${proxySubnet} overlaps with ${other}: a subnet for proxies is for them alone`,
              help: 'Choose a range outside of it.',
            },
          ],
    );
  },
];
