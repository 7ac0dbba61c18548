import { match } from '../../../review/diff/lists';

const numbers = (count: number, first = 0) => Array.from({ length: count }, (_, index) => first + index);
/** Twice each: neither a set, nor named. */
const twice = (list: readonly number[]) => [...list, ...list];

describe('lists', () => {
  it('pair what is alike wherever it stands, then the rest in order', () => {
    expect(match([1, 1, 2], [3, 2, 1]).pairs).toEqual([{ name: '0', before: 1, after: 3 }]);
    expect(match([1, 1, 2], [2, 1, 1])).toEqual({ pairs: [], reordered: true });
  });

  it('of more elements than can be searched are paired as they come', () => {
    const [before, after] = [twice(numbers(20_000)), twice(numbers(20_000, 1))];
    const { pairs, reordered } = match(before, after);
    expect([pairs.length, reordered]).toEqual([40_000, false]);
    expect(pairs[7]).toEqual({ name: '7', before: 7, after: 8 });
  });

  it('of many different elements are sets', () => {
    expect(match(numbers(100_000), numbers(100_000, 1)).pairs).toEqual([
      { name: '', before: 0 },
      { name: '', after: 100_000 },
    ]);
  });
});
