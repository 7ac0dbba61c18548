import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import type * as DescribeModule from '../../../constructs/vertex-endpoint/reconciler/script/describe';
import type * as PlanModule from '../../../constructs/vertex-endpoint/reconciler/script/plan';
import type * as PolicyModule from '../../../constructs/vertex-endpoint/reconciler/script/policy';
import { python, pythonFolder } from '../../../soak/language';
import { describeInPython } from '../../support/in-python';

const { plan } = jest.requireActual<typeof PlanModule>('../../../constructs/vertex-endpoint/reconciler/script/plan');
const { describe: inWords } = jest.requireActual<typeof DescribeModule>('../../../constructs/vertex-endpoint/reconciler/script/describe');
const { withMember, withoutMember } = jest.requireActual<typeof PolicyModule>(
  '../../../constructs/vertex-endpoint/reconciler/script/policy',
);

const CASES = 400;
const SEED = 11;

/** From 2^32 on: JavaScript sorts smaller numbers among the keys of an object, and where shares are equal the order decides who comes first. */
const id = fc.integer({ min: 5_000_000_000, max: 5_000_000_006 }).map(String);
const metric = fc.record({ metricName: fc.constantFrom('cpu', 'duty_cycle'), target: fc.integer({ min: 50, max: 52 }) });

const model = fc
  .record({ id, key: fc.constantFrom('flash', 'pro', 'code'), min: fc.integer({ min: 1, max: 2 }), more: fc.integer({ min: 0, max: 2 }) })
  .chain(({ id: own, key, min, more }) =>
    fc.record(
      {
        id: fc.constant(own),
        displayName: fc.constantFrom(`${key}-${own}`, `${key}-${own}`, `${key}-${own}`, key),
        model: fc.constant(`projects/p/locations/l/models/${key}@1`),
        disableContainerLogging: fc.boolean(),
        dedicatedResources: fc.record({
          machineSpec: fc.constantFrom({ machineType: 'n2' }, { machineType: 'g2', acceleratorType: 'L4', acceleratorCount: 1 }),
          minReplicaCount: fc.constant(min),
          maxReplicaCount: fc.constant(min + more),
          requiredReplicaCount: fc.constant(1),
          spot: fc.boolean(),
          autoscalingMetricSpecs: fc.uniqueArray(metric, { maxLength: 2, selector: ({ metricName }) => metricName }),
        }),
      },
      { requiredKeys: ['id', 'displayName', 'model', 'dedicatedResources'] },
    ),
  );

const models = (minLength: number) => fc.uniqueArray(model, { minLength, maxLength: 4, selector: (each) => each.id });

/** Whole per cent for some of the ids, which sum to 100. */
const splitOf = (ids: readonly string[]) =>
  fc.array(fc.integer({ min: 0, max: 5 }), { minLength: ids.length, maxLength: ids.length }).map((weights) => {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    if (total === 0) return ids[0] === undefined ? {} : { [ids[0]]: 100 };
    const shares = weights.map((weight) => Math.floor((weight * 100) / total));
    shares[weights.findIndex((weight) => weight > 0)]! += 100 - shares.reduce((sum, share) => sum + share, 0);
    return Object.fromEntries(ids.map((own, index) => [own, shares[index]!]));
  });

const planned = fc.tuple(models(1), models(0)).chain(([wanted, live]) =>
  fc.record({
    spec: fc.record({
      mode: fc.constantFrom('reconcile', 'reconcile', 'reconcile', 'clear'),
      endpoint: fc.constant('projects/p/locations/l/endpoints/1'),
      models: fc.constant(wanted),
      traffic: fc.oneof({ weight: 4, arbitrary: splitOf(wanted.map((each) => each.id)) }, { weight: 1, arbitrary: fc.constant(undefined) }),
      rollout: fc.constantFrom('surge', 'recreate'),
      allowOutage: fc.boolean(),
      adopt: fc.boolean(),
    }),
    endpoint: fc.record({ deployedModels: fc.constant(live), trafficSplit: splitOf(live.map((each) => each.id)) }),
  }),
);

const member = fc.constantFrom(
  'user:ada@acme.example',
  'user:Ada@acme.example',
  'principal://x/Subject',
  'principal://x/subject',
  'user:bo@b',
);
const kept = fc.oneof(
  member,
  member.map((each) => `deleted:${each}?uid=12345`),
);
const binding = fc.record(
  { role: fc.constantFrom('roles/a', 'roles/b'), members: fc.array(kept, { maxLength: 3 }), condition: fc.constant({ title: 'July' }) },
  { requiredKeys: ['role'] },
);
const changed = fc.record({
  policy: fc.record(
    { etag: fc.constant('BwX'), version: fc.constant(3), bindings: fc.array(binding, { maxLength: 3 }) },
    { requiredKeys: [] },
  ),
  role: fc.constant('roles/a'),
  member,
});

/** As JSON has it: without what is undefined. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function answersOfNode(cases: readonly unknown[], answer: (each: never) => unknown): unknown[] {
  return cases.map((each) => {
    try {
      return asJson(answer(asJson(each) as never));
    } catch (error) {
      return (error as Error).message;
    }
  });
}

function answersOfPython(cases: readonly unknown[]): unknown {
  const args = ['-B', join(__dirname, 'cases.py'), pythonFolder()];
  const { stdout, stderr } = spawnSync(python(), args, { input: JSON.stringify(cases), encoding: 'utf8', maxBuffer: 2 ** 27 });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

describeInPython('what is computed', () => {
  it(`is the same for ${CASES} plans, refusals included`, () => {
    const cases = fc.sample(planned, { numRuns: CASES, seed: SEED });
    const wanted = answersOfNode(cases, ({ spec, endpoint }: { spec: Parameters<typeof plan>[0]; endpoint: Parameters<typeof plan>[1] }) =>
      plan(spec, endpoint).map((step) => [step, inWords(step)]),
    );
    const refusals = wanted.filter((each) => typeof each === 'string');
    expect(refusals.length).toBeGreaterThan(CASES / 40);
    expect(refusals.length).toBeLessThan(CASES / 2);
    expect(answersOfPython(cases)).toEqual(wanted);
  });

  it(`is the same for ${CASES} policies`, () => {
    const cases = fc.sample(changed, { numRuns: CASES, seed: SEED });
    const wanted = answersOfNode(cases, ({ policy, role, member: who }: { policy: object; role: string; member: string }) => [
      withMember(policy, role, who) ?? null,
      withoutMember(policy, role, who) ?? null,
    ]);
    expect(answersOfPython(cases)).toEqual(wanted);
  });
});
