import * as fc from 'fast-check';
import type { GatewayInput } from './gateway';

type Access = Pick<GatewayInput, 'teams' | 'keys' | 'keysJob' | 'geminiCli'>;

const digest = fc.stringMatching(/^[0-9a-f]{64}$/).map((hex) => `sha256:${hex}`);
const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}[a-z0-9]$/);
const record = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  fc.uniqueArray(fc.tuple(name, value), { maxLength: 3, selector: ([key]) => key }).map(Object.fromEntries);
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const budget = fc.record(
  { usd: fc.integer({ min: 1, max: 100_000 }), every: fc.constantFrom('1h', '1d', '7d', '30d', '1mo') },
  { requiredKeys: ['usd'] },
);
const count = fc.integer({ min: 1, max: 1_000_000 });

/**
 * Every kind of valid teams and keys.
 * @param groups names of groups that are there
 * @param redis whether it is there: limits over all instances need it
 */
export function accesses(groups: readonly string[], redis: boolean): fc.Arbitrary<Access> {
  const models = fc.subarray([...groups], { minLength: 1 });
  const limits = { budget, ...(redis && { requestsPerMinute: count, tokensPerMinute: count }) };
  const all: fc.Arbitrary<string[]> = fc.constant([...groups]);
  const team = fc.record({ models: all, ...limits }, { requiredKeys: ['models'] });
  const key = fc.record(
    {
      models,
      version: fc.integer({ min: 1, max: 9999 }),
      overlapHours: fc.integer({ min: 0, max: 2160 }),
      expires: fc.constantFrom('2028-02-29', '2099-12-31'),
      ...limits,
      ...(redis && { parallelRequests: count }),
    },
    { requiredKeys: ['models'] },
  );
  const group = fc.constantFrom(...groups);
  const image = fc.record({
    repository: fc.constant('gateway'),
    digest,
  });
  return fc
    .record({
      teams: record(team),
      keys: record(key),
      keysJob: optional(fc.record({ image })),
      geminiCli: optional(fc.record({ pro: group, flash: group, flashLite: group })),
    })
    .map(({ keysJob, geminiCli, ...access }) => ({ ...access, ...(keysJob && { keysJob }), ...(geminiCli && { geminiCli }) }));
}
