import * as fc from 'fast-check';
import { connectionBudget, describeShortage } from '../../../../constructs/gateway/database';
import { defaultMaxConnections, largerTiers, memoryOf } from '../../../../constructs/gateway/database/database-tier';

const demand = (instances: number, workers: number, connectionsPerWorker: number) => ({ instances, workers, connectionsPerWorker });

describe('connections of a tier', () => {
  it.each([
    ['db-f1-micro', 25],
    ['db-g1-small', 50],
    ['db-custom-1-3840', 100],
    ['db-custom-2-6144', 200],
    ['db-custom-2-7680', 400],
    ['db-custom-4-15360', 500],
    ['db-custom-8-30720', 600],
    ['db-custom-16-61440', 800],
    ['db-custom-32-122880', 1000],
    ['db-perf-optimized-N-2', 500],
    ['db-c4a-highmem-16', 1000],
  ])('%s: %d', (tier, connections) => expect(defaultMaxConnections(tier)).toBe(connections));

  it('says what a tier is, of what is none', () =>
    expect(() => defaultMaxConnections('n1-standard-1')).toThrow('n1-standard-1 is not a tier of Cloud SQL: db-f1-micro'));

  it('names larger tiers of the same edition, small to large', () => {
    expect(largerTiers('db-custom-8-30720')).toEqual(['db-custom-16-61440', 'db-custom-32-122880']);
    expect(largerTiers('db-perf-optimized-N-4')).toEqual(['db-perf-optimized-N-8', 'db-perf-optimized-N-16']);
  });
});

describe('connection budget', () => {
  it.each([
    // As the notes have worked them out: 14 processes × 10 × 2 fit 400 connections, and not one instance fits db-f1-micro.
    ['db-custom-2-7680', demand(14, 1, 10), true],
    ['db-f1-micro', demand(1, 1, 10), false],
    // 0.8 × 100 − 5 = 75
    ['db-custom-1-3840', demand(37, 1, 1), true],
    ['db-custom-1-3840', demand(38, 1, 1), false],
    // Of 25 the other rule leaves less: 25 − 3 − 5 − 5 = 12, not 15.
    ['db-f1-micro', demand(6, 1, 1), true],
    ['db-f1-micro', demand(7, 1, 1), false],
  ] as const)('%s with %j: %s', (tier, given, fits) => expect(connectionBudget(given, { tier }).fits).toBe(fits));

  it('shows the arithmetic, and sizes that would fit', () => {
    const budget = connectionBudget(demand(10, 4, 10), { tier: 'db-custom-4-15360' });
    expect(describeShortage(budget)).toBe(
      'the gateway may open 800 connections to its database, 405 too many: 10 instances × 4 workers × 10 connections × 2 revisions (old and new, ' +
        "during a rollout) = 800; db-custom-4-15360 takes 500, and 395 of them are the gateway's, after a fifth that stays free and 5 for " +
        'migrations. Any of these fits: at most 4 connections a worker; at most 4 instances.',
    );
  });

  it('names the next tier that fits, and the other reserve', () => {
    expect(connectionBudget(demand(4, 2, 10), { tier: 'db-custom-1-3840' }).remedies).toContain(
      'the tier db-custom-2-7680, which takes 400',
    );
    expect(connectionBudget(demand(1, 1, 10), { tier: 'db-f1-micro' }).arithmetic).toContain(
      "and 12 of them are the gateway's, after 3 for the superuser, 5 for migrations and 5 for administration",
    );
  });

  it('counts with the flag where there is one', () => {
    const supply = { tier: 'db-custom-1-3840', maxConnections: 200 };
    expect(connectionBudget(demand(4, 2, 9), supply)).toMatchObject({ maxConnections: 200, available: 155, fits: true });
    expect(connectionBudget(demand(9, 2, 9), supply).arithmetic).toContain('the flag max_connections of db-custom-1-3840 allows 200');
  });

  it('says so when nothing fits', () =>
    expect(describeShortage(connectionBudget(demand(100, 8, 100), { tier: 'db-custom-32-122880' }))).toContain('No tier fits'));

  it('never lets more through than the server takes, whatever else runs, and every remedy is one', () => {
    const tiers = fc.constantFrom('db-f1-micro', 'db-g1-small', 'db-custom-1-3840', 'db-custom-4-15360', 'db-perf-optimized-N-8');
    const number = (max: number) => fc.integer({ min: 1, max });
    fc.assert(
      fc.property(tiers, number(100), number(8), number(100), (tier, instances, workers, pool) => {
        const budget = connectionBudget(demand(instances, workers, pool), { tier });
        if (budget.fits) {
          expect(budget.needed + 3).toBeLessThanOrEqual(budget.maxConnections);
          expect(budget.gateway + 5).toBeLessThanOrEqual(0.8 * budget.maxConnections);
        }
        for (const remedy of budget.remedies) {
          const size = /\d+/.exec(remedy)![0];
          const changed = remedy.includes('a worker')
            ? connectionBudget(demand(instances, workers, Number(size)), { tier })
            : remedy.includes('instance')
              ? connectionBudget(demand(Number(size), workers, pool), { tier })
              : connectionBudget(demand(instances, workers, pool), { tier: /db-\S+(?=,)/.exec(remedy)![0] });
          expect(changed.fits).toBe(true);
        }
      }),
    );
  });

  it('knows the memory of every tier that it suggests', () => {
    for (const tier of [...largerTiers('db-f1-micro'), ...largerTiers('db-perf-optimized-N-2')]) expect(memoryOf(tier)).toBeGreaterThan(0);
  });
});
