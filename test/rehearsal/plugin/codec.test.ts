import { encode, ExtData } from '@msgpack/msgpack';
import fc from 'fast-check';
import { UNKNOWN, type Value } from '../../../rehearsal/engine/values';
import { decodeValue, encodeValue } from '../../../rehearsal/plugin/codec';

const through = (value: Value) => decodeValue(encodeValue(value));
const sent = (value: unknown) => decodeValue({ msgpack: encode(value, { useBigInt64: true }) });

describe('values on the wire', () => {
  it('come back as they were', () => {
    const scalar = fc.oneof(
      fc.string(),
      fc.boolean(),
      fc.constant(null),
      fc.constant(UNKNOWN),
      fc.maxSafeInteger(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    const { tree } = fc.letrec<{ tree: Value }>((tie) => ({
      tree: fc.oneof({ maxDepth: 4 }, scalar, fc.array(tie('tree')), fc.dictionary(fc.string().filter((key) => key !== '__proto__'), tie('tree'))),
    })); // prettier-ignore
    fc.assert(fc.property(tree, (value) => expect(through(value)).toEqual(structuredLike(value))));
  });

  it('write an unknown as extension 0 with one byte', () => {
    expect([...encodeValue(UNKNOWN).msgpack!]).toEqual([0xd4, 0, 0]);
  });

  it.each([0, 12, 99])('read extension %i as an unknown', (code) => {
    expect(sent({ a: [new ExtData(code, Uint8Array.of(0x81, 1, 0xc2))] })).toEqual({ a: [UNKNOWN] });
  });

  it.each([
    [9_223_372_036_854_775_807n, '9223372036854775807'],
    [-9_223_372_036_854_775_808n, '-9223372036854775808'],
    [9_007_199_254_740_993n, '9007199254740993'],
    [9_007_199_254_740_991n, 9_007_199_254_740_991],
    [443n, 443],
  ])('keep every digit of the integer %s', (integer, expected) => {
    expect(sent({ limit: integer })).toEqual({ limit: expected });
  });

  it('read JSON where there is no msgpack, with every digit outside of strings', () => {
    const json = Buffer.from(
      '{"limit":9223372036854775807,"text":"9223372036854775807 \\" 1 \\\\","small":80,"fraction":0.5,"third":0.33333333333333333333}',
    );
    expect(decodeValue({ msgpack: Buffer.alloc(0), json })).toEqual({
      limit: '9223372036854775807',
      text: '9223372036854775807 " 1 \\',
      small: 80,
      fraction: 0.5,
      third: '0.33333333333333333333',
    });
  });

  it('take an absent value for null', () => {
    expect(decodeValue(null)).toBeNull();
    expect(decodeValue({ msgpack: Buffer.alloc(0), json: Buffer.alloc(0) })).toBeNull();
  });
});

/** msgpack has one zero. */
const structuredLike = (value: Value): unknown =>
  JSON.parse(JSON.stringify(value), (_, one: unknown) => (one === '(known after apply)' ? UNKNOWN : one));
