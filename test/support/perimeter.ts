import * as fc from 'fast-check';
import type { EnvironmentInput } from './environments';

type PerimeterInput = NonNullable<EnvironmentInput['perimeter']>;
type Ingress = NonNullable<PerimeterInput['ingressPolicies']>[string];
type Egress = NonNullable<PerimeterInput['egressPolicies']>[string];

const number = fc.constantFrom('512340987654', '667788990011', '771204456189');
const member = fc.constantFrom('user:ada@acme.example', 'group:ops@acme.example', 'serviceAccount:etl@acme-data.iam.gserviceaccount.com');
const callers = fc.oneof(
  fc.record({ identities: fc.uniqueArray(member, { minLength: 1, maxLength: 2 }) }),
  fc.record({ identityType: fc.constantFrom('any' as const, 'user' as const, 'service-account' as const) }),
);
const operations = fc.constantFrom<NonNullable<Ingress['to']['operations']>[]>(
  { '*': {} },
  { 'aiplatform.googleapis.com': {} },
  { 'storage.googleapis.com': { methods: ['google.storage.objects.get'] } },
);
const sources = fc.constantFrom<Partial<Ingress['from']>[]>(
  { anywhere: true },
  { projects: ['667788990011'] },
  { accessLevels: ['office'] },
);

const ingressPolicy = fc.record({ who: callers, where: sources, operations }).map(({ who, where, operations: what }): Ingress => ({
  from: { ...who, ...where },
  to: { projects: ['*'], operations: what },
}));
const egressPolicy = fc.record({ who: callers, to: number, operations }).map(({ who, to, operations: what }): Egress => ({
  from: who,
  to: { projects: [to], operations: what },
}));

const settings = fc.record(
  {
    services: fc.constantFrom('minimal' as const, 'all' as const),
    vpcAccessible: fc.constantFrom('restricted' as const, 'any' as const),
    projects: fc.uniqueArray(number, { maxLength: 2 }),
    accessLevels: fc.constantFrom<string[][]>([], ['office']),
    ingress: fc.constantFrom<string[][]>([], ['in1'], ['in1', 'in2']),
    egress: fc.constantFrom<string[][]>([], ['out1']),
  },
  { requiredKeys: [] },
);

/** Perimeters that are tried: what enforces one needs an identity that deploys, and in production evidence. */
export const perimeters: fc.Arbitrary<PerimeterInput> = fc
  .record({
    accessPolicy: fc.oneof(
      fc.constant({ source: 'existing' as const, number: '884412097365' }),
      fc.constant({ source: 'created' as const, organization: '618033988749', title: 'Gateway' }),
    ),
    ingress: fc.tuple(ingressPolicy, ingressPolicy),
    egress: egressPolicy,
    config: settings,
  })
  .map(({ accessPolicy, ingress: [in1, in2], egress, config }): PerimeterInput => ({
    accessPolicy,
    mode: 'dry-run' as const,
    accessLevels: { office: { kind: 'conditions' as const, conditions: [{ ipRanges: ['203.0.113.0/24'] }] } },
    ingressPolicies: { in1, in2 },
    egressPolicies: { out1: egress },
    config,
  }));
