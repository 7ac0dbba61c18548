import { Construct } from 'constructs';
import { Checks, Testing, Token, ValidationError } from '../../../constructs/core';

const token = Token.asString({ resolve: () => 'x' });
const numberToken = Token.asNumber({ resolve: () => 1 });

/** What the checks have to say, without the path. */
function problems(run: (check: Checks) => void): readonly string[] {
  const check = new Checks(new Construct(Testing.app(), 'Thing'));
  run(check);
  try {
    check.done();
  } catch (error) {
    if (ValidationError.is(error)) return error.problems;
    throw error;
  }
  return [];
}

describe('Checks', () => {
  it.each<[string, (check: Checks) => void]>([
    ['values that fit', (check) => check.matches('name', 'abc', /^[a-z]+$/, 'letters')],
    ['the bounds themselves', (check) => [1, 5].forEach((value) => check.between('size', value, 1, 5))],
    [
      'what is absent',
      (check) => (check.matches('name', undefined, /x/, 'x'), check.between('size', undefined, 1, 2), check.notEmpty('list', undefined)),
    ],
    ['text that only Terraform knows', (check) => check.matches('name', token, /^never$/, 'never')],
    ['text around a token', (check) => check.matches('name', `a-${token}`, /^never$/, 'never')],
    ['numbers that only Terraform knows', (check) => check.between('size', numberToken, 1, 2)],
    ['rules about a token', (check) => check.that(() => false, 'never', 'known', token)],
  ])('let pass %s', (_, run) => {
    expect(problems(run)).toEqual([]);
  });

  it('say everything at once, with what was given', () => {
    const run = (check: Checks): void => {
      check.matches('name', 'A"', /^[a-z]+$/, 'letters');
      check.between('size', 6, 1, 5);
      check.between('size', NaN, 1, 5);
      check.notEmpty('list', []);
      check.that(() => false, 'one needs the other.', 'known');
    };
    expect(problems(run)).toEqual([
      '`name` must be letters, got: "A\\"".',
      '`size` must be a whole number between 1 and 5, got: 6.',
      '`size` must be a whole number between 1 and 5, got: NaN.',
      '`list` must have at least one element.',
      'one needs the other.',
    ]);
  });

  it('name the construct in every line', () => {
    const error = new ValidationError(new Construct(Testing.app(), 'Thing'), ['one', 'two']);
    expect(error.message).toBe('Thing: one\nThing: two');
    expect(ValidationError.is(error)).toBe(true);
    expect(ValidationError.is(new Error('other'))).toBe(false);
  });
});
