import { measure, type Measured, publishedTable, tableOf } from './api-calls';

describe('API calls of an apply', () => {
  let rows: Measured[];
  beforeAll(async () => void (rows = await measure()));

  it('are what the README says (else: node --require tsx/cjs test/constructs/vertex-endpoint/api-calls.ts)', () => {
    expect(publishedTable()).toBe(tableOf(rows).trim());
  });

  it('are never more operations than there are deployments to bring, change or take', () => {
    for (const { name, made, least } of rows) expect([name, made.operations]).toEqual([name, least.operations]);
  });

  it('write nothing where nothing changes, and never look more than twice', () => {
    expect(rows.find(({ name }) => name === 'nothing')!.made).toEqual({ looks: 2, operations: 0, splits: 0 });
    for (const { made } of rows) expect(made.looks).toBe(2);
  });
});
