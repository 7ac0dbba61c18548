import { conform } from '../../../rehearsal/engine/blocks';
import { validate } from '../../../rehearsal/engine/validate';
import { UNKNOWN, type ObjectValue } from '../../../rehearsal/engine/values';
import { type Block, type Relation } from '../../../rehearsal/schema/types';
import { BOX } from './lab';

const problems = (config: ObjectValue) =>
  validate(BOX.block, BOX.relations, conform(BOX.block, { name: 'one', ...config })).map(({ detail, path }) => [detail, path]);

describe('a configuration', () => {
  it.each<[string, ObjectValue, [string, (string | number)[]][]]>([
    ['that is right', { size: 1, colour: 'red', code: 'abc', part: [{ kind: 'x', first: '1' }] }, []],
    ['that lacks what is required', { name: null }, [['name is required, but its value is null. Give it a value.', ['name']]]],
    ['with a value that is not offered', { colour: 'blue' }, [['colour is "blue"; allowed: "red", "green".', ['colour']]]],
    ['with a text of another form', { code: 'AB' }, [['code is "AB"; it must match ^[a-z]{3}$', ['code']]]],
    ['with a number out of range', { size: 101 }, [['size is 101; allowed: from 1 to 100.', ['size']]]],
    ['with null in a list', { steps: ['a', null] }, [['steps holds null. Leave the element out, or give it a value.', ['steps', 1]]]],
    [
      'with what excludes each other',
      { note: 'x', code: 'abc' },
      [['note cannot be set together with code. Remove one of them.', ['note']]],
    ],
    ['with one of two that belong together', { range: '10.0.0.0/8' }, [['range needs link as well.', ['range']]]],
    [
      'with none of what one is needed of, in the block it concerns',
      { part: [{ kind: 'x', first: '1' }, { kind: 'x' }] },
      [['Exactly one of part[1].first, part[1].second must be set; none of them is set.', ['part', 1, 'first']]],
    ],
    [
      'with two of what one is needed of',
      { part: [{ kind: 'x', first: '1', second: '2' }] },
      [['Exactly one of part[0].first, part[0].second must be set; part[0].first and part[0].second are set.', ['part', 0, 'second']]],
    ],
    [
      'whose values are not known yet',
      { size: UNKNOWN, colour: UNKNOWN, note: UNKNOWN, code: UNKNOWN, range: 'x', link: UNKNOWN, part: UNKNOWN },
      [],
    ],
    [
      'with several mistakes tells them all',
      { size: 0, colour: 'blue', code: 'AB' },
      expect.arrayContaining([expect.anything(), expect.anything(), expect.anything()]) as never,
    ],
  ])('%s', (_, config, expected) => {
    expect(problems(config)).toEqual(expected);
  });

  it('points at a set where something inside it is wrong: there are no paths inside', () => {
    expect(problems({ rule: [{ port: null }] })).toEqual([
      ['rule.port is required, but its value is null. Give it a value.', ['rule', 'port']],
    ]);
  });
});

describe('facts of a single attribute', () => {
  const block: Block = {
    attributes: {
      policy: { type: 'string', optional: true, json: true },
      hosts: { type: ['set', 'string'], optional: true, minItems: 1, maxItems: 2, enum: ['a', 'b', 'c'] },
      labels: { type: ['map', 'string'], optional: true },
      old: { type: 'string', optional: true, deprecated: true },
      least: { type: 'number', optional: true, range: [5, null] },
    },
    blocks: {},
  };
  const detail = (config: ObjectValue, relations: Relation[] = []) =>
    validate(block, relations, conform(block, config)).map((one) => one.detail);

  it.each([
    [{ policy: '{"a":1}', hosts: ['a'], least: 5 }, []],
    [{ policy: '{a' }, ['policy must be JSON; it begins "{a"']],
    [{ hosts: [] }, ['hosts has 0; allowed: at least 1.']],
    [{ hosts: ['a', 'b', 'c'] }, ['hosts has 3; allowed: at most 2.']],
    [{ hosts: ['d'] }, ['hosts is "d"; allowed: "a", "b", "c".']],
    [{ labels: { team: null } }, ['labels: the key "team" has the value null. Leave it out, or give it a value.']],
    [{ old: 'x' }, ['old is deprecated and will go in a later version of the provider.']],
    [{ least: 4 }, ['least is 4; allowed: at least 5.']],
  ])('%j', (config, expected) => expect(detail(config)).toEqual(expected));

  it('at least one of several', () => {
    const relations: Relation[] = [{ rule: 'atLeastOneOf', paths: ['policy', 'old'] }];
    expect(detail({}, relations)).toEqual(['At least one of policy, old must be set; none is.']);
    expect(detail({ policy: UNKNOWN }, relations)).toEqual([]);
  });
});
