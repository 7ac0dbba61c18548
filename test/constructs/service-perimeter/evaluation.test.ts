import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { evaluate, type IngressPolicy, type PerimeterRequest } from '../../../constructs/service-perimeter';
import type { PerimeterConfiguration } from '../../../constructs/service-perimeter/settings';
import { ALSO_INSIDE, configuration, DOCUMENTED_CASES, INSIDE, NETWORK, OUTSIDE } from './cases';

describe('an evaluation decides as the documentation says', () => {
  it('in at least 40 cases', () => expect(DOCUMENTED_CASES.length).toBeGreaterThanOrEqual(40));

  it.each(DOCUMENTED_CASES)('$page: $title', ({ perimeter, request, expected: [outcome, rule] }) => {
    expect(evaluate(perimeter, request)).toMatchObject({ outcome, rule });
  });

  it('and the README says how many were compared with the text of their source', () => {
    const read = DOCUMENTED_CASES.filter((one) => one.read).length;
    const readme = readFileSync(join(__dirname, '../../../constructs/service-perimeter/README.md'), 'utf8');
    expect(readme.replace(/\s+/g, ' ')).toContain(`${read} of the ${DOCUMENTED_CASES.length} evaluation cases`);
  });
});

const some = <T>(...values: readonly T[]): fc.Arbitrary<T[]> => fc.subarray([...values]);
const service = fc.constantFrom('storage.googleapis.com', 'bigquery.googleapis.com', 'run.googleapis.com', 'pubsub.googleapis.com');
const principal = fc.constantFrom('user:a@b.example', 'serviceAccount:r@b.iam.gserviceaccount.com', 'user:z@b.example');
const method = fc.constantFrom('m.get', 'm.create', 'run.googleapis.com/HttpIngress');
const callers = fc.oneof(
  fc.record({ identities: fc.array(principal, { minLength: 1, maxLength: 2 }) }),
  fc.record({ identityType: fc.constantFrom('any' as const, 'user' as const, 'service-account' as const) }),
);
const to = fc.record({
  projects: fc.oneof(fc.constant(['*']), some(INSIDE, ALSO_INSIDE, OUTSIDE)),
  operations: fc.oneof(
    fc.constant({ '*': {} }),
    fc.dictionary(service, fc.record({ methods: fc.array(method, { maxLength: 2 }) }), { maxKeys: 2 }),
  ),
});
const ingressPolicy: fc.Arbitrary<IngressPolicy> = fc.record({
  from: fc
    .tuple(
      callers,
      fc.record({ accessLevels: some('office', 'home'), projects: some(OUTSIDE), networks: some(NETWORK), anywhere: fc.boolean() }),
    )
    .map(([who, where]) => ({ ...who, ...where })),
  to,
});
const egressPolicy = fc.record({ from: callers, to });
const configurations: fc.Arbitrary<PerimeterConfiguration> = fc.record({
  projects: some(INSIDE, ALSO_INSIDE),
  restrictedServices: some('storage.googleapis.com', 'bigquery.googleapis.com', 'run.googleapis.com'),
  accessibleServices: fc.option(some('storage.googleapis.com', 'run.googleapis.com'), { nil: undefined }),
  accessLevels: some('office'),
  ingress: fc.dictionary(fc.constantFrom('i1', 'i2'), ingressPolicy),
  egress: fc.dictionary(fc.constantFrom('e1', 'e2'), egressPolicy),
});
const requests: fc.Arbitrary<PerimeterRequest> = fc.record({
  principal: fc.option(principal, { nil: undefined }),
  source: fc.record(
    {
      project: fc.constantFrom(INSIDE, ALSO_INSIDE, OUTSIDE),
      network: fc.constant(NETWORK),
      accessLevels: some('office', 'home'),
      inAnotherPerimeter: fc.boolean(),
    },
    { requiredKeys: [] },
  ),
  service,
  method,
  resources: fc.uniqueArray(fc.constantFrom(INSIDE, ALSO_INSIDE, OUTSIDE), { minLength: 1, maxLength: 3 }),
});
const RUNS = { numRuns: 2000 };

describe('whatever a perimeter is', () => {
  it('one more ingress policy never denies more', () => {
    fc.assert(
      fc.property(configurations, ingressPolicy, requests, (before, added, request) => {
        const after = { ...before, ingress: { ...before.ingress, added } };
        const outcome = (one: PerimeterConfiguration) => evaluate({ enforced: one, tried: one }, request).outcome;
        if (outcome(before) === 'allowed') expect(outcome(after)).toBe('allowed');
      }),
      RUNS,
    );
  });

  it('one more egress policy never denies more', () => {
    fc.assert(
      fc.property(configurations, egressPolicy, requests, (before, added, request) => {
        const after = { ...before, egress: { ...before.egress, added } };
        const outcome = (one: PerimeterConfiguration) => evaluate({ enforced: one, tried: one }, request).outcome;
        if (outcome(before) === 'allowed') expect(outcome(after)).toBe('allowed');
      }),
      RUNS,
    );
  });

  it('a candidate that is not changed reports nothing', () => {
    fc.assert(
      fc.property(configurations, requests, (same, request) => {
        expect(evaluate({ enforced: same, tried: structuredClone(same) }, request).outcome).not.toBe('would be denied');
      }),
      RUNS,
    );
  });

  it('a perimeter in dry run denies nothing', () => {
    fc.assert(
      fc.property(configurations, requests, (tried, request) => expect(evaluate({ tried }, request).outcome).not.toBe('denied')),
      RUNS,
    );
  });

  it('the properties see requests of every outcome', () => {
    const outcomes = fc
      .sample(fc.tuple(configurations, configurations, requests), 500)
      .map(([enforced, tried, request]) => evaluate({ enforced, tried }, request).outcome);
    expect(new Set(outcomes)).toEqual(new Set(['allowed', 'denied', 'would be denied']));
    expect(evaluate({ enforced: configuration() }, { source: {}, service: 'storage.googleapis.com', resources: [INSIDE] }).outcome).toBe(
      'denied',
    );
  });
});
