import fc from 'fast-check';
import { fingerprint, fingerprintDocument, parseFingerprints, readPlan } from '../../../review';
import { SITUATIONS } from '../fixtures/situations';
import { planText, realPlan } from '../plans';

type Json = Record<string, unknown>;

const read = (json: unknown) => fingerprint(readPlan(json, { source: 'prod-stack.json', stack: 'prod-stack' }));

/** A plan of one change, with whatever of the change is given. */
const planOf = (change: Json, resource: Json = {}) => ({
  format_version: '1.2',
  resource_changes: [{ address: 'a.b', mode: 'managed', type: 'a', name: 'b', change: { actions: ['update'], ...change }, ...resource }],
});

const hash = (change: Json, resource?: Json): string => read(planOf(change, resource)).hash;

/** The same plan with the keys of every object and the lists of the plan itself in another order, made at another time. */
function shuffled(value: unknown, turn: (keys: string[]) => string[]): unknown {
  if (Array.isArray(value)) return value.map((each) => shuffled(each, turn));
  if (typeof value !== 'object' || value === null) return value;
  const object = value as Json;
  return Object.fromEntries(turn(Object.keys(object)).map((key) => [key, shuffled(object[key], turn)]));
}

describe('the fingerprint of a plan', () => {
  const names = SITUATIONS.map(({ name }) => name).filter((name) => !realPlan(name).errored);

  it.each(names)('%s: is the same whatever the order and the time', (name) => {
    const json = JSON.parse(planText(name)) as Json & { resource_changes?: unknown[] };
    const other = shuffled(json, (keys) => keys.reverse()) as typeof json;
    other.resource_changes = [...(other.resource_changes ?? [])].reverse();
    other['timestamp'] = '2031-01-01T00:00:00Z';
    expect(read(other)).toEqual(read(json));
  });

  it('is another one for every situation that does something else', () => {
    const hashes = new Map<string, string[]>();
    for (const name of names) {
      const { hash: each, changes } = fingerprint(realPlan(name));
      if (changes.length > 0) hashes.set(each, [...(hashes.get(each) ?? []), name]);
    }
    const alike = [...hashes.values()].filter((group) => group.length > 1);
    // For other reasons, or by another engine, but the same.
    expect(alike).toEqual([
      ['replace-deleted-first', 'tofu-replace'],
      ['tainted', 'replace-by-request'],
      ['drift-deleted', 'check-unknown'],
    ]);
    expect(hashes.size).toBeGreaterThan(25);
  });

  it('changes with every value that is set, and with what it was before', () => {
    const plan = { before: { size: 1, id: 'x' }, after: { size: 2, id: 'x' } };
    expect(hash(plan)).toBe(hash({ ...plan }));
    expect(hash({ ...plan, after: { size: 3, id: 'x' } })).not.toBe(hash(plan));
    expect(hash({ ...plan, before: { size: 0, id: 'x' } })).not.toBe(hash(plan));
    expect(hash({ ...plan, after: { size: '2', id: 'x' } })).not.toBe(hash(plan));
    expect(hash({ ...plan, actions: ['delete', 'create'] })).not.toBe(hash(plan));
    expect(hash(plan, { address: 'a.c' })).not.toBe(hash(plan));
    expect(hash(plan, { previous_address: 'a.z' })).not.toBe(hash(plan));
    expect(hash({ ...plan, importing: { id: 'projects/p/x' } })).not.toBe(hash(plan));
  });

  it('tells the two orders of a replacement, and what forces it', () => {
    const plan = { actions: ['delete', 'create'], before: { zone: 'a' }, after: { zone: 'b' }, replace_paths: [['zone']] };
    expect(hash({ ...plan, actions: ['create', 'delete'] })).not.toBe(hash(plan));
    expect(hash({ ...plan, replace_paths: [['other']] })).not.toBe(hash(plan));
    expect(hash({ ...plan, before: { zone: 'a', id: '1' } })).not.toBe(hash({ ...plan, before: { zone: 'a', id: '2' } }));
  });

  it('does not look at what stays, nor at what was where the new value is not known', () => {
    const plan = { before: { size: 1, etag: 'one', updated: 'monday' }, after: { size: 2, etag: 'one' }, after_unknown: { updated: true } };
    const later = {
      before: { size: 1, etag: 'two', updated: 'tuesday' },
      after: { size: 2, etag: 'two' },
      after_unknown: { updated: true },
    };
    expect(hash(later)).toBe(hash(plan));
    expect(hash({ ...plan, after_unknown: {}, after: { size: 2, etag: 'one', updated: 'friday' } })).not.toBe(hash(plan));
  });

  it('of a deletion knows what goes, but not the counters and moments of the service', () => {
    const plan = (before: Json) => ({ actions: ['delete'], before, after: null });
    const gone = { id: 'x', size: 1, etag: 'a', generation: 4, update_time: '2026-11-20T10:00:00.5Z' };
    expect(hash(plan({ ...gone, etag: 'b', generation: 5, update_time: '2026-11-21T10:00:00Z' }))).toBe(hash(plan(gone)));
    expect(hash(plan({ ...gone, id: 'y' }))).not.toBe(hash(plan(gone)));
  });

  it('holds nothing of a sensitive value, not even its hash, but that it changes and the version beside it', () => {
    const plan = (old: string, pin: string, version: number) => ({
      before: { pin: old, pin_wo_version: 1 },
      after: { pin, pin_wo_version: version },
      before_sensitive: { pin: true },
      after_sensitive: { pin: true },
    });
    expect(hash(plan('0000', '1234', 2))).toBe(hash(plan('0000', '9876', 2)));
    expect(hash(plan('0000', '0000', 2))).not.toBe(hash(plan('0000', '1234', 2)));
    expect(hash(plan('0000', '1234', 3))).not.toBe(hash(plan('0000', '1234', 2)));
  });

  it('does not depend on which secret a text was found to hold first', () => {
    const plan = (first: string, second: string) =>
      planOf({
        before: null,
        after: { one: `${first} and ${second}`, two: second, three: first },
        after_sensitive: { two: true, three: true },
        actions: ['create'],
      });
    expect(read(plan('hunter2-hunter2', 'swordfish-99')).hash).toBe(read(plan('swordfish-99', 'hunter2-hunter2')).hash);
  });

  it('takes whatever a plan may hold, and one change of it for another plan', () => {
    const before = { constructor: [1], a: { b: null } };
    expect(hash({ before, after: { ...before, toString: 'x' } })).not.toBe(hash({ before, after: { ...before, toString: 'y' } }));
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 3 }), (one, other) => {
        const plan = { before: { it: one }, after: { it: other } };
        const reversed = shuffled(plan, (keys) => keys.reverse()) as Json;
        expect(hash(reversed)).toBe(hash(plan));
        expect(hash({ ...plan, after: { it: [other] } })).not.toBe(hash(plan));
      }),
    );
  });

  it('never shows a value', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 12 }).filter((text) => /^[\w-]{12,}$/.test(text)),
        (value) => {
          const stack = read(planOf({ before: { x: 'old' }, after: { x: value } }));
          expect(fingerprintDocument([stack])).not.toContain(value);
        },
      ),
    );
  });

  it('is not made of a plan that ended with an error', () => {
    expect(() => fingerprint(realPlan('errored'))).toThrow(/errored\.json: planning ended with an error/);
  });

  it('survives being written and read', () => {
    const stack = fingerprint(realPlan('database-replaced'));
    expect(parseFingerprints(fingerprintDocument([stack]), 'x')).toEqual([stack]);
    for (const text of ['', '{}', '[]', '{"schema":"plan-fingerprint","version":2,"stacks":[]}'])
      expect(() => parseFingerprints(text, 'f.json')).toThrow(/^f\.json: /);
  });
});
