import { readCases } from './cases';
import { ACCEPTED, compare, contradictions, leftToDo } from './compare';
import { outdated, unlisted } from './known-differences';
import { differenceOf, leavesOf } from './leaves';
import type { Observation } from './observe';
import type { Change } from './workspace';

const change = (after: unknown, more: Partial<Change> = {}): Change => ({
  actions: ['create'],
  before: null,
  before_sensitive: false,
  after,
  after_unknown: {},
  after_sensitive: {},
  ...more,
});

const observed = (changes: Record<string, Change>, more: Partial<Observation> = {}): Observation => ({
  errors: [],
  changes,
  afterApply: {},
  ...more,
});

const cases = readCases();
const network = cases.find(({ name }) => name === 'network-custom-mode')!;
const renamed = cases.find(({ name }) => name === 'network-renamed')!;
const refused = cases.find(({ name }) => name === 'network-name-with-capitals')!;
const address = 'google_compute_network.this';
const compareOne = (ours: Observation, theirs: Observation) =>
  compare([network], new Map([[network.name, ours]]), new Map([[network.name, theirs]])).flatMap(({ differences }) => differences);

describe('the leaves of a plan', () => {
  it('are scalars, empty collections, unknowns and marks of sensitivity', () => {
    const leaves = leavesOf(
      change({ name: 'a', tags: [], block: [{ key: 's', size: null }] }, { after_unknown: { id: true, block: [{ ip: true }] }, after_sensitive: { block: [{ key: true }] } }), // prettier-ignore
    );
    expect(Object.fromEntries(leaves)).toEqual({
      name: { value: '"a"', sensitive: false },
      tags: { value: '[]', sensitive: false },
      id: { value: 'unknown', sensitive: false },
      'block.0.key': { value: '"s"', sensitive: true },
      'block.0.size': { value: 'null', sensitive: false },
      'block.0.ip': { value: 'unknown', sensitive: false },
    });
  });

  it.each([
    ['"a"', '"b"', 'another value'],
    ['unknown', '"b"', 'known on one side only'],
    ['null', 'false', 'null against empty'],
    ['0', '0', undefined],
  ])('%s against %s: %s', (one, other, what) =>
    expect(differenceOf({ value: one, sensitive: false }, { value: other, sensitive: false })).toBe(what),
  );

  it('differ in sensitivity, and in being there at all', () => {
    expect(differenceOf({ value: '1', sensitive: true }, { value: '1', sensitive: false })).toBe('sensitive on one side only');
    expect(differenceOf(undefined, { value: '1', sensitive: false })).toBe('another value');
  });
});

describe('a case', () => {
  it('is contradicted by another action, other replace paths, a missing resource, another verdict', () => {
    const wrong = { actions: ['update'], replace_paths: [] };
    expect(contradictions(network, observed({ [address]: change({}) }))).toEqual([]);
    expect(contradictions(network, observed({ [address]: change({}, wrong) }))).toEqual([`${address}: planned update, expected create`]);
    expect(contradictions(network, observed({}))).toEqual([`${address}: planned nothing, expected create`]);
    expect(
      contradictions(renamed, observed({ [address]: change({}, { actions: ['delete', 'create'], replace_paths: [['mtu']] }) }))[0],
    ).toBe(`${address}: planned replace mtu, expected replace name`);
    const error = { severity: 'error', summary: 'no', detail: 'mtu is wrong' };
    expect(contradictions(network, observed({}, { errors: [error] }))[0]).toMatch(/should be accepted, but is refused: no mtu is wrong/);
    expect(contradictions(refused, observed({}, { errors: [error] }))[0]).toMatch(/the error should be about name, but is: no mtu/);
    expect(contradictions(refused, observed({}))[0]).toMatch(/should be refused/);
  });

  it('has something left to do when its second plan changes anything', () => {
    const afterApply = { [address]: change({ mtu: 1 }, { actions: ['update'], before: { mtu: 2 } }) };
    expect(leftToDo(observed({}, { afterApply }))).toEqual([`${address} update mtu`]);
    expect(leftToDo(observed({}, { afterApply: { [address]: change({}, { actions: ['no-op'] }) } }))).toEqual([]);
  });
});

describe('known differences', () => {
  const found = compareOne(observed({ [address]: change({ mtu: 1 }) }), observed({ [address]: change({ mtu: 2 }) }));
  const known = { case: 'network-*', what: 'another value', where: `${address} mtu`, why: 'it is only a test of the list' } as const;

  it('are found, and explained only by an entry that fits', () => {
    expect(found).toEqual([{ case: network.name, what: 'another value', where: `${address} mtu`, embedded: '1', real: '2' }]);
    expect(unlisted(found, [known])).toEqual([]);
    expect(unlisted(found, [{ ...known, where: `${address} mt` }])).toEqual(found);
    expect(unlisted(found, [{ ...known, what: ACCEPTED }])).toEqual(found);
  });

  it('are outdated when they explain nothing', () => {
    expect(outdated(found, [known])).toEqual([]);
    expect(outdated([], [known])).toEqual([known]);
  });
});
