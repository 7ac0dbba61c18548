import fc from 'fast-check';
import { boundedName } from '../../../constructs/core';

describe('boundedName', () => {
  it('joins what fits', () => {
    expect(boundedName(['dev', 'network'], 63)).toBe('dev-network');
  });

  it('shortens what does not, and stays the same', () => {
    expect(boundedName(['production', 'gateway-runtime-identity'], 30)).toBe('production-gateway-ru-9d48e348');
  });

  it('never exceeds the limit, never ends in a dash, and keeps different names apart', () => {
    const part = fc.stringMatching(/^[a-z][a-z0-9-]{0,40}[a-z0-9]$/);
    fc.assert(
      fc.property(part, part, fc.integer({ min: 20, max: 63 }), (a, b, limit) => {
        const name = boundedName([a, b], limit);
        expect(name.length).toBeLessThanOrEqual(limit);
        expect(name).toMatch(/^[a-z][a-z0-9-]*[a-z0-9]$/);
        expect(boundedName([a, `${b}x`], limit)).not.toBe(name);
      }),
    );
  });
});
