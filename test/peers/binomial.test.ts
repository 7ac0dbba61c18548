import { binomialBounds } from './binomial';

describe('binomialBounds', () => {
  // From exact integers: sums of comb(1000, k) * 0.05^k * 0.95^(1000 - k).
  it('agrees with the quantiles of the distribution', () => expect(binomialBounds(1000, 0.05, 1e-6)).toEqual({ low: 20, high: 87 }));

  it('is exact where everything can be counted', () => {
    expect(binomialBounds(2, 0.5, 0.4)).toEqual({ low: 0, high: 2 });
    expect(binomialBounds(2, 0.5, 0.6)).toEqual({ low: 1, high: 1 });
  });
});
