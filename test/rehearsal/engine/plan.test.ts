import fc from 'fast-check';
import { conform } from '../../../rehearsal/engine/blocks';
import { complete } from '../../../rehearsal/engine/compute';
import { plan } from '../../../rehearsal/engine/plan';
import { settingsOf } from '../../../rehearsal/engine/settings';
import { isWhollyKnown, UNKNOWN, type ObjectValue, type Value } from '../../../rehearsal/engine/values';
import { BOX } from './lab';

const settings = settingsOf({ project: 'p-1', region: 'r-1', default_labels: { team: 'ai' } });
const planOf = (config: ObjectValue, prior: ObjectValue | null = null, habits = false) =>
  plan({ facts: BOX, config: conform(BOX.block, config), prior, settings, habits });

let next = 0;
const applied = (planned: ObjectValue) =>
  complete(BOX, planned, { settings: { project: 'p-1', region: 'r-1' }, created: '2026-11-21T00:00:00Z', next: () => (next += 1) }).object;

const text = fc.constantFrom('a', 'b', 'c');
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const configs: fc.Arbitrary<ObjectValue> = fc.record({
  name: text,
  size: maybe(fc.integer({ min: 0, max: 5 })),
  note: maybe(fc.constantFrom('', 'x', UNKNOWN)),
  limit: maybe(fc.constantFrom('9223372036854775807', 0, 1)),
  tags: maybe(fc.uniqueArray(fc.oneof(text, fc.constant(UNKNOWN as Value)), { maxLength: 3 })),
  steps: maybe(fc.array(text, { maxLength: 3 })),
  labels: maybe(fc.dictionary(text, text)),
  secret_wo: maybe(fc.constant('secret')),
  rule: fc.uniqueArray(fc.record({ port: fc.integer({ min: 0, max: 3 }), name: maybe(text) }), {
    maxLength: 3,
    selector: (rule) => JSON.stringify(rule),
  }),
  part: fc.array(fc.record({ kind: text, note: maybe(text) }), { maxLength: 3 }),
  timeouts: maybe(fc.record({ create: text })),
});
const known = configs.filter(isWhollyKnown);

describe.each([
  ['to the letter', false],
  ['as the SDK does', true],
])('planning %s', (_, habits) => {
  it('is a pure function, and leaves its input alone', () => {
    fc.assert(
      fc.property(configs, known, (config, before) => {
        const prior = applied(planOf(before, null, habits).planned);
        const copy = structuredClone(prior);
        expect(planOf(config, prior, habits)).toEqual(planOf(config, prior, habits));
        expect(prior).toEqual(copy);
      }),
    );
  });

  it('changes nothing once a configuration was applied', () => {
    fc.assert(
      fc.property(known, (config) => {
        const prior = applied(planOf(config, null, habits).planned);
        expect(planOf(config, prior, habits)).toEqual({ planned: prior, requiresReplace: [], diagnostics: [] });
      }),
    );
  });

  it('settles on a second configuration in one step as well', () => {
    fc.assert(
      fc.property(known, known, (first, second) => {
        const prior = applied(planOf(first, null, habits).planned);
        const then = applied(planOf(second, prior, habits).planned);
        expect(planOf(second, then, habits).planned).toEqual(then);
      }),
    );
  });

  it('leaves nothing unknown after an apply, and never plans a write-only value', () => {
    fc.assert(
      fc.property(known, (config) => {
        const { planned } = planOf(config, null, habits);
        expect(planned.secret_wo).toBeNull();
        expect(isWhollyKnown(applied(planned))).toBe(true);
      }),
    );
  });
});

describe('what is unknown in a plan', () => {
  it('is decided by templates in the order of their dependencies, and drawn from the id', () => {
    const one = applied(planOf({ name: 'one' }).planned);
    expect(one).toMatchObject({ id: 'projects/p-1/boxes/one', address: 'one@p-1.example.com', region: 'r-1' });
    expect(one.serial).toBe(applied(planOf({ name: 'one' }).planned).serial);
    expect(one.serial).not.toBe(applied(planOf({ name: 'two' }).planned).serial);
  });

  it('stays unknown where a template waits for what is not known', () => {
    expect(planOf({ name: UNKNOWN }).planned).toMatchObject({ address: UNKNOWN });
  });

  it('becomes unknown again on an update whose inputs are', () => {
    const prior = applied(planOf({ name: 'one' }).planned);
    expect(planOf({ name: UNKNOWN }, prior)).toMatchObject({ planned: { address: UNKNOWN }, requiresReplace: [['name']] });
  });

  it('is asked of a person where neither the resource nor the provider says it', () => {
    const { diagnostics } = plan({
      facts: BOX,
      config: conform(BOX.block, { name: 'one' }),
      prior: null,
      settings: settingsOf(null),
      habits: false,
    });
    expect(diagnostics).toMatchObject([
      { summary: 'project is missing', detail: 'Set project in this lab_box, or in the configuration of provider lab.', path: ['project'] },
    ]);
  });
});

describe('blocks of a set', () => {
  it('keep what was computed for them, whatever their order', () => {
    const prior = applied(planOf({ name: 'one', rule: [{ port: 1 }, { port: 2 }] }).planned);
    const [first, second] = prior.rule as readonly ObjectValue[];
    const { planned } = planOf({ name: 'one', rule: [{ port: 3 }, { port: 2 }, { port: 1 }] }, prior);
    expect(planned.rule).toEqual([{ port: 3, name: null, key: UNKNOWN }, second, first]);
  });
});
